import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const WRONG = 'test/wrong-inputs/wrong-inputs.test.ts';
const wrong = (...domains) => domains.map((domain) => `${WRONG}: ${domain} `);

/**
 * The rooms of lib/ in which mutants are made, and the tests that should kill them. `own`: all of them, by file and name, in this order,
 * after those of test/<room>; `first`: before them, since they kill much at once. `others`: a few of those that cover a mutant;
 * `without`: none of these. Whole apps, packages and properties are left out: they notice much, late, and say little about where. A
 * folder of a large room may stand here by itself.
 */
export const ROOMS = {
  kernel: { own: wrong('together', 'cidrs'), others: [WRONG] },
  platform: { own: wrong('platforms', 'together'), others: [WRONG] },
  contracts: { own: ['test/zero-trust', ...wrong('edges', 'ports')], others: [WRONG] },
  promql: { own: wrong('metricTemplates'), others: [WRONG] },
  alerting: { own: ['test/observability/routing', ...wrong('alertChannels')], others: [WRONG, 'test/release/flagger-extras'] },
  kube: { own: wrong('names', 'overrides', 'collisions', 'environments', 'together'), others: [WRONG] },
  traffic: {
    first: ['test/snapshots'],
    own: [
      ...['fault', 'ab-test', 'mirror', 'weighted'].map((name) => `test/release/${name}.test.ts`),
      ...wrong('traffics', 'faults', 'weights', 'exposure'),
    ],
    others: [WRONG, 'test/traps'],
  },
  'zero-trust': {
    first: ['test/snapshots'],
    own: wrong('edges', 'externalHosts', 'namespaces', 'quotas', 'access', 'mtls'),
    others: [WRONG, 'test/traps'],
  },
  release: {
    own: [
      ...wrong('release', 'weights', 'blueGreens', 'abTests', 'metricProviders', 'metricTemplates'),
      ...wrong('webhooks', 'canaries', 'canaryReleases'),
    ],
    others: [WRONG],
  },
  'banking-service': {
    first: ['test/snapshots/banking-service.test.ts'],
    own: [
      ...wrong('images', 'ports', 'health', 'shutdown', 'scaling', 'resources', 'security'),
      ...wrong('availability', 'placement', 'configuration'),
    ],
    others: [WRONG, 'test/snapshots', 'test/traps'],
  },
  'mesh-gateway': { first: ['test/snapshots/mesh-gateway.test.ts'], own: wrong('gateways', 'exposure'), others: [WRONG] },
  'load-tester': {
    own: ['test/release/flagger-extras/load-tester.test.ts', ...wrong('loadTesters')],
    others: [WRONG, 'test/release/flagger-extras'],
  },
  jobs: {
    own: ['test/migration', ...wrong('jobs', 'migrations', 'migrationUsers', 'validations')],
    others: [WRONG, 'test/validation'],
  },
  migration: { own: ['test/jobs', ...wrong('jobs', 'migrations', 'migrationUsers')], others: [WRONG] },
  validation: { own: wrong('validations'), others: [WRONG] },
  observability: { own: wrong('objectives'), others: [WRONG] },
  'observability/dashboards': {
    own: wrong('dashboards'),
    others: [WRONG],
    // The compiler reads it, whatever runs.
    without: ['test/observability/dashboards/sdk.test.ts'],
  },
  'observability/monitors': {
    own: ['test/observability/kiali.test.ts', ...wrong('monitors')],
    others: [WRONG],
    // Whole systems in every state of every release.
    without: ['test/observability/monitors/targets.test.ts'],
  },
  'observability/routing': { own: wrong('alertRoutes'), others: [WRONG] },
  'observability/telemetry': { own: wrong('telemetries'), others: [WRONG] },
  tracing: { own: wrong('tracings'), others: [WRONG] },
  checks: {
    own: [
      ...['switching', 'transitions', 'two-tracks-traps', 'ingress', 'blue-green'].map((name) => `test/release/${name}.test.ts`),
      'test/kube/live.test.ts',
    ],
    others: [WRONG],
  },
};

/** The folders of a room that stand there by themselves. */
export const partsOf = (room) => Object.keys(ROOMS).filter((part) => part.startsWith(`${room}/`));

/** How the reports of a room are called. */
export const fileOf = (room) => room.replaceAll('/', '-');

/** Those that decide what is allowed. */
export const POLICY = ['kernel', 'platform', 'contracts', 'traffic', 'zero-trust'];

const of = (room) => [...(ROOMS[room].first ?? []), `test/${room}/`, ...ROOMS[room].own];

/** Which of the room's own tests a test is, by its file and name: the first is run first; -1 for one of others. */
export const rankOf = (room, id) => of(room).findIndex((start) => id.startsWith(start));

/** The test files of a room, absolute and in order. */
export function testFilesOf(room, root) {
  const named = [...of(room), ...ROOMS[room].others].map((path) => path.split(': ')[0]);
  // Not every room has tests of its own.
  const paths = named.filter((path) => existsSync(join(root, path)));
  const files = paths.flatMap((path) =>
    path.endsWith('.ts') ? [path] : readdirSync(join(root, path), { recursive: true }).map((name) => join(path, name)),
  );
  const without = [...(ROOMS[room].without ?? []), ...partsOf(room).map((part) => `test/${part}/`)];
  return [...new Set(files)]
    .filter((path) => path.endsWith('.test.ts') && !without.some((start) => path.startsWith(start)))
    .sort()
    .map((path) => join(root, path));
}
