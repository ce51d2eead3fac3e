/** What a test file asks for, as JavaScript: a module of a bundle, or else the file itself, by way of swc. */
import swc from '@swc/jest';
import { held, isBundle, mapOf } from './bundles.mjs';

const { process: compiled, getCacheKey } = swc.createTransformer({ jsc: { target: 'es2022' } });

export default {
  getCacheKey: (source, file, options) => {
    const module = held(file);
    return getCacheKey(module ? JSON.stringify(module) : source, file, options);
  },
  process(source, file, options) {
    const module = held(file);
    if (module) return { code: `module.exports = require('${module.bundle}')['${module.name}']();` };
    if (isBundle(file)) return { code: source, map: mapOf(file) };
    return file.endsWith('.ts') ? compiled(source, file, options) : { code: source };
  },
};
