import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type System, describeObject, objectsIn, objectsOf } from './systems';

/** Objects of `dist/` that no system holds: what the judges read would not be what is committed. */
export function unwritten(dist: string, systems: readonly System[]): string[] {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
  return files.sort().flatMap((path) => {
    const system = systems.find(({ name }) => path.startsWith(`${name}/`));
    const all = system ? objectsOf(system) : [];
    return objectsIn(readFileSync(join(dist, path), 'utf8'))
      .filter((object) => !all.some((one) => isDeepStrictEqual(one, object)))
      .map((object) => `${path}: ${describeObject(object)}`);
  });
}
