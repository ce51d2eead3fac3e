/**
 * Node's environment, with habits of jest made cheaper that cost more with each test file.
 *
 * Jest reads and compiles each module anew for each test file. Here each text is compiled once in a worker, and a bundle is read once: test
 * files share the code, and nothing that the code makes.
 *
 * Its runner makes an AsyncLocalStorage for each test file and leaves it behind. Before Node 24 every promise asks each one that there is.
 */
import hooks from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';
import { codeOf } from './bundles.mjs';

const { compileFunction, Script } = vm;
/** By the path of the file, for as long as the worker lives. */
const compiled = new Map();

/** As `vm.compileFunction` with a `parsingContext`, which is how jest makes a module. */
vm.compileFunction = (source, params, options) => {
  const { filename, parsingContext } = options;
  // An `import()` is bound to the test file that the code was compiled for.
  if (!parsingContext || source.includes('import(')) return compileFunction(source, params, options);
  if (compiled.get(filename)?.source !== source) {
    // On the first line, and before its first column: the source map knows nothing of it.
    const head = `(function (${params.join(', ')}) {`;
    const script = new Script(`${head}${source}\n})`, { filename, columnOffset: -head.length });
    compiled.set(filename, { source, script });
  }
  return compiled.get(filename).script.runInContext(parsingContext);
};

/** The code of bundles, by what they were made of. */
const codes = new Map();

function codeOfBundle(bundle, digest) {
  if (!codes.has(digest)) codes.set(digest, readFileSync(codeOf(bundle), 'utf8'));
  return codes.get(digest);
}

/** Those of the test file that runs. */
const storages = new Set();

hooks.AsyncLocalStorage = class extends hooks.AsyncLocalStorage {
  constructor(...args) {
    super(...args);
    storages.add(this);
  }
};

export default class extends TestEnvironment {
  constructor(...args) {
    super(...args);
    /** Runs a bundle for its module. `bundles.mjs` writes the call. */
    this.global.runBundle = (bundle, digest, module, require) => {
      const options = { filename: bundle, parsingContext: this.context };
      vm.compileFunction(codeOfBundle(bundle, digest), ['module', 'require'], options)(module, require);
    };
  }

  async teardown() {
    await super.teardown();
    for (const one of storages) one.disable();
    storages.clear();
  }
}
