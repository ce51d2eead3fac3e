/**
 * Node's environment, for whose modules each text is compiled once in a worker. Jest gives each test file modules of its own, and compiles
 * them anew for each; here they share the code, and nothing that the code makes.
 */
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

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

export default TestEnvironment;
