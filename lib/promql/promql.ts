import { unquote } from './literal';
import { children, named, operands, parse } from './syntax';
import { clip, TypeChecker } from './types';

export { labelValue, oneOfLabels } from './literal';

/**
 * What is wrong with a query, a sentence each; empty when Prometheus would take it. Variables of templates (Flagger's
 * `{{ target }}`, Grafana's `$service`) are no PromQL: put values in their place first.
 */
export function promqlProblems(query: string): string[] {
  if (typeof query !== 'string' || query.trim() === '') return ['the query is empty'];
  const { root, mistakes } = parse(query);
  const [mistake] = mistakes;
  if (mistake) {
    const rest = clip(query.slice(mistake.from).trim());
    return [rest === '' ? 'the query ends too soon' : `it can't be read from ${rest} on`];
  }
  const checker = new TypeChecker(query);
  const type = checker.typeOf(operands(root)[0]!);
  if (type === 'matrix') checker.problems.push('the whole is a range; put a function around it, like rate(…)');
  if (type === 'string') checker.problems.push('the whole is a text, which is no series');
  return checker.problems;
}

/** The metrics that a query reads, each once, in the order of the text. A regular expression on the name stands as it is. */
export function metricNames(query: string): string[] {
  const { root } = parse(query);
  const text = (node: { from: number; to: number }) => query.slice(node.from, node.to);
  const names = named(root, 'VectorSelector').flatMap((selector) =>
    children(selector).flatMap((part) => {
      if (part.name === 'Identifier') return [text(part)];
      return children(part).flatMap((matcher) => {
        if (matcher.name === 'QuotedLabelName') return [unquote(text(matcher)) ?? text(matcher)];
        const [label, , value] = children(matcher);
        return label && value && /^["'`]?__name__["'`]?$/.test(text(label)) ? [unquote(text(value)) ?? text(value)] : [];
      });
    }),
  );
  return [...new Set(names)];
}
