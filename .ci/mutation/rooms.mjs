/**
 * The rooms of lib/ in which mutants are made, and the tests that should kill them: the room's own, and those that it lends to
 * others. Whole apps, packages and properties are left out: they notice much, late, and say little about where.
 */
const WRONG = 'test/wrong-inputs/wrong-inputs.test.ts';

export const ROOMS = {
  kernel: ['test/kernel/**', WRONG, 'test/wrong-inputs/javascript.test.ts'],
  platform: ['test/platform/**', 'test/zero-trust/**', WRONG],
  contracts: ['test/kernel/**', 'test/zero-trust/**', WRONG],
  promql: ['test/promql/**', 'test/observability/**', WRONG],
  alerting: ['test/alerting/**', 'test/observability/routing/**', 'test/release/flagger/**', WRONG],
  kube: ['test/kube/*.test.ts', WRONG],
  traffic: ['test/traffic/**', 'test/snapshots/**', WRONG],
  'zero-trust': ['test/zero-trust/**', 'test/traps/**', 'test/snapshots/**', WRONG],
  release: ['test/release/**', WRONG],
  'banking-service': ['test/banking-service/**', 'test/snapshots/**', WRONG],
  'mesh-gateway': ['test/mesh-gateway/**', 'test/traffic/**', WRONG],
  'load-tester': ['test/release/**', WRONG],
  jobs: ['test/jobs/**', 'test/migration/**', WRONG],
  migration: ['test/migration/**', WRONG],
  validation: ['test/validation/**', WRONG],
  observability: ['test/observability/**', WRONG],
  tracing: ['test/tracing/**', WRONG],
  checks: ['test/checks/**', 'test/release/switching.test.ts'],
};
