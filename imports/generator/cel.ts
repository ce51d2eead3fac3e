import { mapChildren, type CrdSchema } from './crd';
import type { NormalisedKind } from './normalise';

export interface CelRule {
  readonly rule: string;
  readonly message?: string;
  /** Where the rule holds; the same rule is often repeated. */
  readonly paths: readonly string[];
}

/** The rules that only the API server evaluates, by kind: kept as data, because nothing here enforces them. */
export function celRules(kinds: readonly NormalisedKind[]): Record<string, readonly CelRule[]> {
  const entries = kinds.map((kind) => [`${kind.group}/${kind.version} ${kind.kind}`, rulesOf(kind.schema)] as const);
  return Object.fromEntries(entries.filter(([, rules]) => rules.length > 0));
}

function rulesOf(schema: CrdSchema): CelRule[] {
  const found = new Map<string, { rule: string; message?: string; paths: string[] }>();
  const visit = (node: CrdSchema, path: string): CrdSchema => {
    for (const { rule, message } of node['x-kubernetes-validations'] ?? []) {
      const key = JSON.stringify([rule, message]);
      const known = found.get(key) ?? { rule, ...(message === undefined ? {} : { message }), paths: [] };
      known.paths.push(path === '' ? '.' : path);
      found.set(key, known);
    }
    return mapChildren(node, (child, step) => visit(child, path + step));
  };
  visit(schema, '');
  return [...found.values()];
}
