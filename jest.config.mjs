import { PACKAGES } from './.ci/jest/bundles.mjs';

export default {
  testEnvironment: '<rootDir>/.ci/jest/environment.mjs',
  maxWorkers: '100%',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testSequencer: '<rootDir>/.ci/jest/sequencer.mjs',
  moduleNameMapper: { '^cdk8s-banking$': '<rootDir>/lib/index.ts' },
  // The library and the packages below it are read from one file each.
  globalSetup: '<rootDir>/.ci/jest/bundles.mjs',
  transform: { '\\.[jt]s$': '<rootDir>/.ci/jest/transform.mjs' },
  transformIgnorePatterns: [`/node_modules/(?!(\\.cache/jest-bundles|${PACKAGES.join('|')})/)`],
};
