import { existsSync, readFileSync } from 'node:fs';
import { ConfigError } from '../../kernel/errors';
import { isMap } from '../manifest';
import type { Placed } from './gather';
import { compareText } from './kind-order';

/** The name that the cdk8s CLI looks for at the top of the output folder. */
export const CONSTRUCT_METADATA = 'construct-metadata.json';

/**
 * The construct path of each object by its name, for the validation reports of the cdk8s CLI. What another app put there
 * before is kept. The format has room for one object a name; of several, the first by path stays.
 * @throws ConfigError when the file is there and is something else
 */
export function constructMetadata(file: string, objects: readonly Placed[]): string {
  const resources = new Map(Object.entries(earlier(file)));
  const own = objects.map(({ json, object }) => ({ name: json.metadata.name, path: object.node.path }));
  // Backwards, so that the first by path is set last.
  own.sort((a, b) => compareText(b.path, a.path)).forEach(({ name, path }) => resources.set(name, { path }));
  const sorted = [...resources].sort(([a], [b]) => compareText(a, b));
  return JSON.stringify({ version: '1.0.0', resources: Object.fromEntries(sorted) });
}

function earlier(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isMap(parsed) && isMap(parsed.resources)) return parsed.resources;
  } catch {
    // The message below says all that there is to say.
  }
  throw new ConfigError([{ where: file, what: 'holds no construct metadata of cdk8s; delete the file' }]);
}
