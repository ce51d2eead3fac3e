import type { PlacementModel } from '../placement';
import type { Wire, WireAffinity } from './wire-pod';

/** Joins ours with what was added through cdk8s-plus: conditions on nodes must hold in each of its alternatives. */
export function affinity(given: WireAffinity | undefined, { requirements, near }: PlacementModel): WireAffinity | undefined {
  if (requirements.length === 0 && near.length === 0) return given;
  const { nodeAffinity, podAffinity } = given ?? {};
  return {
    ...given,
    ...(requirements.length ? { nodeAffinity: { ...nodeAffinity, ...required(nodeAffinity, requirements) } } : {}),
    ...(near.length ? { podAffinity: { ...podAffinity, ...preferred(podAffinity, near) } } : {}),
  };
}

function required(given: WireAffinity['nodeAffinity'], requirements: PlacementModel['requirements']) {
  const ours = requirements.map(({ key, operator, values }): Wire => ({
    key,
    operator,
    ...(values ? { values: [...values] } : {}),
  }));
  const terms = given?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [{}];
  return {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: terms.map((term) => ({ ...term, matchExpressions: [...(term.matchExpressions ?? []), ...ours] })),
    },
  };
}

/** In the same zone as these, if there is room: a wish, so that a full zone keeps nothing from starting. */
function preferred(given: WireAffinity['podAffinity'], near: PlacementModel['near']) {
  const ours = near.flatMap((peer): Wire[] => {
    if (peer.kind !== 'pods') return [];
    const labelSelector = { matchLabels: { ...peer.podLabels } };
    const podAffinityTerm = { labelSelector, namespaces: [peer.namespace], topologyKey: 'topology.kubernetes.io/zone' };
    return [{ weight: 100, podAffinityTerm }];
  });
  return {
    preferredDuringSchedulingIgnoredDuringExecution: [...(given?.preferredDuringSchedulingIgnoredDuringExecution ?? []), ...ours],
  };
}
