import type { Problem } from '../../kernel/errors';
import { UNPRUNED } from '../../kernel/labels';
import { type CheckedManifest, called, ofKind, specOf } from '../manifest';
import type { World } from './world';

interface CanarySpec {
  targetRef: { kind?: string; name?: string };
  service: { name?: string };
  suspend: boolean;
}

/** `bank/loans`: the Service and the VirtualService that Flagger keeps for a Canary. */
function apexOf(canary: CheckedManifest): string {
  const { service, targetRef } = specOf<CanarySpec>(canary);
  return `${canary.metadata.namespace ?? ''}/${service?.name ?? targetRef?.name}`;
}

function targetOf(canary: CheckedManifest): string {
  return `${canary.metadata.namespace ?? ''}/${specOf<CanarySpec>(canary).targetRef?.name}`;
}

/** Whether Flagger, and not the manifests, says where requests to a Service go. */
export function keptByFlagger(world: World, service: string): boolean {
  return [...world.canaries.values()].some((canary) => apexOf(canary) === service);
}

/** Whether a GitOps tool leaves an object in the cluster when it is no longer in Git. */
function isKept({ metadata }: CheckedManifest): boolean {
  return Object.entries(UNPRUNED).some(([key, value]) => metadata.annotations?.[key]?.split(',').includes(value));
}

/** What would drop requests when Flagger takes a service over, gives it back, or is told of another Deployment. */
export function flaggerJumps(from: World, to: World): Problem[] {
  return [
    ...[...to.canaries].flatMap(([key, canary]) => {
      const before = from.canaries.get(key);
      return [...(before ? changed(before, canary) : takenOver(from, to, canary)), ...prunedService(from, to, canary)];
    }),
    ...[...from.canaries].filter(([key]) => !to.canaries.has(key)).flatMap(([, canary]) => givenBack(to, canary)),
    ...delegations(from, to),
  ];
}

const FIRST = 'commit Release.canary({ takeOver: true }) first, and take takeOver out when the Canary is Initialized';

const usesSubsets = (world: World, apex: string) =>
  world.ways.some(({ to }) => to.some(({ service, subset }) => service === apex && subset !== undefined));

/** It takes Flagger minutes to have a primary of its own ready, and until then the service goes on as it did. */
function takenOver(from: World, to: World, canary: CheckedManifest): Problem[] {
  const apex = apexOf(canary);
  const route = ofKind(from.objects, 'networking.istio.io', 'VirtualService').get(apex);
  const routed = to.ways.some(
    (way) => way.called.startsWith('VirtualService ') && way.to.some(({ service }) => service === apex),
  );
  return [
    ...(route && !routed && !isKept(route) && !ofKind(to.objects, 'networking.istio.io', 'VirtualService').has(apex)
      ? [
          {
            where: called(route),
            what: `leaves Git in the commit that brings ${called(canary)}, with all timeouts and retries of the service; ${FIRST}`,
          },
        ]
      : []),
    ...(usesSubsets(from, apex)
      ? [
          {
            where: called(canary),
            what:
              `takes over Service ${apex}, whose requests go to subsets: they are empty from the moment that Flagger points the Service to its primary; ` +
              'go back to Release.rolling() first',
          },
        ]
      : []),
  ];
}

/** Flagger does not own a Service that it has found; it is left in the cluster, or it is gone. */
function prunedService(from: World, to: World, canary: CheckedManifest): Problem[] {
  const apex = apexOf(canary);
  const service = ofKind(from.objects, '', 'Service').get(apex);
  if (!service || to.services.has(apex) || isKept(service)) return [];
  return [{ where: called(service), what: `leaves Git while ${called(canary)} needs it, and would be pruned; ${FIRST}` }];
}

/** A route that delegates to what is not there, yet or any more, is left out by Istio, and ends in a 404. */
function delegations(from: World, to: World): Problem[] {
  return [...to.roots].flatMap(([root, delegates]) => {
    const former = from.roots.get(root) ?? new Set<string>();
    const waits = [...delegates].filter((one) => !former.has(one) && keptByFlagger(to, one) && !keptByFlagger(from, one));
    const gone = [...former].filter((one) => !delegates.has(one) && from.delegates.has(one) && !to.delegates.has(one));
    const moved = [...delegates].some((one) => !former.has(one));
    return [
      ...waits.map((one) => ({
        where: root,
        what: `delegates to VirtualService ${one}, which Flagger has not made yet, so that requests would end in a 404; ${FIRST}`,
      })),
      ...gone
        .filter((one) => moved && !isKept(from.delegates.get(one)!))
        .map((one) => ({
          where: called(from.delegates.get(one)!),
          what: `goes in the commit that takes ${root} off it, which answers 404 if it learns of that first; keep it for one more commit`,
        })),
    ];
  });
}

/** With the Canary go the primary Deployment and, unless they were there before it, the Service and the VirtualService. */
function givenBack(to: World, canary: CheckedManifest): Problem[] {
  const target = to.tracks.get(targetOf(canary));
  // A service that goes altogether has nothing to lose.
  if (!target) return [];
  const { suspend } = specOf<CanarySpec>(canary);
  const apex = apexOf(canary);
  return [
    ...(suspend === true && isKept(canary)
      ? []
      : [
          {
            where: called(canary),
            what:
              'leaves Git, and with it would go the pods that serve; commit Release.canary({ takeOver: true, suspend: true }) first, which has it ' +
              'left in the cluster, then follow docs/guides/switching-strategies.md',
          },
        ]),
    ...(usesSubsets(to, apex)
      ? [
          {
            where: called(canary),
            what: `gives Service ${apex} back to routes with subsets, and the pods that serve now are of Flagger's primary, in none of them; go to Release.rolling() first`,
          },
        ]
      : []),
  ];
}

/** Flagger makes a new primary for a new target, and forgets the old one, which still serves. */
function changed(before: CheckedManifest, after: CheckedManifest): Problem[] {
  return [
    ...(targetOf(before) === targetOf(after)
      ? []
      : [
          {
            where: called(after),
            what: `releases ${targetOf(after)} instead of ${targetOf(before)}, whose primary serves; make another Canary for another service`,
          },
        ]),
    ...(apexOf(before) === apexOf(after)
      ? []
      : [
          {
            where: called(after),
            what: `changes the name of its service from ${apexOf(before)} to ${apexOf(after)}, so that callers of the former find nobody; keep the name`,
          },
        ]),
  ];
}
