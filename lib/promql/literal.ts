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

/** The text of a string literal; undefined when it has no end, or an escape that there is not. */
export function unquote(literal: string): string | undefined {
  const quote = literal[0];
  if (literal.length < 2 || !literal.endsWith(quote!)) return undefined;
  const inner = literal.slice(1, -1);
  if (quote === '`') return inner;
  let sound = !/(^|[^\\])(\\\\)*\\$/.test(inner);
  const text = inner.replace(ESCAPE, (_, letter?: string, octal?: string, ...hex: (string | undefined)[]) => {
    if (letter !== undefined) {
      if ((letter === '"' || letter === "'") && letter !== quote) sound = false;
      return ESCAPES[letter]!;
    }
    const digits = octal ?? hex.slice(0, 3).find((one) => one !== undefined);
    const code = digits === undefined ? Number.NaN : Number.parseInt(digits, octal === undefined ? 16 : 8);
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    sound = false;
    return '';
  });
  return sound ? text : undefined;
}

/** Whether a text is a regular expression of RE2, as far as JavaScript can tell: it has no lookaround and no back reference. */
export function isRegex(text: string): boolean {
  if (/\(\?(<?[=!])/.test(text) || /(^|[^\\])(\\\\)*\\[1-9]/.test(text)) return false;
  try {
    new RegExp(
      text
        .replace(/\(\?[imsU]+\)/g, '')
        .replace(/\(\?P</g, '(?<')
        .replace(/\(\?[imsU]+:/g, '(?:'),
    );
    return true;
  } catch {
    return false;
  }
}
