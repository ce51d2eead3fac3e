import { createHash } from 'node:crypto';
import { groupOf, idOf, type KubeObject } from '../reachability/objects';
import type { CanaryStatus } from './canary';

/* Objects as they can be compared, whether Flagger's packages made them or the prediction did. */

/** The kinds that Flagger reads or writes; of the others its packages know nothing. */
export const KINDS = [
  'Canary',
  'ConfigMap',
  'DaemonSet',
  'Deployment',
  'DestinationRule',
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'Secret',
  'Service',
  'VirtualService',
];

export interface Tick {
  readonly status: CanaryStatus;
  readonly objects: readonly KubeObject[];
}

/** The objects of each tick, by id. */
export function comparableTicks(ticks: readonly Tick[]): Map<string, unknown>[] {
  const cookies = new Set(ticks.flatMap(({ status }) => cookiesOf(status)));
  const known = new Map<KubeObject, unknown>();
  const once = (object: KubeObject): unknown => {
    // Most objects are the very same in most ticks.
    if (!known.has(object)) {
      known.set(object, comparable(object, cookies));
    }
    return known.get(object);
  };
  return ticks.map(({ objects }) => {
    const compared = objects.filter(({ kind }) => kind !== 'Canary' && KINDS.includes(kind ?? ''));
    return new Map(compared.map((object) => [idOf(object), once(object)]));
  });
}

/**
 * A short print of each tick: its phase, and the objects that Flagger has made or moved. Those that it finds are left out,
 * since an API server spells them otherwise than we do.
 */
export function fingerprints(ticks: readonly Tick[], found: readonly KubeObject[]): string[] {
  const untouched = new Set(found.filter(({ kind }) => ['ConfigMap', 'Secret'].includes(kind ?? '')).map(idOf));
  const known = new Map<unknown, unknown>();
  const once = (object: unknown): unknown => {
    if (!known.has(object)) known.set(object, spelled(object));
    return known.get(object);
  };
  return comparableTicks(ticks).map((objects, index) => {
    const made = [...objects].filter(([id]) => !untouched.has(id)).sort(([a], [b]) => (a < b ? -1 : 1));
    const text = JSON.stringify([ticks[index]!.status.phase ?? '', made.map(([id, object]) => [id, once(object)])]);
    return createHash('sha256').update(text).digest('hex').slice(0, 12);
  });
}

/** With keys in order, and without empty lists and maps. */
function spelled(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(spelled);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]) => [key, spelled(one)] as const)
      .filter(([, one]) => typeof one !== 'object' || one === null || Object.keys(one).length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The random values of the cookies that a status names. */
function cookiesOf({
  sessionAffinityCookie,
  primarySessionAffinityCookie,
  previousSessionAffinityCookie,
}: CanaryStatus): string[] {
  return [sessionAffinityCookie, primarySessionAffinityCookie, previousSessionAffinityCookie]
    .map((cookie) => cookie?.split('=')[1] ?? '')
    .filter(Boolean);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ORIGINAL = 'flagger.kubernetes.io/original-configuration';

/** The object without what differs by nature: random ids and cookies, the API server's own fields, the order of found ports. */
function comparable(object: KubeObject, cookies: ReadonlySet<string>): unknown {
  let text = JSON.stringify(object);
  cookies.forEach((value) => (text = text.replaceAll(value, 'random')));
  const copy = JSON.parse(text) as KubeObject & Record<string, Record<string, unknown> | undefined>;
  const { labels, annotations, ownerReferences } = (copy.metadata ?? {}) as Record<string, Record<string, string> | undefined>;
  const ofMesh = groupOf(object) === 'networking.istio.io';
  const ports = copy['spec']?.['ports'] as { name: string }[] | undefined;
  if (object.kind === 'Service' && ports !== undefined) {
    copy['spec']!['ports'] = [ports[0], ...ports.slice(1).sort((a, b) => (a.name < b.name ? -1 : 1))];
  }
  // Nothing said of replicas means one.
  const spec = object.kind === 'Deployment' ? { replicas: 1, ...copy['spec'] } : copy['spec'];
  return tidy({
    ...copy,
    ...(spec === undefined ? {} : { spec }),
    apiVersion: ofMesh ? undefined : copy.apiVersion, // v1 and v1beta1 are the same objects
    status: undefined,
    metadata: {
      labels: nonEmpty(labels),
      annotations: nonEmpty(annotations && remembered(annotations)),
      ownerReferences,
    },
  });
}

function nonEmpty(entries: object | undefined): object | undefined {
  return Object.keys(entries ?? {}).length === 0 ? undefined : entries;
}

function remembered(annotations: Record<string, string>): object {
  const { [ORIGINAL]: original, ...rest } = annotations;
  return original === undefined ? rest : { ...rest, [ORIGINAL]: JSON.parse(original) as unknown };
}

/** Without nulls, undefined values and the times that a template never has. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(tidy);
  }
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' && UUID.test(value) ? 'a random id' : value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, one]) => one !== null && one !== undefined && key !== 'creationTimestamp')
      .map(([key, one]) => [key, tidy(one)]),
  );
}
