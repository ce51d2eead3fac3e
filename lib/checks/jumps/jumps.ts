import type { Problem } from '../../kernel/errors';
import { sortedBy, uniqueBy } from '../../kernel/order';
import { type CheckedManifest, called } from '../manifest';
import { flaggerJumps, keptByFlagger } from './flagger';
import type { Track } from './tracks';
import { type Destination, type Way, World } from './world';

/**
 * What would drop requests on the way from one set of manifests to another, however fast or slowly, and in whatever order
 * their objects are applied. It knows manifests alone: whether the pods of `before` are ready is for the cluster to say.
 *
 * @param before what is applied now, and has settled
 * @param after what is to be applied next
 */
export function jumpProblems(before: readonly CheckedManifest[], after: readonly CheckedManifest[]): Problem[] {
  const [from, to] = [new World(before), new World(after)];
  const found = [...newWays(from, to), ...lostWays(from, to), ...changedTracks(from, to), ...flaggerJumps(from, to)];
  return uniqueBy(
    sortedBy(found, ({ where, what }) => `${where} ${what}`),
    ({ where, what }) => `${where} ${what}`,
  );
}

/** Requests that are sent to where nobody was before. */
function newWays(from: World, to: World): Problem[] {
  const known = new Set(from.objects.map(called));
  return (
    to.ways
      // A door that is new has no requests to lose.
      .filter((way) => known.has(way.called) || !way.called.startsWith('Ingress '))
      .flatMap((way) => way.to.flatMap((destination) => newDestination(from, to, way, destination)))
  );
}

function newDestination(from: World, to: World, { called: where }: Way, destination: Destination): Problem[] {
  const { service, subset } = destination;
  const tracks = to.reached(destination);
  const place = subset === undefined ? `Service ${service}` : `subset ${subset} of Service ${service}`;
  if (tracks === undefined) return [{ where, what: `sends requests to ${place}, which no DestinationRule names` }];
  const former = from.reached(destination);
  const astray = former?.filter(({ key }) => to.tracks.has(key));
  if (tracks.length === 0 && astray?.length) {
    return [
      { where, what: `sends requests to ${place}, which no longer leads to ${names(astray)}; keep what the Service selects` },
    ];
  }
  // What was not there at all has no requests to lose, and what Flagger keeps is not in the manifests. Pods without our label may
  // get another name: then the Service tells that they stand in the place of others.
  const replaced = tracks.length > 0 && former !== undefined && former.length > 0;
  if (!(replaced || tracks.some(({ family }) => from.hasFamily(family))) || keptByFlagger(from, service)) return [];
  if (former === undefined) {
    return [
      {
        where,
        what:
          `sends requests to ${place} in the commit that names the subset, and a proxy that learns of the route first answers 503; ` +
          `commit the subset first, with Release.rolling({ subset: '${subset}' }) or without requests`,
      },
    ];
  }
  const there = tracks.filter(({ key }) => from.tracks.has(key));
  if (there.length === 0) {
    return [
      {
        where,
        what: `sends requests to ${place} in the commit that makes ${names(tracks)}; commit the Deployment without requests first, and wait until its pods are ready`,
      },
    ];
  }
  // Pods that go with this commit are there for a while, and would get a share that nobody meant for them.
  const shares = from.shares().get(where);
  const leaving = former.filter(({ key }) => !to.tracks.has(key) && (shares?.get(key) ?? 0) < destination.weight);
  return leaving.map((one) => ({
    where,
    what: `sends requests to ${place}, where ${one.called} still gets a part of them until it is gone; take it away with a commit before`,
  }));
}

/** Requests whose pods, or whose Service, go in the same commit. */
function lostWays(from: World, to: World): Problem[] {
  const serving = from.serving();
  const gone = [...from.tracks.values()].filter(
    (one) => !to.tracks.has(one.key) && serving.has(one.key) && to.hasFamily(one.family),
  );
  return [
    ...gone.map((one) => ({
      where: one.called,
      what: `gets ${serving.get(one.key) ? percent(serving.get(one.key)!) : 'some'} of the requests and goes in the same commit; send them elsewhere first, and take it away with the next commit`,
    })),
    ...[...from.services.keys()].flatMap((service) => lostService(from, to, service)),
    ...from.ways.flatMap((way) => way.to.flatMap((destination) => lostSubset(from, to, destination))),
  ];
}

/** A subset that the routes of before still use when the DestinationRule arrives first. */
function lostSubset(from: World, to: World, destination: Destination): Problem[] {
  const { service, subset } = destination;
  if (to.reached(destination) !== undefined) return [];
  const stay = from.reached(destination)?.some(({ key }) => to.tracks.has(key));
  if (!stay) return [];
  return [
    {
      where: `Service ${service}`,
      what:
        `loses subset ${subset} in the commit that takes requests off it, and a proxy that learns of the subset first answers 503; ` +
        `take the requests off it first, as with Release.rolling({ subset: '${subset}' })`,
    },
  ];
}

/** A Service that goes while its pods stay, that stays while its pods go, or that leads away from all of its pods. */
function lostService(from: World, to: World, service: string): Problem[] {
  if (keptByFlagger(from, service) || keptByFlagger(to, service)) return [];
  const where = `Service ${service}`;
  const led = from.behind(service);
  const stay = led.filter(({ key }) => to.tracks.has(key));
  if (stay.length === 0) {
    const empty = led.length > 0 && to.services.has(service) && to.behind(service).length === 0;
    return empty
      ? [
          {
            where,
            what: `stays while ${names(led)} goes, so that callers find nobody; take both away in one commit, or keep both`,
          },
        ]
      : [];
  }
  if (!to.services.has(service)) {
    return [
      { where, what: `goes while ${names(stay)} stays, so that callers find nobody; keep it, or take both away in one commit` },
    ];
  }
  const still = to.behind(service).some(({ key }) => stay.some((one) => one.key === key));
  return still ? [] : [{ where, what: `no longer leads to ${names(stay)}; keep what it selects, and move requests by routes` }];
}

/** Deployments that are asked for more than they are ready for, or that can't be changed as they would be. */
function changedTracks(from: World, to: World): Problem[] {
  const [was, is, serving] = [from.shares(), to.shares(), from.serving()];
  return [...to.tracks.values()].flatMap((track) => {
    const before = from.tracks.get(track.key);
    if (!before) return [];
    const rises = [...is].flatMap(([object, shares]) => {
      const former = was.get(object) ?? serving;
      const [less, more] = [former.get(track.key) ?? 0, shares.get(track.key) ?? 0];
      return more > less ? riseProblems(from, before, track, less, more) : [];
    });
    return [...(before.selector === track.selector ? [] : [selectorProblem(track)]), ...replicaProblems(before, track), ...rises];
  });
}

const selectorProblem = (track: Track): Problem => ({
  where: track.called,
  what: 'has another selector, which the API server refuses to change; give the Deployment another name, and move requests to it',
});

function replicaProblems(before: Track, after: Track): Problem[] {
  const { replicas = 0 } = before;
  if (replicas < 2 || after.replicas !== undefined || !after.autoscaled) return [];
  return [
    {
      where: after.called,
      what:
        `spec.replicas ${replicas} leaves Git, which makes it 1 until the autoscaler has acted; take it out of the live object first ` +
        '(https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling)',
    },
  ];
}

/**
 * A Deployment that gets more requests than before must have had the pods for them: those that its autoscaler may not go
 * below, or those that it keeps free.
 */
function riseProblems(from: World, before: Track, after: Track, less: number, more: number): Problem[] {
  const where = after.called;
  const problems: Problem[] = [];
  if (before.images !== after.images) {
    problems.push({
      where,
      what: `changes its image in the commit that raises its share from ${percent(less)} to ${percent(more)}: what was tried is not what would serve; commit the image first`,
    });
  }
  const needed = Math.ceil((fullLoadOf(from, before) * more) / 100);
  const free = more * (before.cpu ?? Infinity) <= less * 100;
  if (before.fewest < needed && !free) {
    problems.push({
      where,
      what:
        `goes from ${percent(less)} of the requests to ${percent(more)}, which takes ${pods(needed)}, and is sure to have ${pods(before.fewest)} only; ` +
        'raise its fewest pods with a commit before, or go in smaller steps',
    });
  }
  return problems;
}

/** What the service says of itself, or else as many pods as those that have the requests now may be. */
function fullLoadOf(world: World, { family }: Track): number {
  const said = [...world.fullLoads].filter(([service]) => world.behind(service).some((one) => one.family === family));
  if (said.length > 0) return Math.max(...said.map(([, pods]) => pods));
  const serving = world.serving();
  const all = [...world.tracks.values()].filter((one) => one.family === family && serving.has(one.key));
  return Math.max(1, ...all.map(({ most }) => most));
}

const pods = (count: number) => (count === 1 ? '1 pod' : `${count} pods`);
const percent = (share: number) => `${Math.round(share * 10) / 10} %`;
const names = (tracks: readonly Track[]) => tracks.map((one) => one.called).join(', ');
