import { compare } from '../kernel/order';
import { labelValue, oneOfLabels } from './literal';

/** One condition on a label, as PromQL writes it behind the label's name. */
export type Matcher = { readonly text: string };

export const is = (value: string): Matcher => ({ text: `=${labelValue(value)}` });
export const isNot = (value: string): Matcher => ({ text: `!=${labelValue(value)}` });
/** Matches a regular expression of RE2, anchored at both ends. */
export const matches = (regex: string): Matcher => ({ text: `=~${labelValue(regex)}` });
export const matchesNot = (regex: string): Matcher => ({ text: `!~${labelValue(regex)}` });

/** One of these texts; each once, in one order, so that equal sets give equal queries. */
export function oneOf(values: readonly string[]): Matcher {
  const unique = [...new Set(values)].sort(compare);
  return unique.length === 1 ? is(unique[0]!) : { text: `=~${oneOfLabels(unique)}` };
}

export type Matchers = Readonly<Record<string, Matcher | undefined>>;

/** The series of a metric that pass every matcher, in the order in which they are given. */
export function series(metric: string, matchers: Matchers): string {
  const conditions = Object.entries(matchers).flatMap(([label, matcher]) => (matcher ? [`${label}${matcher.text}`] : []));
  return conditions.length === 0 ? metric : `${metric}{${conditions.join(',')}}`;
}
