/** Mutants of one room: `ROOM=kernel stryker run .ci/mutation/stryker.config.mjs`; `npm run mutate` does it for each. */
import { join } from 'node:path';
import { fileOf, partsOf } from './rooms.mjs';

const output = join('.ci', 'out', 'mutation');
const room = process.env.ROOM;

export default {
  mutate: [`lib/${room}/**/*.ts`, ...partsOf(room).map((part) => `!lib/${part}/**`)],
  plugins: [join(import.meta.dirname, 'runner.mjs')],
  testRunner: 'in-one-process',
  coverageAnalysis: 'perTest',
  // Constants of modules: each would need all tests, and what they are is for the fragments and dist/ to say.
  ignoreStatic: true,
  concurrency: 1,
  timeoutMS: 10_000,
  timeoutFactor: 1,
  incremental: true,
  incrementalFile: join(output, `${fileOf(room)}.incremental.json`),
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: join(output, `${fileOf(room)}.json`) },
  tempDirName: join('.ci', 'out', 'stryker'),
  ignorePatterns: ['build', '.ci/out', '.ci/mutation/node_modules', '.ci/flagger'],
};
