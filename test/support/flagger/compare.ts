import { nameOf, namespaceOf, groupOf, idOf, type KubeObject } from '../reachability/objects';
import type { Canary } from './canary';
import { comparableTicks, fingerprints, KINDS, type Tick } from './comparable';
import { lostSettings } from './lost-settings';
import { canariesOf } from './predict';
import { detoursOf, endingsOf, rehearse, type Rehearsal, type RehearsalEvent } from './rehearsal';
import { restarted } from './revisions';
import { standIns } from './stand-ins';

/* The prediction held against what Flagger's own packages make: the same release, tick by tick, object by object. */

/** A release, as the program in .ci/flagger takes it. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly canary: string;
  readonly provider: string;
  readonly objects: readonly KubeObject[];
  readonly events: readonly RehearsalEvent[];
}

/** What that program makes of it. */
export interface Played {
  readonly name: string;
  readonly unknown?: readonly string[];
  readonly ticks: readonly Tick[];
}

export interface Judge {
  /** The objects as Kubernetes' own types spell them. */
  read(objects: readonly KubeObject[]): KubeObject[];
  play(releases: readonly Release[]): Played[];
}

export interface Comparison {
  readonly canaries: number;
  /** Objects looked at, over all states of all releases. */
  readonly objects: number;
  readonly differences: readonly string[];
  /** Canaries of workloads that others apply; they were compared with a stand-in for the target. */
  readonly withStandIn: readonly string[];
  /** A short print of each tick of each release, as Flagger's packages made it. */
  readonly prints: Prints;
}

/** Manifests that belong together; or those of a version and of the one before, where they differ in more than a restart. */
export type World = readonly KubeObject[] | { readonly before: readonly KubeObject[]; readonly after: readonly KubeObject[] };

export type Worlds = Readonly<Record<string, World>>;

/** By the name of a release. */
export type Prints = Readonly<Record<string, readonly string[]>>;

/**
 * @param worlds manifests that belong together, by a name for messages; of each, every Canary is released in every way in
 * which a release can end
 */
export function compare(worlds: Worlds, judge: Judge): Comparison {
  const canaries = canariesIn(worlds);
  const cases = casesOf(worlds, (objects) => judge.read(objects));
  const played = judge.play(cases.map(({ release }) => release));
  const results = cases.map(({ release, rehearsal }, index) => differencesOf(release, rehearsal, played[index]!));
  return {
    canaries: canaries.length,
    objects: results.reduce((sum, one) => sum + one.objects, 0),
    differences: [...canaries.flatMap(lossesOf), ...results.flatMap((one) => one.differences)],
    withStandIn: canaries.filter(({ canary, manifests }) => standIns(canary, manifests).length > 0).map(({ name }) => name),
    prints: Object.fromEntries(
      cases.map(({ release }, index) => [release.name, fingerprints(played[index]!.ticks, release.objects)]),
    ),
  };
}

/** The same prints of the prediction, without anybody to compare it with. */
export function predictedPrints(worlds: Worlds): Prints {
  const cases = casesOf(worlds, (objects) => [...objects]);
  return Object.fromEntries(
    cases.map(({ release, rehearsal }) => [release.name, fingerprints(ticksOf(rehearsal), release.objects)]),
  );
}

interface Case {
  readonly release: Release;
  readonly rehearsal: Rehearsal;
}

function casesOf(worlds: Worlds, read: (objects: readonly KubeObject[]) => KubeObject[]): Case[] {
  return Object.entries(worlds).flatMap(([name, world]) => {
    const now = manifestsOf(world);
    return canariesOf(now).flatMap((canary) => {
      const after = read(concerning(canary, now));
      const before = 'before' in world ? read(concerning(canary, world.before)) : restarted(after, canary, 'before');
      return [...endingsOf(canary), ...detoursOf(canary)].map((ending): Case => {
        const rehearsal = rehearse(before, after, canary, ending);
        const release = {
          name: `${name}: ${idOf(canary)} (${ending})`,
          namespace: namespaceOf(canary),
          canary: nameOf(canary),
          provider: 'istio',
          objects: rehearsal.objects,
          events: rehearsal.events,
        };
        return { release, rehearsal };
      });
    });
  });
}

interface Known {
  readonly name: string;
  readonly canary: Canary;
  readonly manifests: readonly KubeObject[];
}

function canariesIn(worlds: Worlds): Known[] {
  return Object.entries(worlds).flatMap(([name, world]) => {
    const manifests = manifestsOf(world);
    return canariesOf(manifests).map((canary) => ({ name: `${name}: ${idOf(canary)}`, canary, manifests }));
  });
}

function lossesOf({ name, canary }: Known): string[] {
  return lostSettings(canary).map((setting) => `${name}: Flagger does not pass on ${setting}`);
}

function manifestsOf(world: World): readonly KubeObject[] {
  return 'after' in world ? world.after : world;
}

function ticksOf({ ticks }: Rehearsal): Tick[] {
  return ticks.map(({ canary, objects }) => ({ status: canary.status ?? {}, objects }));
}

/** What Flagger can come upon when it looks after this Canary. */
function concerning(canary: Canary, manifests: readonly KubeObject[]): KubeObject[] {
  const objects = [...manifests, ...standIns(canary, manifests)];
  const apex = canary.spec.service.name || canary.spec.targetRef.name;
  const routing = [apex, `${apex}-primary`, `${apex}-canary`];
  return objects.filter((object) => {
    const ours = KINDS.includes(object.kind ?? '') && namespaceOf(object) === namespaceOf(canary);
    const ofMesh = groupOf(object) === 'networking.istio.io';
    return ours && (object.kind !== 'Canary' || idOf(object) === idOf(canary)) && (!ofMesh || routing.includes(nameOf(object)));
  });
}

function differencesOf(release: Release, rehearsal: Rehearsal, played: Played): { objects: number; differences: string[] } {
  const differences = [...new Set(played.unknown)].map((field) => `${release.name}: Flagger does not know the field ${field}`);
  let objects = 0;
  const predicted = comparableTicks(ticksOf(rehearsal));
  const made = comparableTicks(played.ticks);
  rehearsal.ticks.forEach((tick, index) => {
    const where = `${release.name}, tick ${index + 1} (${tick.canary.status?.phase ?? 'Initializing'})`;
    const real = played.ticks[index];
    if (real === undefined) {
      differences.push(`${where}: Flagger has no such tick`);
      return;
    }
    if ((real.status.phase ?? '') !== (tick.canary.status?.phase ?? '')) {
      differences.push(`${where}: Flagger's phase is ${real.status.phase || 'none'}`);
    }
    const expected = predicted[index]!;
    const actual = made[index]!;
    objects += actual.size;
    for (const id of new Set([...expected.keys(), ...actual.keys()])) {
      differences.push(...diff(expected.get(id), actual.get(id), '').map((what) => `${where}: ${id}${what}`));
    }
  });
  return { objects, differences };
}

function diff(expected: unknown, actual: unknown, path: string): string[] {
  if (typeof expected === 'object' && typeof actual === 'object' && expected !== null && actual !== null) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    const at = (of: object, key: string): unknown => (of as Record<string, unknown>)[key];
    return [...keys].flatMap((key) => diff(at(expected, key), at(actual, key), `${path}.${key}`));
  }
  return expected === actual ? [] : [`${path}: predicted ${show(expected)}, Flagger makes ${show(actual)}`];
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
