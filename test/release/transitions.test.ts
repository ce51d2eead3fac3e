import { jumpProblems } from '../../lib';
import type { Json } from '../banking-service/world';
import { failures, mixes } from '../support/release/mixes';
import { FULL, STATES, rendered } from '../support/release/states';
import { schemaProblems } from '../support/schemas';

/* R3–R5, R7, R8: from any state of a release to any other. */

const names = Object.keys(STATES);
const manifests = new Map<string, Json[]>();

beforeAll(() => manifests.clear());

/** Rendered once. */
function state(name: string): Json[] {
  if (!manifests.has(name)) manifests.set(name, rendered(STATES[name]!()));
  return manifests.get(name)!;
}

/** What may happen on the way, in whatever order objects are applied. */
function dangers(from: string, to: string): string[] {
  const [before, after] = [state(from), state(to)];
  return [...new Set(mixes(before, after).flatMap((mix) => failures(before, mix, after, FULL)))];
}

const jumps = (from: string, to: string) => jumpProblems(state(from) as never, state(to) as never);

/** Where an image changes with a share, the library is stricter than the requests that would be lost. */
const imageChanges = (from: string, to: string) => jumps(from, to).some(({ what }) => what.startsWith('changes its image'));

test.each(names)('%s stands by itself: no empty subset, weights of 100, pods enough for each share', (name) => {
  expect(dangers(name, name)).toEqual([]);
});

test('whatever a state renders passes the strict schema of its kind', () => {
  const all = new Map(names.flatMap((name) => state(name).map((one) => [JSON.stringify(one), one] as const)));
  expect(
    [...all.values()].flatMap((one) => schemaProblems(one).map((what) => `${one.kind} ${one.metadata.name}: ${what}`)),
  ).toEqual([]);
});

// Both ways round: what is let through loses nothing, and what loses nothing is let through.
test.each(names)('from %s to any other: refused if requests could be lost, and only then', (from) => {
  const wrong = names.flatMap((to) => {
    if (to === from) return [];
    const [refused, lost] = [jumps(from, to), dangers(from, to)];
    return refused.length > 0 === (lost.length > 0 || imageChanges(from, to)) ? [] : [{ to, refused, lost }];
  });
  expect(wrong).toEqual([]);
});

describe('the ways that are documented', () => {
  const blueGreen = [
    "BlueGreen.only('blue')",
    "BlueGreen.staged('green')",
    "BlueGreen.preview('green', …)",
    "BlueGreen.partial('green', 10)",
    "BlueGreen.partial('green', 50)",
    "BlueGreen.live('green')",
    "BlueGreen.only('green')",
  ];
  const weighted = ['rolling', 'rolling, stable named', 'weighted, no canary'];
  const steps = [0, 10, 25, 50, 75, 100].map((weight) => `weighted ${weight}`);

  test.each<[string, readonly string[]]>([
    ['blue to green (R4)', blueGreen],
    ['from a rolling update to blue-green, without a new pod', ['rolling', 'rolling, blue named', "BlueGreen.only('blue')"]],
    ['and back', ["BlueGreen.only('blue')", 'rolling, blue named', 'rolling']],
    ['from a rolling update to a canary at 100 % (R5)', [...weighted, ...steps]],
    ['and back', [...[...weighted, 'weighted 0'].reverse()]],
    ['all requests back from any weight (R13)', ['weighted 100', 'weighted 0', 'weighted, no canary']],
    ['an A/B test (R7)', ['weighted, no canary', 'A/B, no audience', 'A/B', 'A/B, no audience', 'weighted, no canary']],
    ['a mirror (R8)', ['weighted, no canary', 'mirrored 0', 'mirrored 30', 'mirrored 0', 'weighted, no canary']],
  ])('%s', (_what, way) => {
    way.slice(1).forEach((to, i) => expect({ to, problems: jumps(way[i]!, to) }).toEqual({ to, problems: [] }));
  });

  test.each(blueGreen.slice(2, -1))(
    'back to blue alone from %s, with one commit for the requests and one for the pods (R13)',
    (from) => {
      expect([jumps(from, "BlueGreen.live('blue')"), jumps("BlueGreen.live('blue')", "BlueGreen.only('blue')")]).toEqual([
        [],
        [],
      ]);
    },
  );

  test.each(steps.slice(1))('all requests back from %s, with one commit (R13)', (from) => {
    expect(jumps(from, 'weighted 0')).toEqual([]);
  });
});

test('staged is live of the other colour: one state, two names', () => {
  expect(state("BlueGreen.staged('green')")).toEqual(state("BlueGreen.live('blue')"));
});
