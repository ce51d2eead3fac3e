import type { SyntaxNode } from '@lezer/common' with { 'resolution-mode': 'import' };
import type { LRParser } from '@lezer/lr' with { 'resolution-mode': 'import' };

let parser: LRParser | undefined;

/** Loaded for the first query that a user gives: most apps have none. */
function grammar(): LRParser {
  // Node is given the package's CommonJS form; TypeScript, which reads only that its types are ESM, refuses an import.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  parser ??= (require('@prometheus-io/lezer-promql') as { readonly parser: LRParser }).parser;
  return parser;
}

export type { SyntaxNode };

/** The root of a query's syntax tree, and what of it the grammar does not know. */
export function parse(query: string): { readonly root: SyntaxNode; readonly mistakes: readonly SyntaxNode[] } {
  const root = grammar().parse(query).topNode;
  return { root, mistakes: all(root, (node) => node.type.isError) };
}

export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

/** The node and all below it that pass, in the order of the text. */
export function all(node: SyntaxNode, pass: (node: SyntaxNode) => boolean): SyntaxNode[] {
  return [...(pass(node) ? [node] : []), ...children(node).flatMap((child) => all(child, pass))];
}

export function named(node: SyntaxNode, ...names: readonly string[]): SyntaxNode[] {
  return all(node, ({ name }) => names.includes(name));
}

/** Those of the children that are expressions: the operands, the arguments. */
export function operands(node: SyntaxNode): SyntaxNode[] {
  return children(node).filter((child) => child.type.is('Expr'));
}
