import {
  boolJsonTag,
  COLLECTION_STYLE,
  DEFAULT_SCALAR_STYLE_RULES,
  DUMP_SCHEMA,
  floatJsonTag,
  intJsonTag,
  mapTag,
  type Node,
  nullJsonTag,
  present,
  type PresenterOptions,
  SCALAR_STYLE,
  type ScalarLayout,
  seqTag,
  strTag,
} from 'js-yaml';
import { isMap } from '../manifest';

const { tryLongOrMultilineAsBlock, quoteInvalidPlain, fallbackToDoubleQuoted } = DEFAULT_SCALAR_STYLE_RULES;

/**
 * Text that the writer would leave bare, or write as a block, and that some reader takes for something else:
 * - Characters that nobody sees, or that end a line for some: U+0085, U+2028, the byte order mark.
 * - A tab within a line: PyYAML refuses it. One that starts a block: Go takes it for the indentation.
 * - Blank lines at the end of a block: `yaml` drops their spaces, and the writer would end the document with `...`, which
 *   kubectl does not count as an end.
 * - What would start or end a document, were it the key of a whole object.
 */
const MISREAD =
  /[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]|^[^\n]*\t[^\n]*$|^\n*\t|(?:^|\n)[ \t]*\n$|\n[ \t]+$|^(?:---|\.\.\.)(?:\s|$)/;

/**
 * What reads as a number somewhere, and is none in the schema below. Go leaves out every `_` first, takes `0X1F` and
 * `0b-1`, and overflows `1e400` into infinity; `yaml` takes `.` and `e7` for NaN.
 * https://github.com/yaml/go-yaml/blob/v2.4.4/resolve.go
 */
const NUMBER = /^(?=.*[0-9.])[-+]?(?:[0-9]*\.?[0-9]*(?:e[-+]?[0-9]*)?|0[xob][-+]?[0-9a-f]*)$/i;

/** Most text is neither, and shows it at once. */
const SUSPECT = /[\t\n\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]|^[-+.0-9_eE]/;

function quoteMisread(layout: ScalarLayout): void {
  const { value, tag } = layout.node;
  if (!SUSPECT.test(value) || tag !== strTag.tagName) return;
  if (MISREAD.test(value) || NUMBER.test(value.replaceAll('_', ''))) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}

const OPTIONS: PresenterOptions = {
  // What it takes for anything but text is quoted. It knows the forms of YAML 1.1, which kubectl reads, and of 1.2.
  schema: DUMP_SCHEMA,
  lineWidth: -1,
  quoteStyle: 'double',
  scalarStyleRules: [quoteMisread, tryLongOrMultilineAsBlock, quoteInvalidPlain, fallbackToDoubleQuoted],
};

/** How many objects are a tree at a time. Of all the objects of a large file, the trees would take more memory than they do. */
const AT_ONCE = 50;

/** The YAML of some objects: the one place that knows the writer. No line is folded, and no object is an alias of another. */
export function toYaml(objects: readonly object[]): string {
  const texts: string[] = [];
  for (let i = 0; i < objects.length; i += AT_ONCE) {
    const documents = objects.slice(i, i + AT_ONCE).map((object) => ({ contents: tree(object), directives: [] }));
    texts.push(present(documents, OPTIONS));
  }
  return texts.join('---\n');
}

/** What JSON has besides text, the most frequent first. */
const OTHER_SCALARS = [intJsonTag, boolJsonTag, nullJsonTag, floatJsonTag];

/** As `jsToAst` gives it, which asks each value for the tags of every type first. */
function tree(value: unknown): Node {
  if (typeof value === 'string') return scalar(strTag.tagName, value);
  if (Array.isArray(value)) {
    return { kind: 'sequence', tag: seqTag.tagName, tagged: false, style: COLLECTION_STYLE.BLOCK, items: value.map(tree) };
  }
  if (!isMap(value)) {
    const tag = OTHER_SCALARS.find((one) => one.identify(value ?? null));
    if (!tag) throw new TypeError(`${String(value)} is no JSON`);
    return scalar(tag.tagName, tag.represent(value ?? null));
  }
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  const items = keys.map((key) => ({ key: tree(key), value: tree(value[key]) }));
  return { kind: 'mapping', tag: mapTag.tagName, tagged: false, style: COLLECTION_STYLE.BLOCK, items };
}

function scalar(tag: string, value: string): Node {
  return { kind: 'scalar', tag, tagged: false, style: SCALAR_STYLE.PLAIN, value };
}
