import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mapChildren, type CrdSchema } from './crd';
import { ImportError } from './errors';
import type { NormalisedKind } from './normalise';
import { originOf } from './sources';

/** Keywords from which `cdk8s import` makes types. It would only garble the rest: patterns, rules, defaults. */
const TYPED = new Set(['type', 'properties', 'items', 'additionalProperties', 'required', 'enum', 'anyOf']);
/** What the CLI writes at the end of each function: a copy of the whole for each field that is kept. */
const COPIED = 'return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});';
/** The same with one copy, or none. */
const DEFINED = `
function defined(all: Record<string, any>): Record<string, any> {
  const keys = Object.keys(all);
  const kept = keys.filter((key) => all[key] !== undefined);
  if (kept.length === keys.length) return all;
  const result: Record<string, any> = {};
  for (const key of kept) result[key] = all[key];
  return result;
}`;
/** What the CLI writes for an enum value that it takes for dangerous. */
const STRIPPED = '__stripped_by_cdk8s__';

/** Runs `cdk8s import` once for all kinds and returns the text of one TypeScript file an API group. */
export function generateClasses(kinds: readonly NormalisedKind[]): Map<string, string> {
  const work = mkdtempSync(join(tmpdir(), 'crd-classes-'));
  try {
    const input = join(work, 'crds.yaml');
    // JSON is YAML, and has none of the quirks that the CLI's reader stumbles over.
    writeFileSync(input, kinds.map((kind) => JSON.stringify(crdOf(kind))).join('\n---\n'));
    runCli(input, join(work, 'out'), work);
    const groups = [...new Set(kinds.map((kind) => kind.group))].sort();
    const written = new Set(readdirSync(join(work, 'out')));
    return new Map(
      groups.map((group) => {
        if (!written.has(`${group}.ts`)) {
          throw new ImportError(`${group}: cdk8s import wrote ${[...written].join(', ')}; expected ${group}.ts as well.`);
        }
        const ofGroup = kinds.filter((kind) => kind.group === group);
        return [group, tidy(readFileSync(join(work, 'out', `${group}.ts`), 'utf8'), ofGroup)];
      }),
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function runCli(input: string, output: string, cwd: string): void {
  const manifest = createRequire(__filename).resolve('cdk8s-cli/package.json');
  const options = ['--language', 'typescript', '--no-class-prefix', '--no-save', '--no-check-upgrade'];
  try {
    // In a folder of its own, so that the project's cdk8s.yaml has no say.
    const args = [join(dirname(manifest), 'bin', 'cdk8s'), 'import', input, '--output', output, ...options];
    execFileSync(process.execPath, args, { cwd, stdio: 'pipe' });
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    throw new ImportError(`cdk8s import refused the normalised CRDs: ${stderr?.toString().trim() || String(error)}`);
  }
}

/** A CRD of one version, reduced to what shapes a type. */
export const crdOf = (kind: NormalisedKind): object => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${kind.plural}.${kind.group}` },
  spec: {
    group: kind.group,
    names: { kind: kind.kind, plural: kind.plural },
    scope: kind.scope,
    versions: [{ name: kind.version, served: true, storage: true, schema: { openAPIV3Schema: typeSchema(kind.schema) } }],
  },
});

function typeSchema(schema: CrdSchema): CrdSchema {
  const typed = Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => {
      // Of unions the CLI can express int-or-string alone.
      return keyword === 'anyOf' ? schema['x-kubernetes-int-or-string'] === true : TYPED.has(keyword);
    }),
  ) as CrdSchema;
  return mapChildren(typed, typeSchema);
}

/**
 * The CLI's comments repeat the name of what follows, and make up half of the file; its `eslint-enable` comments would
 * undo ours. What is left is the code as it was generated, but for the copies that it makes of each map.
 */
export function tidy(code: string, kinds: readonly NormalisedKind[]): string {
  if (code.includes(STRIPPED)) {
    throw new ImportError(
      `${kinds[0]?.group}: cdk8s import replaced an enum value with ${STRIPPED}; ` +
        'have imports/generator/classes.ts pass that enum as a plain string.',
    );
  }
  const lines: string[] = [];
  let inComment = false;
  for (const line of code.split('\n')) {
    const text = line.trim();
    if (inComment || text.startsWith('/*')) {
      inComment = !text.endsWith('*/');
    } else if (text !== '' && !text.startsWith('//')) {
      // One blank line before each declaration is all the layout a file needs that nobody reads from top to bottom.
      if (line.startsWith('export')) lines.push('');
      lines.push(line.trimEnd().replace(COPIED, 'return defined(result);'));
    }
  }
  return `${header(kinds)}\n${lines.join('\n')}\n${DEFINED}\n`;
}

export function header(kinds: readonly NormalisedKind[]): string {
  const origins = [...new Set(kinds.map((kind) => originOf(kind.source)))];
  return [
    '// Generated by `npm run import`; never edit: change imports/generator/sources.ts and run it again.',
    `// Derived from the CRDs of ${origins.join(', ')}.`,
    '/* eslint-disable */',
  ].join('\n');
}
