import { isMap } from './manifest';

/** The keys of a JSON pointer (RFC 6901). @throws RangeError when it is none. */
export function parsePointer(pointer: string): string[] {
  if (pointer === '') return [];
  if (typeof pointer !== 'string' || !pointer.startsWith('/')) {
    throw new RangeError(`${JSON.stringify(pointer)} is not a JSON pointer; start it with "/", as in "/spec/replicas"`);
  }
  const keys = pointer.slice(1).split('/');
  return keys.map((k) => k.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/**
 * Makes sure that something stands at a pointer.
 * @throws RangeError saying how far the path goes, and what is there instead
 */
export function mustExist(document: unknown, pointer: string): void {
  let at = document;
  const done: string[] = [];
  for (const key of parsePointer(pointer)) {
    if (!has(at, key)) throw nothingAt(pointer, done, at);
    at = (at as Record<string, unknown>)[key];
    done.push(key);
  }
}

/**
 * Makes sure that something can be added at a pointer: what holds it exists, and an index of a list is at most one past
 * its end.
 * @throws RangeError when it cannot
 */
export function mustTake(document: unknown, pointer: string): void {
  const keys = parsePointer(pointer);
  const last = keys[keys.length - 1]!;
  let at = document;
  for (const [i, key] of keys.slice(0, -1).entries()) {
    if (!has(at, key)) throw nothingAt(pointer, keys.slice(0, i), at);
    at = (at as Record<string, unknown>)[key];
  }
  if (isMap(at)) return;
  if (Array.isArray(at) && (last === '-' || (isIndex(last) && Number(last) <= at.length))) return;
  throw nothingAt(pointer, keys.slice(0, -1), at);
}

function isIndex(key: string): boolean {
  return /^(0|[1-9][0-9]*)$/.test(key);
}

function has(at: unknown, key: string): boolean {
  if (Array.isArray(at)) return isIndex(key) && Number(key) < at.length;
  return isMap(at) && Object.hasOwn(at, key);
}

function nothingAt(pointer: string, reached: readonly string[], at: unknown): RangeError {
  const where = reached.length === 0 ? 'the object' : `/${reached.join('/')}`;
  const there = Array.isArray(at)
    ? `a list of ${at.length}`
    : isMap(at)
      ? `a map of ${Object.keys(at).sort().join(', ') || 'nothing'}`
      : JSON.stringify(at);
  return new RangeError(`there is nothing at ${pointer}: ${where} is ${there}; correct the path, or add what holds it first`);
}
