import { promqlProblems } from '../../../promql/promql';
import { TypeChecker } from '../../../promql/types';
import { type SyntaxNode, children, named, operands, parse } from '../../../promql/syntax';
import { show } from '../../../kernel/errors';
import { type TemplateFunction, rendered } from './template-variables';

/** Stands for what is released, while a query is judged. */
const TARGET = 'teller';
/** A workload and a pod of the version before. */
const FORMER = [`${TARGET}-primary`, `${TARGET}-primary-6c5bd4f8b9-x7k2p`];

const SAMPLE: Readonly<Record<TemplateFunction, string>> = {
  name: TARGET,
  namespace: 'bank',
  target: TARGET,
  service: TARGET,
  ingress: TARGET,
  route: TARGET,
  interval: '60s',
};

/**
 * What is wrong with a query for a canary, a sentence each: it must parse once Flagger has put the values in, give one
 * number, and count the new version alone.
 */
export function canaryQueryProblems(template: string, variables: Readonly<Record<string, string>>): string[] {
  const query = rendered(template, SAMPLE, variables);
  const broken = promqlProblems(query);
  if (broken.length > 0) return broken;
  const { root } = parse(query);
  const [expression] = operands(root);
  // Prometheus answers a number in another form than a vector, and Flagger reads vectors only: the same function.
  if (new TypeChecker(query).typeOf(expression!) === 'scalar')
    return ['gives a number, and Flagger reads vectors only; put vector(…) around it'];
  // https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/metrics/providers/prometheus.go (RunQuery)
  const several = isSingle(expression!, query)
    ? []
    : ['may give several series, of which Flagger takes the last, whichever that is; put sum(…) around it'];
  return [...several, ...formerIn(root, query)];
}

/** Aggregations that keep series apart. */
const PICKS = ['topk', 'bottomk', 'limitk', 'limit_ratio', 'count_values'];
/** Functions that give one number whatever they take. */
const ONE = ['scalar', 'vector', 'time', 'pi', 'absent', 'absent_over_time'];

/** Whether an expression gives one series at most. */
function isSingle(node: SyntaxNode, query: string): boolean {
  const text = (of: SyntaxNode) => query.slice(of.from, of.to);
  const inner = operands(node);
  switch (node.name) {
    case 'NumberDurationLiteral':
      return true;
    case 'AggregateExpr': {
      const [operation] = children(node);
      return !PICKS.includes(text(operation!).toLowerCase()) && labelsKept(node, text).length === 0;
    }
    case 'FunctionCall': {
      const name = text(node.firstChild!);
      const given = children(node).flatMap((child) => (child.name === 'FunctionCallBody' ? operands(child) : []));
      if (ONE.includes(name)) return true;
      // Buckets of one histogram: `le` goes away.
      if (/^histogram_(quantile|fraction)$/.test(name)) {
        const [buckets] = given.slice(-1);
        return buckets?.name === 'AggregateExpr' && labelsKept(buckets, text).every((label) => label === 'le');
      }
      return given.every((argument) => isSingle(argument, query));
    }
    case 'BinaryExpr':
    case 'ParenExpr':
    case 'UnaryExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      return inner.every((operand) => isSingle(operand, query));
    default:
      return false;
  }
}

/** The labels by which an aggregation keeps series apart; `…` where it keeps all but some. */
function labelsKept(node: SyntaxNode, text: (of: SyntaxNode) => string): string[] {
  const modifiers = children(node).filter(({ name }) => name === 'AggregateModifier');
  return modifiers.flatMap((modifier) =>
    named(modifier, 'Without').length > 0 ? ['…'] : named(modifier, 'LabelName', 'QuotedLabelName').map(text),
  );
}

/** Regular expressions that match what is released, and the former version beside it. */
function formerIn(root: SyntaxNode, query: string): string[] {
  const text = (of: SyntaxNode) => query.slice(of.from, of.to);
  return named(root, 'UnquotedLabelMatcher', 'QuotedLabelMatcher').flatMap((matcher) => {
    const [, how, value] = children(matcher);
    if (!how || !value || text(how) !== '=~' || !text(value).includes(TARGET)) return [];
    const regex = new RegExp(`^(?:${text(value).slice(1, -1).replaceAll('\\\\', '\\')})$`);
    const [former] = FORMER.filter((name) => regex.test(name));
    const shown = text(matcher).replaceAll(TARGET, '{{ target }}');
    return former === undefined
      ? []
      : [
          `${show(shown)} also matches ${former.replace(TARGET, '{{ target }}')}, the former version, so that the new one hides behind it; ` +
            'match the new one alone',
        ];
  });
}
