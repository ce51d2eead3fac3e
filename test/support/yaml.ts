import { parseAllDocuments } from 'yaml';
import { deepFreeze } from '../../lib/kernel/freeze';

type Version = '1.1' | '1.2';

const KNOWN = new Map<string, readonly unknown[]>();
const MOST = 5000;

/**
 * The objects of some YAML; nothing for a document without one. Where an app is rendered again and again with one thing changed, most
 * documents are those of the time before: each is parsed once, and frozen. No line within a document begins with `---`, not even of a text
 * (https://yaml.org/spec/1.2.2/#document-markers), so that a text which ends its document is found as anywhere else.
 *
 * @throws Error when YAML can't be read
 */
export function objectsOf(yaml: string, version: Version = '1.2'): unknown[] {
  return yaml.split(/(?<=^|\n)---(?=\s|$)/).flatMap((text) => {
    const key = `${version} ${text}`;
    let objects = KNOWN.get(key);
    if (objects === undefined) {
      if (KNOWN.size === MOST) KNOWN.clear();
      KNOWN.set(key, (objects = parsed(text, version)));
    }
    return objects;
  });
}

function parsed(text: string, version: Version): unknown[] {
  return parseAllDocuments(text, { version, uniqueKeys: true })
    .map((document) => {
      const [error] = [...document.errors, ...document.warnings];
      if (error) throw new Error(`the YAML can't be read: ${error.message}`);
      return deepFreeze(document.toJS() as unknown);
    })
    .filter((object) => object !== null);
}
