import { type Matcher, type Matchers, is, matches, oneOf, series } from '../../promql/selector';
import type { ObservedFacts } from '../observed-facts';
import { PARTS, type PartKind } from '../rules/part-rules';
import type { Variable } from './model';

/** What a stack watches: no dashboard shows anything else. */
export interface Scope {
  readonly namespaces: readonly string[];
  readonly services: readonly string[];
}

/** One of the two is chosen, or several of each. */
export type Choice = 'one' | 'several';

/** The names of variables, as queries write them. Those of parts are always regular expressions. */
export const VARIABLES = {
  namespace: 'namespace',
  service: 'service',
  track: 'track',
  host: 'host',
  autoscaler: 'autoscaler',
  canary: 'canary',
} as const;

/** The chosen value or values of a variable. */
export function chosen(variable: keyof typeof VARIABLES, choice: Choice = 'several'): Matcher {
  return (choice === 'one' ? is : matches)(`$${VARIABLES[variable]}`);
}

/** What is chosen of namespaces and services: the labels of everything that rules record. */
export function chosenServices(choice: Choice): Matchers {
  return { namespace: chosen('namespace', choice), service: chosen('service', choice) };
}

/** The choice of services, and of each kind of part of those that are chosen. */
export function variables({ namespaces, services }: Scope, choice: Choice, parts: readonly PartVariable[]): Variable[] {
  const of = (matchers: Matchers, label: string) => `label_values(${series(PARTS.part, matchers)}, ${label})`;
  const several = choice === 'several';
  return [
    {
      name: VARIABLES.namespace,
      label: 'Namespace',
      query: of({ namespace: oneOf(namespaces), service: oneOf(services) }, 'namespace'),
      multi: several,
      hidden: false,
    },
    {
      name: VARIABLES.service,
      label: 'Service',
      query: of({ namespace: chosen('namespace', choice), service: oneOf(services) }, 'service'),
      multi: several,
      hidden: false,
    },
    ...parts.map((name) => {
      const { kind, label } = PART_VARIABLES[name];
      return {
        name,
        label: label ?? kind,
        query: of({ ...chosenServices(choice), kind: is(kind) }, 'name'),
        multi: true,
        hidden: label === undefined,
      };
    }),
  ];
}

export type PartVariable = 'track' | 'host' | 'autoscaler' | 'canary';

/** Those without a label are hidden. */
const PART_VARIABLES: Readonly<Record<PartVariable, { readonly kind: PartKind; readonly label?: string }>> = {
  track: { kind: 'Deployment', label: 'Track' },
  host: { kind: 'Service' },
  autoscaler: { kind: 'HorizontalPodAutoscaler' },
  canary: { kind: 'Canary' },
};

/** Values of variables, by their names. */
export type Values = Readonly<Record<string, readonly string[]>>;

/** The values that a dashboard has when it shows these services on every track; one that shows a single service takes the first. */
export function valuesOf(...services: readonly ObservedFacts[]): Values {
  const all = (read: (facts: ObservedFacts) => readonly string[]) => [...new Set(services.flatMap(read))];
  return {
    namespace: all(({ namespace }) => [namespace]),
    service: all(({ name }) => [name]),
    track: all(({ deployments }) => deployments),
    host: all(({ hosts }) => hosts),
    autoscaler: all(({ autoscalers }) => autoscalers),
    canary: all(({ canary }) => (canary ? [canary.target] : [])),
  };
}

/** What Grafana itself fills in, as it does for a view of an hour of data that is scraped every 30 seconds. */
const BUILT_IN: Readonly<Record<string, string>> = { __rate_interval: '2m', __interval: '15s', __range: '1h' };

/**
 * A query as Grafana sends it. A variable of which one value can be chosen stands for that; of which several can, for a
 * regular expression, escaped once for that and once for the quotes of PromQL. `$1` is left to PromQL.
 * https://github.com/grafana/grafana/blob/main/packages/grafana-prometheus/src/escaping.ts
 */
export function fillIn(text: string, known: readonly Variable[], values: Values): string {
  return text.replace(/\$(\w+)/g, (whole, name: string) => {
    const variable = known.find((one) => one.name === name);
    if (!variable) return BUILT_IN[name] ?? whole;
    const chosen = values[name] ?? [];
    if (!variable.multi) return chosen[0] ?? '';
    const escaped = chosen.map((one) => one.replace(/\\/g, '\\\\\\\\').replace(/[$^*{}[\]+?.()|]/g, '\\\\$&'));
    return escaped.length === 1 ? escaped[0]! : escaped.length === 0 ? '' : `(${escaped.join('|')})`;
  });
}
