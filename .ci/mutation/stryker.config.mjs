/** Mutants of one room: `ROOM=kernel stryker run .ci/mutation/stryker.config.mjs`; `npm run mutate` does it for each. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOMS } from './rooms.mjs';

const require = createRequire(import.meta.url);
const room = process.env.ROOM;
const root = join(import.meta.dirname, '..', '..');
const { jest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const runner = join(import.meta.dirname, 'node_modules', '@stryker-mutator', 'jest-runner');
const output = join('.ci', 'out', 'mutation');

export default {
  mutate: [`lib/${room}/**/*.ts`],
  testRunner: 'jest',
  plugins: [join(runner, 'dist', 'src', 'index.js')],
  coverageAnalysis: 'perTest',
  // Constants of modules: each would need all tests, and what they are is for the fragments and dist/ to say.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 30_000,
  incremental: true,
  incrementalFile: join(output, `${room}.incremental.json`),
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: join(output, `${room}.json`) },
  tempDirName: join('.ci', 'out', 'stryker'),
  ignorePatterns: ['build', '.ci/out', '.ci/mutation/node_modules', '.ci/flagger'],
  jest: {
    enableFindRelatedTests: false,
    config: {
      ...jest,
      testEnvironment: require.resolve('@stryker-mutator/jest-runner/jest-env/node'),
      testMatch: ROOMS[room].map((glob) => `<rootDir>/${glob.replace(/\*\*$/, '**/*.test.ts')}`),
    },
  },
};
