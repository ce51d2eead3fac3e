import { header } from './classes';
import type { NormalisedKind } from './normalise';
import { schemaPath } from './schemas';

/** `networking.istio.io` becomes `networkingIstioIo`. */
export const accessorOf = (group: string): string =>
  group.replace(/[^A-Za-z0-9]+([A-Za-z0-9])/g, (_match, letter: string) => letter.toUpperCase());

/**
 * The text of `imports/index.ts`: one function a group, which loads the group's code when it is first called. The
 * imports are of types only and vanish from the JavaScript, so that naming the registry costs nothing.
 */
export function registryText(kinds: readonly NormalisedKind[]): string {
  const groups = [...new Set(kinds.map((kind) => kind.group))].sort();
  const typeName = (group: string): string => accessorOf(group).replace(/^./, (letter) => letter.toUpperCase());
  const imports = groups.map((group) => `import type * as ${typeName(group)} from './${group}';`);
  const accessors = groups.map((group) => {
    const origin = kinds.find((kind) => kind.group === group)?.source;
    return [
      `/** ${group}, of ${origin?.repo} ${origin?.tag}. */`,
      `export const ${accessorOf(group)} = once((): typeof ${typeName(group)} => require('./${group}'));`,
    ].join('\n');
  });
  const rows = kinds.map((kind) => {
    const { group, version, plural, scope } = kind;
    const row = { apiVersion: `${group}/${version}`, kind: kind.kind, plural, scope, schema: schemaPath(kind) };
    const fields = Object.entries(row).map(([name, value]) => `${name}: '${value}'`);
    return `  { ${fields.join(', ')} },`;
  });
  return `${[header(kinds), imports.join('\n'), ONCE, accessors.join('\n\n'), LOOKUP, kindsText(rows)].join('\n\n')}\n`;
}

const kindsText = (rows: readonly string[]): string =>
  [
    '/** Every generated kind, in the version that it is generated for. */',
    'export const kinds: readonly CrdKind[] = [',
    ...rows,
    '];',
  ].join('\n');

const ONCE = `/** A \`require\` resolves its path anew with every call, and there is one call an object. */
const once = <T>(load: () => T): (() => T) => {
  let loaded: T | undefined;
  return () => (loaded ??= load());
};`;

const LOOKUP = `export interface CrdKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** Path of the JSON Schema, relative to this file. */
  readonly schema: string;
}

/** The strict JSON Schema (draft-07) of a kind, read when asked for; undefined if the kind is not generated here. */
export const schemaOf = (apiVersion: string, kind: string): object | undefined => {
  const found = kinds.find((candidate) => candidate.apiVersion === apiVersion && candidate.kind === kind);
  return found && require(\`./\${found.schema}\`);
};`;
