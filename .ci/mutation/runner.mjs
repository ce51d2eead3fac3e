/**
 * Runs jest's tests for Stryker in one process that loads everything once. Jest itself loads the library anew for each test file of
 * each mutant, seconds for what takes a few milliseconds, and thousands of mutants would take a day. What declares the tests, what
 * they expect, and their spies are jest's own packages; this file only calls them.
 *
 * Nothing is loaded again, so a mutant could leave something behind that fails the tests of later ones, which then would pass for
 * killed. That is why each test that kills is run once more without the mutant; when it fails again, Stryker gets a new process.
 */
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { PluginKind, declareClassPlugin } from '@stryker-mutator/api/plugin';
import { DryRunStatus, TestStatus, determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { rankOf, testFilesOf } from './rooms.mjs';

/** What a test may ask of `jest`. One that asks for more, such as for modules of its own, is left out. */
class NotHere extends Error {}

function jestOf(mocker) {
  const known = {
    fn: (implementation) => mocker.fn(implementation),
    spyOn: (...args) => mocker.spyOn(...args),
    restoreAllMocks: () => mocker.restoreAllMocks(),
    setTimeout: () => {},
  };
  return new Proxy(known, {
    get: (target, name) => {
      if (!(name in target)) throw new NotHere(`jest.${String(name)}`);
      return target[name];
    },
  });
}

/** The tests of a describe block and of those in it, with the hooks around each, outermost first. */
function* testsIn(block, file, name = [], around = []) {
  const inside = [...around, block];
  for (const child of block.children) {
    const called = [...name, child.name];
    if (child.type === 'describeBlock') yield* testsIn(child, file, called, inside);
    else if (child.mode !== 'skip' && child.mode !== 'todo') {
      yield { id: `${file}: ${called.join(' ')}`, file, name: called.join(' '), fn: child.fn, around: inside };
    }
  }
}

/**
 * The tests of the room itself, then of the others that cover a mutant no more than these, taken evenly: hundreds build whole apps and go
 * through the same line. What they would have found beyond that counts as survived.
 */
const MOST_OF_OTHERS = 25;
const MOST_RUNS = 50;

function few(tests) {
  const rank = ({ id }) => rankOf(process.env.ROOM, id);
  const own = tests.filter((test) => rank(test) >= 0).sort((a, b) => rank(a) - rank(b));
  const others = tests.filter((test) => rank(test) < 0);
  const step = Math.max(1, others.length / MOST_OF_OTHERS);
  return [...own, ...others.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))];
}

/** Properties with the same values in each run, so that no mutant is killed by luck, and fewer of them; nobody reads a counter-example. */
function brief(library) {
  const { default: fc } = library;
  fc.configureGlobal({ seed: 5, endOnFailure: true });
  const assert = (property, { numRuns = 100, ...params } = {}) =>
    fc.assert(property, { ...params, numRuns: Math.min(numRuns, MOST_RUNS) });
  library.default = { ...fc, assert };
}

class InOneProcess {
  static inject = [];
  #context = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
  #tests = new Map();
  #expect;
  #runs = 0;
  #spoilt = false;
  #sandbox;
  #temporary;

  capabilities = () => ({ reloadEnvironment: false });

  async init() {
    const sandbox = (this.#sandbox = process.cwd());
    const require = createRequire(pathToFileURL(join(sandbox, 'package.json')));
    // Before the next lines: what it has compiled is for later processes too.
    require('tsx/cjs');
    // Folders of tests stay until the end: some are made when a file is loaded, so that no `afterAll` may take them away.
    this.#temporary = mkdtempSync(join(tmpdir(), 'mutants-'));
    process.env.TMPDIR = this.#temporary;
    process.on('exit', () => this.dispose());
    const circus = require('jest-circus');
    const { ModuleMocker } = require('jest-mock');
    brief(require('fast-check'));
    const { SnapshotState } = require('jest-snapshot');
    this.#expect = require('@jest/expect').jestExpect;
    const { describe, test, it, beforeAll, beforeEach, afterAll, afterEach } = circus;
    const jest = jestOf(new ModuleMocker(globalThis));
    Object.assign(globalThis, { describe, test, it, beforeAll, beforeEach, afterAll, afterEach, jest, expect: this.#expect });
    const snapshotState = new SnapshotState(join(sandbox, 'none.snap'), {
      updateSnapshot: 'none',
      rootDir: sandbox,
      // https://jestjs.io/docs/configuration#snapshotformat-object
      snapshotFormat: { escapeString: false, printBasicPrototype: false },
    });
    this.#expect.setState({ snapshotState, testPath: join(sandbox, 'none.test.ts') });

    require('./lib/index.ts');
    for (const path of testFilesOf(process.env.ROOM, sandbox)) {
      circus.resetState();
      require(path);
      const file = relative(sandbox, path);
      for (const test of testsIn(circus.getState().rootDescribeBlock, file)) {
        for (let i = 2; this.#tests.has(test.id); i++) test.id = `${file}: ${test.name} (${i})`;
        this.#tests.set(test.id, test);
      }
    }
    console.error(`${this.#tests.size} tests are loaded`);
  }

  dispose() {
    rmSync(this.#temporary, { recursive: true, force: true });
  }

  async dryRun() {
    const tests = await this.#run([...this.#tests.values()], { bail: false });
    const { perTest, static: atLoad } = this.#context.mutantCoverage;
    for (const id of Object.keys(perTest)) if (!this.#tests.has(id)) delete perTest[id];
    // What ran while a test's table was made and in a test too needs no new process: the test is run with it.
    for (const mutant of Object.values(perTest).flatMap(Object.keys)) delete atLoad[mutant];
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.#context.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, disableBail, hitLimit }) {
    if (this.#spoilt) process.exit(1);
    const chosen = few(testFilter ? testFilter.map((id) => this.#tests.get(id)) : [...this.#tests.values()]);
    Object.assign(this.#context, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit ? 0 : undefined });
    const tests = await this.#run(chosen, { bail: !disableBail });
    const timeout = determineHitLimitReached(this.#context.hitCount, hitLimit);
    Object.assign(this.#context, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });

    const killers = tests.filter(({ status }) => status === TestStatus.Failed).map(({ id }) => this.#tests.get(id));
    const again = await this.#run(killers, { bail: true });
    this.#spoilt = again.some(({ status }) => status === TestStatus.Failed);
    // Was it this mutant, or one before it? In a new process it is this one.
    if (this.#spoilt && this.#runs > 0) process.exit(1);
    this.#runs++;
    return timeout ?? toMutantRunResult({ status: DryRunStatus.Complete, tests }, disableBail);
  }

  async #run(tests, { bail }) {
    const results = [];
    const prepared = new Map();
    for (const test of tests) {
      const result = await this.#runOne(test, prepared);
      results.push(result);
      if (bail && result.status === TestStatus.Failed) break;
    }
    return results;
  }

  async #runOne({ id, file, name, fn, around }, prepared) {
    const { performance } = globalThis;
    const start = performance.now();
    const result = { id, name, fileName: join(this.#sandbox, file), status: TestStatus.Success };
    const hooks = (type, blocks) => blocks.flatMap((block) => block.hooks.filter((hook) => hook.type === type));
    try {
      this.#context.currentTestId = id;
      this.#expect.setState({ currentTestName: name, suppressedErrors: [] });
      for (const block of around) await this.#prepare(block, prepared, id);
      for (const hook of hooks('beforeEach', around)) await hook.fn();
      await fn();
      // Snapshots don't throw: what they found is kept here.
      const [found] = this.#expect.getState().suppressedErrors;
      if (found) throw found;
    } catch (error) {
      const left = error instanceof NotHere;
      Object.assign(result, {
        status: left ? TestStatus.Skipped : TestStatus.Failed,
        failureMessage: String(error?.message ?? error),
      });
    } finally {
      for (const hook of hooks('afterEach', around.toReversed())) await hook.fn();
      this.#context.currentTestId = undefined;
    }
    return { ...result, timeSpentMs: Math.round(performance.now() - start) };
  }

  /** `beforeAll` of a block, once a run. Whatever it covers is covered by each test of the block. */
  async #prepare(block, prepared, id) {
    const before = block.hooks.filter((hook) => hook.type === 'beforeAll');
    if (before.length === 0) return;
    if (!prepared.has(block)) {
      const shared = `${id} beforeAll`;
      prepared.set(block, shared);
      this.#context.currentTestId = shared;
      for (const hook of before) await hook.fn();
      this.#context.currentTestId = id;
    }
    const perTest = this.#context.mutantCoverage?.perTest;
    const covered = perTest?.[prepared.get(block)];
    if (!covered) return;
    const own = (perTest[id] ??= {});
    for (const [mutant, hits] of Object.entries(covered)) own[mutant] = (own[mutant] ?? 0) + hits;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-one-process', InOneProcess)];
