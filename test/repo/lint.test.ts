import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './paths';

interface Message {
  readonly rule: string | null;
  readonly message: string;
}

/** Where, what is written there, and the rule that must object. Every line of code stands alone in its file. */
type Case = readonly [file: string, text: string, rule?: string];

const ARROWS = 'rooms/arrows';
const SYNTAX = 'no-restricted-syntax';

const wrong: readonly Case[] = [
  ['lib/kernel/x.ts', "import { define } from '../kube';", ARROWS],
  ['lib/kernel/x.ts', "import type { Platform } from '../platform/platform';", ARROWS],
  ['lib/kernel/x.ts', "import * as crds from '../../imports';", ARROWS],
  ['lib/kernel/x.ts', "export { define } from '../kube';", ARROWS],
  ['lib/kernel/x.ts', "export * from '../kube';", ARROWS],
  ['lib/kernel/x.ts', "export const kube = import('../kube');", ARROWS],
  ['lib/kernel/x.ts', "export const kube: unknown = require('../kube');", ARROWS],
  ['lib/kernel/x.ts', "export const kube = (): string => require.resolve('../kube');", ARROWS],
  ['lib/kernel/x.ts', "import kube = require('../kube');\nexport const k = kube;", ARROWS],
  ['lib/kernel/x.ts', "export type Kube = typeof import('../kube');", ARROWS],
  ['lib/kernel/x.ts', "import { readFileSync } from 'node:fs';", ARROWS],
  ['lib/kernel/x.ts', "import { readFileSync } from 'fs';", ARROWS],
  ['lib/kernel/x.ts', "import { Platform } from 'cdk8s-banking';", ARROWS],
  ['lib/kernel/x.ts', "import { app } from '../../apps/bank';", ARROWS],
  ['lib/platform/x.ts', "import type { Port } from '../contracts/port';", ARROWS],
  ['lib/contracts/x.ts', "import { define } from '../kube';", ARROWS],
  ['lib/kube/x.ts', "import { Platform } from '../platform/platform';", ARROWS],
  ['lib/kube/deep/x.ts', "import type { Port } from '../../contracts/port';", ARROWS],
  ['lib/traffic/x.ts', "import { mtls } from '../zero-trust/mtls';", ARROWS],
  ['lib/zero-trust/x.ts', "import { route } from '../traffic/route';", ARROWS],
  ['lib/zero-trust/resources/x.ts', "import { BankingService } from '../../banking-service/banking-service';", ARROWS],
  ['lib/release/x.ts', "import { LoadTester } from '../load-tester/load-tester';", ARROWS],
  ['lib/release/x.ts', "import type { BankingService } from '../banking-service/banking-service';", ARROWS],
  ['lib/banking-service/x.ts', "import { MeshGateway } from '../mesh-gateway/mesh-gateway';", ARROWS],
  ['lib/banking-service/x.ts', "import { Platform } from '..';", ARROWS],
  ['lib/banking-service/x.ts', "import { Platform } from '../index';", ARROWS],
  ['lib/mesh-gateway/x.ts', "import type { BankingService } from '../banking-service/banking-service';", ARROWS],
  ['lib/observability/x.ts', "import { MeshGateway } from '../mesh-gateway/mesh-gateway';", ARROWS],
  ['lib/promql/x.ts', "import { define } from '../kube';", ARROWS],
  ['lib/alerting/x.ts', "import { define } from '../kube';", ARROWS],
  ['lib/banking-service/x.ts', "import { LoadTester } from '../load-tester/load-tester';", ARROWS],
  ['lib/jobs/x.ts', "import { MigrationGate } from '../migration/gate';", ARROWS],
  ['lib/banking-service/x.ts', "import type { JobProps } from '../jobs/props';", ARROWS],
  ['lib/validation/x.ts', "import { MigrationGate } from '../migration/gate';", ARROWS],
  ['lib/checks/x.ts', "import { define } from '../kube';", ARROWS],
  ['lib/checks/rules/release/x.ts', "import { Release } from '../../../release/release';", ARROWS],
  ['lib/cellar/x.ts', "import { App } from 'cdk8s';", ARROWS],
  ['lib/zero-trust/x.ts', "import { Sidecar } from '../../imports/networking.istio.io';", ARROWS],
  ['lib/zero-trust/x.ts', "import type { SidecarSpec } from '../../imports/networking.istio.io';", ARROWS],
  ['lib/zero-trust/x.ts', "import { generate } from '../../imports/generator/generate';", ARROWS],
  ['lib/zero-trust/resources/x.ts', "import { Sidecar } from '../../../imports/networking.istio.io';", ARROWS],
  ['lib/zero-trust/resources/x.ts', "import { type SidecarSpec, Sidecar } from '../../../imports/networking.istio.io';", ARROWS],
  ['lib/zero-trust/resources/x.ts', "export { Sidecar } from '../../../imports/networking.istio.io';", ARROWS],
  ['lib/zero-trust/x.ts', "import { platform } from 'node:os';", ARROWS],
  ['apps/bank/main.ts', "import { Platform } from '../../lib';", ARROWS],
  ['apps/bank/main.ts', "import type { Platform } from '../../lib/platform/platform';", ARROWS],
  ['apps/bank/main.ts', "import * as crds from '../../imports';", ARROWS],
  ['apps/bank/main.ts', "import { Platform } from 'cdk8s-banking/build/lib';", ARROWS],
  ['apps/bank/main.ts', "import { parse } from 'yaml';", ARROWS],
  ['apps/bank/main.ts', "import { readFileSync } from 'node:fs';", ARROWS],
  ['lib/index.ts', "import { Platform } from './platform/platform';\nexport { Platform };", 'rooms/exports-only'],
  ['lib/index.ts', 'export const answer = 42;', 'rooms/exports-only'],
  ['lib/kernel/x.ts', 'export default 1;', 'import-x/no-default-export'],
  ['lib/kernel/x.ts', "export const x = 'I'.toLocaleLowerCase();", SYNTAX],
  ['lib/kernel/x.ts', "export const x = 'a'.localeCompare('b');", SYNTAX],
  ['lib/kernel/x.ts', 'export const x = new Date();', SYNTAX],
  ['lib/kernel/x.ts', 'export const x = Date.now();', SYNTAX],
  ['lib/kernel/x.ts', 'export const x = Math.random();', SYNTAX],
  ['lib/kernel/x.ts', "import { randomUUID } from 'node:crypto';\nexport const x = randomUUID();", SYNTAX],
  ['lib/kernel/x.ts', 'export const x = process.env.HOME;', SYNTAX],
  ['lib/kernel/x.ts', "export const x = process['env'].HOME;", SYNTAX],
  ['lib/kernel/x.ts', 'const { env } = process;\nexport const x = env.HOME;', SYNTAX],
  ['lib/kernel/x.ts', 'export const x: any = 1;', '@typescript-eslint/no-explicit-any'],
  ['test/x.test.ts', "test.only('x', () => {});", SYNTAX],
  ['test/x.test.ts', "describe.skip('x', () => {});", SYNTAX],
  ['test/x.test.ts', "it.skip.each([1])('x', () => {});", SYNTAX],
  ['test/x.test.ts', "test['only']('x', () => {});", SYNTAX],
  ['test/x.test.ts', "xit('x', () => {});", SYNTAX],
  ['test/x.test.ts', "test.todo('x');", SYNTAX],
];

const right: readonly Case[] = [
  ['lib/kernel/x.ts', "export { isIP } from 'node:net';"],
  ['lib/kernel/x.ts', "export { createHash } from 'node:crypto';"],
  ['lib/kernel/x.ts', "export * from './names';"],
  ['lib/platform/x.ts', "export * from '../kernel/names';"],
  ['lib/contracts/x.ts', "export * from '../platform/platform';"],
  ['lib/kube/x.ts', "export { readFileSync } from 'node:fs';"],
  ['lib/kube/x.ts', 'export const x = process.env.CDK8S_OUTDIR;'],
  ['lib/kube/stages/x.ts', "export * from '../manifest';"],
  ['lib/traffic/x.ts', "export * from '../contracts/port';"],
  ['lib/zero-trust/x.ts', "import * as crds from '../../imports';\nexport const x = crds.flaggerApp;"],
  ['lib/zero-trust/resources/x.ts', "export type { SidecarSpec } from '../../../imports/networking.istio.io';"],
  ['lib/zero-trust/resources/x.ts', "export { type SidecarSpec } from '../../../imports/networking.istio.io';"],
  ['lib/release/x.ts', "export * from '../traffic/route';"],
  ['lib/banking-service/x.ts', "export * from '../release/release';"],
  ['lib/banking-service/resources/x.ts', "export * from '../../zero-trust/guard';"],
  ['lib/mesh-gateway/x.ts', "export * from '../zero-trust/guard';"],
  ['lib/observability/x.ts', "export * from '../banking-service/model';"],
  ['lib/release/x.ts', "export * from '../promql/promql';"],
  ['lib/release/x.ts', "export * from '../alerting/alert-channel';"],
  ['lib/load-tester/x.ts', "export * from '../banking-service/banking-service';"],
  ['lib/migration/x.ts', "export * from '../jobs/hardened-job';"],
  ['lib/validation/x.ts', "export * from '../jobs/hardened-job';"],
  ['lib/checks/x.ts', "export * from '../kernel/names';"],
  ['lib/checks/rules/release/x.ts', "export * from '../traffic/y';"],
  ['lib/checks/x.ts', "export { readFileSync } from 'node:fs';"],
  ['lib/index.ts', "export { Platform } from './platform/platform';\nexport * from './kube';"],
  ['apps/bank/main.ts', "export { Platform } from 'cdk8s-banking';"],
  [
    'apps/bank/main.ts',
    "export { App } from 'cdk8s';\nexport { Cpu } from 'cdk8s-plus-28';\nexport { Construct } from 'constructs';",
  ],
  ['apps/main.ts', "export { bank } from './bank/bank';\nexport { join } from 'node:path';"],
  [
    'test/x.test.ts',
    "import { Platform } from '../lib/platform/platform';\ntest('x', () => expect(new Platform()).toBeDefined());",
  ],
];

const cases = [...wrong, ...right];
let messages: Message[][];

beforeAll(() => {
  const files = cases.map(([file, text]) => ({ file: join(ROOT, file), text: `${text}\n` }));
  const script = join(__dirname, 'lint.mjs');
  const { stdout, stderr } = spawnSync(process.execPath, [script], { cwd: ROOT, encoding: 'utf8', input: JSON.stringify(files) });
  if (!stdout) throw new Error(stderr);
  messages = JSON.parse(stdout);
}, 60_000);

const said = (i: number): string[] => (messages[i] ?? []).map(({ rule, message }) => `${rule}: ${message}`);

describe('the linter objects', () => {
  test.each(wrong.map((c, i) => [...c, i] as const))('%s: %s', (_file, _text, rule, i) => {
    expect(said(i)).toContainEqual(expect.stringMatching(`^${rule}: `));
  });
});

describe('the linter has nothing to say', () => {
  test.each(right.map((c, i) => [c[0], c[1], wrong.length + i] as const))('%s: %s', (_file, _text, i) => {
    expect(said(i)).toEqual([]);
  });
});
