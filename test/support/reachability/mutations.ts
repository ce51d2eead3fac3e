import { mutateAuthorizationPolicy } from './mutate-authorization';
import { deleteOnly, mutatePeerAuthentication, mutateSidecar } from './mutate-mesh';
import { mutateNetworkPolicy } from './mutate-network-policy';
import type { Change, Mutation } from './mutation';
import { isKind, type GuardKind, type KubeObject } from './objects';

const MUTATORS: readonly (readonly [GuardKind, (object: KubeObject) => Change[]])[] = [
  ['NetworkPolicy', mutateNetworkPolicy],
  ['AuthorizationPolicy', mutateAuthorizationPolicy],
  ['PeerAuthentication', mutatePeerAuthentication],
  ['RequestAuthentication', deleteOnly],
  ['Sidecar', mutateSidecar],
  ['ServiceEntry', deleteOnly],
];

/** Every single change of a guard object, in the order of the objects. None is applied: each brings its own objects. */
export function enumerateRules(objects: readonly KubeObject[]): Mutation[] {
  return objects.flatMap((object, index) => {
    const mutator = MUTATORS.find(([kind]) => isKind(object, kind))?.[1];
    return (mutator?.(object) ?? []).map(({ replacement, ...mutation }) => ({
      ...mutation,
      objects: [...objects.slice(0, index), ...(replacement === undefined ? [] : [replacement]), ...objects.slice(index + 1)],
    }));
  });
}
