import { AGGREGATION_PARAMETERS, FUNCTIONS, type ValueType } from './functions';
import { regexOf, unquote } from './literal';
import { type SyntaxNode, children, named, operands } from './syntax';

const WORDS: Readonly<Record<ValueType, string>> = {
  scalar: 'a number',
  string: 'a text in quotes',
  vector: 'a vector, like up or rate(up[5m])',
  matrix: 'a range, like up[5m]',
};
const COMPARISONS = ['Eql', 'Neq', 'Gtr', 'Gte', 'Lss', 'Lte'];
const SETS = ['And', 'Or', 'Unless'];

/** Judges what the grammar lets pass: the kinds of values, the number of arguments, matchers, regular expressions. */
export class TypeChecker {
  readonly problems: string[] = [];

  constructor(private readonly query: string) {}

  /** The kind of value of an expression; undefined when that is not known, and said already. */
  typeOf(node: SyntaxNode): ValueType | undefined {
    const inner = operands(node);
    switch (node.name) {
      case 'NumberDurationLiteral':
        return 'scalar';
      case 'StringLiteral':
        if (unquote(this.text(node)) === undefined) this.add(node, 'is no string: it has no end, or an escape that there is not');
        return 'string';
      case 'VectorSelector':
        return this.selector(node);
      case 'MatrixSelector':
        if (inner[0]!.name !== 'VectorSelector') {
          this.add(node, 'is a range of something that is no selector; write a step too, like (…)[5m:1m]');
        }
        this.range(node);
        this.expect(inner[0]!, 'vector', 'a range');
        return 'matrix';
      case 'SubqueryExpr':
        this.range(node);
        this.expect(inner[0]!, 'vector', 'a subquery');
        return 'matrix';
      case 'AggregateExpr':
        return this.aggregation(node);
      case 'FunctionCall':
        return this.call(node);
      case 'BinaryExpr':
        return this.binary(node, inner);
      default:
        // Parentheses, signs, offset, @: what is inside counts.
        return inner[0] && this.typeOf(inner[0]);
    }
  }

  private selector(node: SyntaxNode): ValueType {
    // A metric's name stands before the braces, or in quotes between them.
    const names = [...children(node), ...children(node).flatMap(children)].map(({ name }) => name);
    let narrow = names.includes('Identifier') || names.includes('QuotedLabelName');
    for (const matcher of named(node, 'UnquotedLabelMatcher', 'QuotedLabelMatcher')) {
      const [, op, literal] = children(matcher);
      const value = unquote(this.text(literal!));
      const how = this.text(op!);
      const regex = value !== undefined && how.endsWith('~') ? regexOf(value) : undefined;
      if (value === undefined) this.add(literal!, 'is no string: it has no end, or an escape that there is not');
      else if (how.endsWith('~') && !regex) this.add(literal!, 'is no regular expression of RE2');
      else narrow ||= how.startsWith('!') === (regex ? regex.test('') : value === '');
    }
    if (!narrow) this.add(node, 'selects every series; name a metric');
    return 'vector';
  }

  private range(node: SyntaxNode): void {
    const zero = (child: SyntaxNode) => child.name === 'DurationExpr' && /^0+[a-z]*$/.test(this.text(child));
    if (children(node).some(zero)) this.add(node, 'has a range of nothing');
  }

  private aggregation(node: SyntaxNode): ValueType {
    const name = this.text(node.firstChild!).toLowerCase();
    const parameter = AGGREGATION_PARAMETERS[name];
    this.arguments(node, name, parameter === undefined ? ['vector'] : [parameter, 'vector'], 0, false);
    return 'vector';
  }

  private call(node: SyntaxNode): ValueType | undefined {
    const name = this.text(node.firstChild!);
    const signature = FUNCTIONS.get(name);
    if (!signature) {
      this.add(node, `calls ${name}, and there is no such function`);
      return undefined;
    }
    this.arguments(node, name, signature.takes, signature.optional, signature.more);
    return signature.gives;
  }

  private arguments(node: SyntaxNode, name: string, takes: readonly ValueType[], optional: number, more: boolean): void {
    const given = operands(node.getChild('FunctionCallBody')!);
    if (given.length < takes.length - optional || (given.length > takes.length && !more)) {
      const count = optional > 0 ? `${takes.length - optional} to ${takes.length}` : `${takes.length}${more ? ' or more' : ''}`;
      this.add(node, `gives ${name} ${given.length} arguments; it takes ${count}`);
      return;
    }
    given.forEach((argument, i) => this.expect(argument, takes[Math.min(i, takes.length - 1)]!, name));
  }

  private binary(node: SyntaxNode, [left, right]: readonly SyntaxNode[]): ValueType | undefined {
    const parts = children(node).map((child) => child.name);
    const types = [left, right].map((operand) => operand && this.typeOf(operand));
    if (types.includes('matrix') || types.includes('string')) {
      this.add(node, `computes with ${WORDS[types.includes('matrix') ? 'matrix' : 'string']}`);
      return undefined;
    }
    const scalars = types.every((type) => type === 'scalar');
    const compares = COMPARISONS.some((name) => parts.includes(name));
    const bool = parts.includes('BoolModifier');
    if (bool && !compares) this.add(node, 'has `bool` without a comparison');
    if (scalars && compares && !bool) this.add(node, 'compares two numbers; that needs `bool`');
    if (types.includes('scalar')) {
      if (SETS.some((name) => parts.includes(name))) this.add(node, 'has a number beside and, or, unless; they take vectors');
      if (parts.includes('MatchingModifierClause')) this.add(node, 'matches labels with a number');
    }
    return scalars ? 'scalar' : 'vector';
  }

  private expect(node: SyntaxNode, wanted: ValueType, who: string): void {
    const got = this.typeOf(node);
    if (got !== undefined && got !== wanted) this.add(node, `is ${WORDS[got]}; ${who} takes ${WORDS[wanted]}`);
  }

  private add(node: SyntaxNode, what: string): void {
    this.problems.push(`${clip(this.text(node))} ${what}`);
  }

  private text(node: SyntaxNode): string {
    return this.query.slice(node.from, node.to);
  }
}

/** A part of a query, on one line and short. */
export function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
