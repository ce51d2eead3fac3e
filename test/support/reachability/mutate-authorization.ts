import type { AuthorizationPolicySpec } from './authorization';
import type { AuthorizationRule } from './authorization-rule';
import { Changes, without, type Change, type MutationKind } from './mutation';
import { specOf, type KubeObject } from './objects';

/**
 * Everything that can be taken from or added to one AuthorizationPolicy. In a DENY policy what narrows the match widens
 * the door. An empty `from`, `to` or operation is refused by Istio (pkg/config/validation), so the last entry is dropped
 * with its list instead of leaving an empty one behind.
 */
export function mutateAuthorizationPolicy(object: KubeObject): Change[] {
  const changes = new Changes<AuthorizationPolicySpec>(object);
  const { action = 'ALLOW', rules = [] } = specOf<AuthorizationPolicySpec>(object);
  const denies = action === 'DENY';
  const fewer: MutationKind = denies ? 'widen' : 'narrow';
  const more: MutationKind = denies ? 'narrow' : 'widen';
  changes.remove(rules.length === 0 ? 'widen' : fewer);
  if (rules.length > 0) {
    changes.edit(more, 'selector', 'dropped', (spec) => {
      delete spec.selector;
    });
  } else {
    changes.edit('widen', 'rules', '[{}]', (spec) => {
      spec.rules = [{}];
    });
  }
  rules.forEach((rule, index) => {
    const path = `rules[${index}]`;
    const edit = (kind: MutationKind, where: string, what: string, change: (rule: AuthorizationRule) => void): void =>
      changes.edit(kind, where, what, (spec) => {
        const found = spec.rules?.[index];
        if (found !== undefined) {
          change(found);
        }
      });
    changes.edit(fewer, path, 'deleted', (spec) => {
      spec.rules = without(spec.rules ?? [], index);
    });
    for (const side of ['from', 'to', 'when'] as const) {
      const entries: unknown[] = rule[side] ?? [];
      if (entries.length > 0) {
        edit(more, `${path}.${side}`, 'dropped', (target) => {
          delete target[side];
        });
      }
    }
    mutateList(rule.from ?? [], `${path}.from`, fewer, edit, (target, i) => {
      target.from = without(target.from ?? [], i);
    });
    mutateList(rule.to ?? [], `${path}.to`, fewer, edit, (target, i) => {
      target.to = without(target.to ?? [], i);
    });
    (rule.from ?? []).forEach(({ source = {} }, i) =>
      mutateFields(source, `${path}.from[${i}]`, more, fewer, edit, (target) => target.from?.[i]?.source),
    );
    (rule.to ?? []).forEach(({ operation = {} }, i) =>
      mutateFields(operation, `${path}.to[${i}]`, more, fewer, edit, (target) => target.to?.[i]?.operation),
    );
  });
  return changes.list;
}

type EditRule = (kind: MutationKind, where: string, what: string, change: (rule: AuthorizationRule) => void) => void;
type Fields = Record<string, string[] | undefined>;

function mutateList(
  entries: readonly unknown[],
  path: string,
  kind: MutationKind,
  edit: EditRule,
  remove: (rule: AuthorizationRule, i: number) => void,
): void {
  if (entries.length > 1) {
    entries.forEach((_, i) => edit(kind, `${path}[${i}]`, 'deleted', (target) => remove(target, i)));
  }
}

function mutateFields(
  fields: Fields,
  path: string,
  more: MutationKind,
  fewer: MutationKind,
  edit: EditRule,
  find: (rule: AuthorizationRule) => Fields | undefined,
): void {
  const change = (kind: MutationKind, field: string, what: string, value: string[] | undefined): void =>
    edit(kind, `${path}.${field}`, what, (target) => {
      const found = find(target);
      if (found !== undefined && value === undefined) {
        delete found[field];
      } else if (found !== undefined) {
        found[field] = value;
      }
    });
  for (const [field, values = []] of Object.entries(fields)) {
    const negative = field.startsWith('not');
    change(more, field, 'dropped', undefined);
    if (values.length > 1) {
      values.forEach((value, i) => change(negative ? more : fewer, field, `without ${value}`, without(values, i)));
    }
  }
  if (fields['principals'] !== undefined) {
    change(more, 'principals', 'any', ['*']);
  }
}
