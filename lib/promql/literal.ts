/**
 * A text as a string of PromQL, quotes included. Its escapes are those of Go, and JSON uses no others.
 * https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals
 */
export function labelValue(text: string): string {
  return JSON.stringify(text);
}

/** The value of a `=~` matcher that matches these texts and no other: Prometheus anchors it at both ends. */
export function oneOfLabels(texts: readonly string[]): string {
  return labelValue(texts.map((text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')).join('|'));
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};
const ESCAPE = /\\(?:([abfnrtv\\'"])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|)/g;

/**
 * The text of a string literal; undefined when it has no end, or an escape that there is not.
 * https://github.com/prometheus/prometheus/blob/v3.10.0/promql/parser/lex.go (lexEscape, lexString)
 */
export function unquote(literal: string): string | undefined {
  const quote = literal[0];
  if (literal.length < 2 || !literal.endsWith(quote!)) return undefined;
  const inner = literal.slice(1, -1);
  if (quote === '`') return inner;
  let sound = true;
  const text = inner.replace(ESCAPE, (_, letter?: string, octal?: string, ...hex: (string | undefined)[]) => {
    if (letter !== undefined) {
      if ((letter === '"' || letter === "'") && letter !== quote) sound = false;
      return ESCAPES[letter]!;
    }
    const digits = hex.slice(0, 3).find((one) => one !== undefined);
    // Not a number where a backslash has nothing behind it that it could escape.
    const code = octal === undefined ? Number.parseInt(digits!, 16) : Number.parseInt(octal, 8);
    const known = octal === undefined ? code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) : code <= 0o377;
    sound &&= known;
    return String.fromCodePoint(known ? code : 0xfffd);
  });
  return sound ? text : undefined;
}

/**
 * A text as Prometheus reads it behind `=~`, anchored at both ends. Undefined when it is no regular expression of RE2, as far as
 * JavaScript can tell: it has no lookaround and no back reference. https://github.com/google/re2/wiki/Syntax
 */
export function regexOf(text: string): RegExp | undefined {
  if (/\(\?<?[=!]/.test(text) || /(^|[^\\])(\\\\)*\\[1-9]/.test(text)) return undefined;
  const known = text
    .replace(/\(\?[imsU-]+\)/g, '')
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?[imsU-]+:/g, '(?:');
  try {
    return new RegExp(`^(?:${new RegExp(known).source})$`);
  } catch {
    return undefined;
  }
}
