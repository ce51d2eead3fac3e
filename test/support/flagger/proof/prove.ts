import { Cluster, type KubeObject } from '../../reachability';
import { nameOf, namespaceOf } from '../../reachability/objects';
import { strategyOf, type Canary } from '../canary';
import { canariesOf, statesOf, type Phase, type PredictOptions } from '../predict';
import { lostSettings } from '../lost-settings';
import { guardFindings } from './guards';
import { IDENTITY, identityOf, type Intent } from './intent';
import { edgeFindings, shareFindings, type Share } from './journeys';
import { leakFindings, plainTextFindings } from './leaks';
import { webhookFindings } from './webhooks';

/**
 * Takes every release that the manifests can make through all of its phases, and says what is wrong in any of them: a pod
 * of a track without a guard, a declared edge that does not work, something open that nobody declared, plain text, a route
 * that leads nowhere, a webhook that can't arrive, a setting that Flagger does not pass on. Nothing wrong is an empty list.
 *
 * @param phases names of those to look at, all by default
 */
export function provePhases(
  objects: readonly KubeObject[],
  intent: Intent,
  { phases, ...options }: PredictOptions & { readonly phases?: readonly string[] } = {},
): string[] {
  const seen = new Set<string>();
  return canariesOf(objects).flatMap((canary) => {
    const where = `${namespaceOf(canary)}/${nameOf(canary)}`;
    const given = [...objects, ...(options.previous ?? [])];
    const states = statesOf(objects, canary, options).filter(({ phase }) => phases?.includes(phase.name) ?? true);
    const findings = states.flatMap((state) =>
      proveState(state.objects, intent, { phase: state.phase, canary, given, seen }).map(
        (finding) => `${where} ${state.phase.name}: ${finding}`,
      ),
    );
    return [...lostSettings(canary).map((path) => `${where}: Flagger does not pass on ${path}`), ...findings];
  });
}

interface Moment {
  readonly phase: Phase;
  readonly canary: Canary;
  /** What was applied, now and before, without what Flagger added to it. */
  readonly given: readonly KubeObject[];
  /** Sets of objects that have been searched for leaks already. */
  readonly seen?: Set<string>;
}

/** The same for one state: of a release that Flagger does not run, too, where tracks share an identity. */
export function proveState(objects: readonly KubeObject[], intent: Intent, moment?: Moment): string[] {
  const cluster = Cluster.of(objects, intent.world);
  const released = new Set([...severalTracks(objects), ...tracksOf(objects, cluster)]);
  const searched = shapeOf(objects);
  const leaks = moment?.seen?.has(searched) ? [] : leakFindings(cluster, intent, released);
  moment?.seen?.add(searched);
  const findings = [...guardFindings(cluster, objects, released), ...plainTextFindings(cluster, released), ...leaks];
  if (moment !== undefined && isUnborn(moment)) {
    return findings;
  }
  const running = moment !== undefined && ['Progressing', 'Promoting'].includes(moment.phase.status);
  return [
    ...findings,
    ...cluster.routingProblems(),
    ...edgeFindings(cluster, objects, intent, running),
    ...shareOf(cluster, moment).flatMap((share) => shareFindings(cluster, intent, share)),
    ...webhookFindings(cluster, objects, intent, running),
  ];
}

/** A service that is new has no name to be called by until its primary is ready, and nobody calls it yet. */
function isUnborn({ phase, canary, given }: Moment): boolean {
  const name = canary.spec.service.name || canary.spec.targetRef.name;
  const apex = given.some(
    (object) => object.kind === 'Service' && nameOf(object) === name && namespaceOf(object) === namespaceOf(canary),
  );
  return phase.status === 'Initializing' && !apex;
}

/** The weights as callers should feel them. Those who match no condition of an A/B test see the primary alone. */
function shareOf(cluster: Cluster, moment: Moment | undefined): Share[] {
  const { weights } = moment?.phase ?? {};
  if (moment === undefined || weights === undefined) {
    return [];
  }
  const { name } = moment.canary.spec.targetRef;
  const track = `${namespaceOf(moment.canary)}/${name}`;
  return [{ of: identityOf(cluster.pod(track)), track, percent: strategyOf(moment.canary) === 'a/b' ? 0 : weights.canary }];
}

const WORKLOADS = ['Deployment', 'DaemonSet', 'StatefulSet'];

/** The tracks of Canaries, whatever they say of themselves. */
function tracksOf(objects: readonly KubeObject[], cluster: Cluster): string[] {
  return canariesOf(objects).flatMap((canary) => {
    const target = `${namespaceOf(canary)}/${canary.spec.targetRef.name}`;
    return cluster
      .pods()
      .filter(({ id }) => id === target || id === `${target}-primary`)
      .map(identityOf);
  });
}

/** Identities with several tracks: several workloads that say of their pods that they are the same. */
function severalTracks(objects: readonly KubeObject[]): Set<string> {
  const identities = objects
    .filter(({ kind }) => WORKLOADS.includes(kind ?? ''))
    .map((object) => {
      const { template } = object['spec'] as { template?: { metadata?: { labels?: Record<string, string> } } };
      return `${namespaceOf(object)}/${template?.metadata?.labels?.[IDENTITY] ?? ''}`;
    });
  return new Set(identities.filter((identity, index) => identities.indexOf(identity) !== index));
}

const HARMLESS = [
  'Canary',
  'ConfigMap',
  'Secret',
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'PodDisruptionBudget',
  'PodMonitor',
];

/** Who may talk to whom does not depend on how much, on replicas, or on which route leads to a host: it is the same case then. */
function shapeOf(objects: readonly KubeObject[]): string {
  const compared = objects.filter(({ kind }) => !HARMLESS.includes(kind ?? ''));
  const destinations = new Set<unknown>();
  const text = JSON.stringify(compared, (key, value: unknown) => {
    if (key === 'http') {
      JSON.stringify(value, (field, one: unknown) =>
        field === 'destination' || field === 'mirror' ? destinations.add(JSON.stringify(one)) : one,
      );
      return undefined;
    }
    return ['replicas', 'annotations', 'ownerReferences'].includes(key) ? undefined : value;
  });
  return [text, ...[...destinations].sort()].join();
}
