import type { Json } from '../../banking-service/world';

/* What callers meet while a GitOps tool is half way from one commit to the next: a second and simpler reading than the library's. */

/** Autoscalers act too slowly to matter on the way: what they said before is what counts. */
const TRAFFIC = ['Deployment', 'Service', 'DestinationRule', 'VirtualService', 'Ingress'];
const idOf = ({ kind, metadata }: Json) => `${kind} ${metadata.namespace}/${metadata.name}`;

/** Every cluster that can be met on the way: each changed object is applied, or is not yet. */
export function mixes(before: readonly Json[], after: readonly Json[]): Json[][] {
  const [from, to] = [before, after].map(
    (all) => new Map(all.filter(({ kind }) => TRAFFIC.includes(kind)).map((one) => [idOf(one), one])),
  );
  const ids = [...new Set([...from!.keys(), ...to!.keys()])];
  const changed = ids.filter((id) => JSON.stringify(from!.get(id)) !== JSON.stringify(to!.get(id)));
  return Array.from({ length: 2 ** changed.length }, (_, bits) =>
    ids.flatMap((id) => {
      const i = changed.indexOf(id);
      const one = i >= 0 && (bits >> i) & 1 ? to!.get(id) : from!.get(id);
      return one ? [one] : [];
    }),
  );
}

const named = (all: readonly Json[], kind: string, name: string) =>
  all.find((one) => one.kind === kind && one.metadata.name === name);

/** The Deployments that a Service, or a subset of it, leads to. Undefined when the subset is not defined. */
function podsOf(all: readonly Json[], service: string, subset?: string): Json[] | undefined {
  const selector = named(all, 'Service', service)?.spec.selector as Json | undefined;
  const rule = named(all, 'DestinationRule', service);
  const labels =
    subset === undefined ? {} : (rule?.spec.subsets as Json[] | undefined)?.find(({ name }) => name === subset)?.labels;
  if (!selector) return [];
  if (!labels) return undefined;
  return all.filter(
    ({ kind, spec }) =>
      kind === 'Deployment' &&
      [...Object.entries(selector), ...Object.entries(labels as Json)].every(
        ([key, value]) => spec.template.metadata.labels[key] === value,
      ),
  );
}

const fewest = (all: readonly Json[], { metadata, spec }: Json): number =>
  (named(all, 'HorizontalPodAutoscaler', metadata.name)?.spec.minReplicas ?? spec.replicas ?? 1) as number;

interface Route {
  readonly object: string;
  readonly narrow: boolean;
  readonly to: readonly { readonly service: string; readonly subset?: string; readonly weight: number }[];
}

function routesOf(all: readonly Json[]): Route[] {
  return all.flatMap(({ kind, metadata, spec }): Route[] => {
    if (kind === 'Ingress') {
      const { service } = spec.rules[0].http.paths[0].backend;
      return [{ object: `Ingress ${metadata.name}`, narrow: false, to: [{ service: service.name, weight: 100 }] }];
    }
    if (kind !== 'VirtualService') return [];
    return ([...(spec.http ?? []), ...(spec.tcp ?? [])] as Json[])
      .filter(({ route }) => route)
      .map(({ match = [], route }) => ({
        object: `VirtualService ${metadata.name}`,
        narrow: match.length > 0 && match.every(({ headers }: Json) => headers),
        to: (route as Json[]).map(({ destination, weight = 100 }) => ({
          service: String(destination.host).split('.')[0]!,
          subset: destination.subset as string | undefined,
          weight: weight as number,
        })),
      }));
  });
}

/** The largest share of the requests of an object that a Deployment gets. */
function shareOf(all: readonly Json[], deployment: string, object: string): number {
  const shares = routesOf(all)
    .filter((one) => one.object === object && !one.narrow)
    .map(({ to }) =>
      to
        .filter(({ service, subset }) => podsOf(all, service, subset)?.some(({ metadata }) => metadata.name === deployment))
        .reduce((sum, { weight }) => sum + weight, 0),
    );
  return Math.max(0, ...shares);
}

/**
 * What requests would meet in a cluster on the way: an empty subset, weights that do not sum, or pods that are too few for
 * their share. Pods of a Deployment that was not there before are not ready yet, however it is applied.
 */
export function failures(before: readonly Json[], mix: readonly Json[], after: readonly Json[], fullLoad: number): string[] {
  const doors = new Set(routesOf(before).map(({ object }) => object));
  return routesOf(mix)
    .filter(({ object }) => doors.has(object) || !object.startsWith('Ingress'))
    .flatMap(({ object, narrow, to }) => {
      const whole = to.reduce((sum, { weight }) => sum + weight, 0);
      return [
        ...(whole === 100 ? [] : [`${object}: weights sum to ${whole}`]),
        ...to.flatMap(({ service, subset }) => {
          const pods = podsOf(mix, service, subset);
          if (!pods) return [`${object}: subset ${subset} is unknown`];
          const ready = pods.filter(({ metadata }) => named(before, 'Deployment', metadata.name));
          if (ready.length === 0) return [`${object}: ${service} ${subset} has no pods`];
          if (narrow) return [];
          return [
            ...ready.flatMap((one) => tooFew(before, mix, one, object, fullLoad)),
            ...ready.flatMap((one) => unmeant(before, mix, after, one, object)),
          ];
        }),
      ];
    });
}

/** A version gets no more requests on the way than in one of the two states. */
function unmeant(
  before: readonly Json[],
  mix: readonly Json[],
  after: readonly Json[],
  { metadata }: Json,
  object: string,
): string[] {
  const [was, now, becomes] = [before, mix, after].map((all) => shareOf(all, metadata.name, object));
  return now! > Math.max(was!, becomes!) ? [`${metadata.name}: gets ${now} %, which nobody meant`] : [];
}

/** Autoscalers follow slowly: what counts is what they were told before, and what their pods were used to. */
function tooFew(before: readonly Json[], mix: readonly Json[], { metadata }: Json, object: string, fullLoad: number): string[] {
  const was = named(before, 'Deployment', metadata.name)!;
  const [less, more] = [shareOf(before, metadata.name, object), shareOf(mix, metadata.name, object)];
  const used = 70;
  if (more <= less || (less > 0 && more * used <= less * 100)) return [];
  const needed = Math.ceil((fullLoad * more) / 100);
  return fewest(before, was) >= needed
    ? []
    : [`${metadata.name}: ${fewest(before, was)} pods for ${more} %, which takes ${needed}`];
}
