import { show } from '../../kernel/errors';

export interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'operator';
  readonly text: string;
}

const ESCAPE = String.raw`\\(?:[abfnrtv\\?"'\x60]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2})`;
const FLOAT = /(?:[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)/.source;

/** https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax, without texts of several lines and without maps. */
const KINDS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['text', /^[bB]?[rR](?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/],
  ['text', new RegExp(`^[bB]?(?:'(?:[^'\\\\\\n]|${ESCAPE})*'|"(?:[^"\\\\\\n]|${ESCAPE})*")`)],
  ['number', new RegExp(`^(?:${FLOAT}|(?:0[xX][0-9a-fA-F]+|[0-9]+)[uU]?)(?![A-Za-z0-9_])`)],
  ['operator', /^(?:in(?![A-Za-z0-9_])|&&|\|\||==|!=|<=|>=|[<>!?:.,()[\]+*/%-])/],
  ['name', /^[A-Za-z_][A-Za-z0-9_]*/],
];

/** The words of a CEL expression. @throws RangeError */
export function tokens(expression: string): Token[] {
  const found: Token[] = [];
  let rest = expression;
  for (;;) {
    rest = rest.trimStart();
    if (rest === '') return found;
    const match = KINDS.map(([kind, form]) => ({ kind, text: form.exec(rest)?.[0] })).find(({ text }) => text !== undefined);
    if (match?.text === undefined) throw new RangeError(`${show(rest.slice(0, 12))} can't be read`);
    found.push({ kind: match.kind, text: match.text });
    rest = rest.slice(match.text.length);
  }
}
