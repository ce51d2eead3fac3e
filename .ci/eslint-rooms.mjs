import { isBuiltin } from 'node:module';
import { basename, dirname, relative, resolve, sep } from 'node:path';

/** What each room under lib/ may import from the others. CONTRIBUTING.md draws the same table. */
const FOUNDATION = ['kernel', 'platform', 'contracts', 'kube'];
const MESH = [...FOUNDATION, 'traffic', 'zero-trust'];

export const ROOMS = {
  kernel: [],
  platform: ['kernel'],
  contracts: ['kernel', 'platform'],
  kube: ['kernel', 'checks'],
  promql: ['kernel'],
  alerting: ['kernel', 'contracts'],
  traffic: FOUNDATION,
  'zero-trust': FOUNDATION,
  release: [...MESH, 'promql', 'alerting'],
  'banking-service': [...MESH, 'release'],
  'load-tester': [...MESH, 'release', 'banking-service'],
  tracing: [...MESH, 'banking-service'],
  jobs: [...FOUNDATION, 'zero-trust', 'banking-service'],
  migration: [...FOUNDATION, 'zero-trust', 'release', 'banking-service', 'jobs'],
  validation: [...FOUNDATION, 'zero-trust', 'banking-service', 'jobs'],
  'mesh-gateway': MESH,
  observability: [...MESH, 'promql', 'alerting', 'release', 'banking-service'],
  data: MESH,
  delivery: MESH,
  checks: ['kernel'],
};

/** These know nothing of CRDs. */
const WITHOUT_CRDS = ['kernel', 'platform', 'contracts'];
/** Pure functions that every room may use. The rest of Node is a door to the machine. */
const PURE_BUILTINS = ['net', 'crypto'];
const ROOMS_WITH_NODE = ['kube', 'checks'];
const APP_PACKAGES = ['cdk8s-banking', 'cdk8s', 'cdk8s-plus-28', 'constructs'];
const APP_BUILTINS = ['path'];

/**
 * Says why a file may not import something, or gives undefined.
 *
 * @param {string} root the repository
 * @param {string} file the importing file, absolute
 * @param {string} specifier as written
 * @param {boolean} typeOnly whether nothing of it is left at run time
 */
export function whyNot(root, file, specifier, typeOnly) {
  const from = relative(root, file).split(sep);
  if (from[0] !== 'lib' && from[0] !== 'apps') return undefined;
  const builtin = isBuiltin(specifier) ? specifier.replace(/^node:/, '') : undefined;
  const to = specifier.startsWith('.') ? relative(root, resolve(dirname(file), specifier)).split(sep) : undefined;
  return from[0] === 'apps' ? whyNotApp(specifier, builtin, to) : whyNotLib(from, specifier, builtin, to, typeOnly);
}

function whyNotApp(specifier, builtin, to) {
  if (to?.[0] === 'apps') return undefined;
  if (to) return `an app imports the library as its users do: write 'cdk8s-banking' instead of '${specifier}'`;
  if (builtin) {
    return APP_BUILTINS.includes(builtin)
      ? undefined
      : `an app may import of Node: ${APP_BUILTINS.join(', ')}; not '${specifier}'`;
  }
  return APP_PACKAGES.includes(specifier)
    ? undefined
    : `an app may import ${APP_PACKAGES.join(', ')} and other apps; not '${specifier}'`;
}

function whyNotLib(from, specifier, builtin, to, typeOnly) {
  const room = from.length > 2 ? from[1] : undefined;
  if (room && !(room in ROOMS)) return `lib/${room} is no room yet: add it to ROOMS in .ci/eslint-rooms.mjs, with its arrows`;
  if (builtin) {
    if (!room || ROOMS_WITH_NODE.includes(room) || PURE_BUILTINS.includes(builtin)) return undefined;
    return `of Node, lib/${room} may import ${PURE_BUILTINS.join(', ')}; lib/${ROOMS_WITH_NODE.join(' and lib/')} the rest; not '${specifier}'`;
  }
  if (specifier === 'cdk8s-banking' || specifier.startsWith('cdk8s-banking/')) {
    return `inside lib/ a file is imported by its path; not '${specifier}'`;
  }
  if (!to) return undefined;
  if (to[0] === 'imports') return whyNotGenerated(from, room, to, typeOnly);
  if (to[0] !== 'lib') return `lib/ imports nothing of ${to[0]}/`;
  if (!room) return undefined;
  if (to.length < 2 || (to.length === 2 && to[1].replace(/\.\w+$/, '') === 'index')) {
    return `lib/index.ts imports the rooms, not the other way round: name the room`;
  }
  const target = to[1];
  if (target === room || ROOMS[room].includes(target)) return undefined;
  return `lib/${room} may import ${ROOMS[room].map((r) => `lib/${r}`).join(', ') || 'no other room'}; not lib/${target}`;
}

/** The registry imports/index.ts loads a group when it is asked for; a group imported by name is loaded always. */
function whyNotGenerated(from, room, to, typeOnly) {
  if (!room || WITHOUT_CRDS.includes(room)) return `${from.slice(0, room ? 2 : 1).join('/')} imports nothing of imports/`;
  if (to.length === 1 || (to.length === 2 && /^index(\.\w+)?$/.test(to[1]))) return undefined;
  if (to[1] === 'generator') return 'the generator is no part of the library';
  if (!typeOnly)
    return `import ${basename(to[1])} with \`import type\`, and its classes by \`import * as crds from '…/imports'\``;
  return from.slice(2, -1).includes('resources') ? undefined : `only files in resources/ know the types of imports/${to[1]}`;
}

const allTypes = (specifiers, kind) => specifiers.length > 0 && specifiers.every((s) => s[kind] === 'type');

/** ESLint rule: arrows between rooms point one way. */
const arrows = {
  meta: { type: 'problem', schema: [], messages: { wrong: '{{why}}.' } },
  create(context) {
    const check = (source, typeOnly) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const why = whyNot(context.cwd, context.filename, source.value, typeOnly);
      if (why) context.report({ node: source, messageId: 'wrong', data: { why } });
    };
    return {
      ImportDeclaration: (n) => check(n.source, n.importKind === 'type' || allTypes(n.specifiers, 'importKind')),
      ExportNamedDeclaration: (n) => check(n.source, n.exportKind === 'type' || allTypes(n.specifiers, 'exportKind')),
      ExportAllDeclaration: (n) => check(n.source, n.exportKind === 'type'),
      ImportExpression: (n) => check(n.source, false),
      TSImportType: (n) => check(n.source, true),
      TSExternalModuleReference: (n) => check(n.expression, n.parent.importKind === 'type'),
      "CallExpression[callee.name='require'], CallExpression[callee.object.name='require']": (n) => check(n.arguments[0], false),
    };
  },
};

/** ESLint rule: lib/index.ts holds export statements and nothing else. */
const exportsOnly = {
  meta: { type: 'problem', schema: [], messages: { wrong: 'This file only exports: `export … from`.' } },
  create: (context) => ({
    'Program > :not(ExportNamedDeclaration[source], ExportAllDeclaration)': (node) =>
      context.report({ node, messageId: 'wrong' }),
  }),
};

export default { rules: { arrows, 'exports-only': exportsOnly } };
