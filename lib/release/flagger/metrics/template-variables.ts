import { show } from '../../../kernel/errors';

/** What a query may ask Flagger for. https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/apis/flagger/v1beta1/metric.go (TemplateFunctions) */
const FUNCTIONS = ['name', 'namespace', 'target', 'service', 'ingress', 'route', 'interval'] as const;
export type TemplateFunction = (typeof FUNCTIONS)[number];

const ACTION = /\{\{(.*?)\}\}/gs;
const KEY = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The variables that a query names: `{{ variables.queue }}`. */
function keysIn(query: string): string[] {
  return [...query.matchAll(/\{\{\s*variables\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g)].map(([, key]) => key!);
}

/**
 * What is wrong with the template in a query, a sentence each. Flagger fails every check of a query that asks for a
 * variable which the canary does not give.
 */
export function templateProblems(query: string, variables: Readonly<Record<string, string>>): string[] {
  const known = [...FUNCTIONS.map((name) => `{{ ${name} }}`), '{{ variables.key }}'].join(', ');
  const unknown = [...query.matchAll(ACTION)]
    .filter(([, inner]) => {
      const said = inner!.trim();
      return !FUNCTIONS.some((name) => name === said) && !/^variables\.[A-Za-z_][A-Za-z0-9_]*$/.test(said);
    })
    .map(([action]) => `${show(action)} is nothing that Flagger knows; use ${known}`);
  const open = query.replace(ACTION, '').includes('{{') ? ['has "{{" without "}}"; close it'] : [];
  const keys = keysIn(query);
  const missing = keys
    .filter((key) => !Object.hasOwn(variables, key))
    .map((key) => `asks for {{ variables.${key} }}, which is not given; add it to variables`);
  const idle = Object.keys(variables)
    .filter((key) => !keys.includes(key))
    .map((key) =>
      KEY.test(key)
        ? `variable ${show(key)} is given, and the query does not ask for it; write {{ variables.${key} }}, or leave it out`
        : `${show(key)} is not the name of a variable; use letters, digits and "_", not starting with a digit`,
    );
  // A value stands in the query as it is: a quote or a brace could end what it stands in.
  const unsafe = Object.entries(variables)
    .filter(([, value]) => !/^[\x20-\x7e]*$/.test(value) || /["'`\\{}]/.test(value))
    .map(
      ([key, value]) =>
        `variable ${show(key)} is ${show(value)}, which could leave its place in the query; use no quotes, "\\", braces or controls`,
    );
  return [...unknown, ...open, ...new Set(missing), ...idle, ...unsafe];
}

/** A query as Flagger sends it, with these values. */
export function rendered(
  query: string,
  values: Readonly<Record<TemplateFunction, string>>,
  variables: Readonly<Record<string, string>>,
): string {
  return query.replace(ACTION, (action, inner: string) => {
    const said = inner.trim();
    const [, key] = /^variables\.(.*)$/.exec(said) ?? [];
    return (key === undefined ? values[said as TemplateFunction] : variables[key]) ?? action;
  });
}
