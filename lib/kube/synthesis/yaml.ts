import { Yaml } from 'cdk8s';
import type { Manifest } from '../manifest';

/**
 * Text that the writer leaves bare although readers disagree about it: U+0085, U+2028 and U+2029 end a line in YAML 1.1, so
 * that one value could become a second document; U+FEFF is dropped at the start of a line; `0o7` is a number in YAML 1.2.
 */
const LINE = /[\u0085\u2028\u2029\ufeff]/;
const OCTAL = /^[-+]?0o[0-7]+$/;

/** Forces the writer into double quotes, where everything can be escaped, and is taken away afterwards. No text has it. */
const QUOTE = '\u0000cdk8s-banking\u0000';
const QUOTED = /"\\0cdk8s-banking\\0/g;

/**
 * The YAML of some objects: the one place that knows the writer. The bytes are those of a plain cdk8s App, but for text that
 * not every reader takes for the same.
 */
export function toYaml(objects: readonly Manifest[]): string {
  const text = Yaml.stringify(...objects);
  // Nearly always there is nothing to mend, and looking at the text once is cheap.
  if (!LINE.test(text) && !text.includes('0o')) return text;
  return Yaml.stringify(...objects.map(marked))
    .replace(QUOTED, '"')
    .replace(new RegExp(LINE, 'g'), (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A copy in which every such text, keys included, carries the mark. */
function marked<T>(value: T): T {
  if (typeof value === 'string') return (LINE.test(value) || OCTAL.test(value) ? `${QUOTE}${value}` : value) as T;
  if (Array.isArray(value)) return value.map(marked) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [marked(key), marked(one)])) as T;
}
