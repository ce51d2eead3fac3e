import { type ApiObject, JsonPatch } from 'cdk8s';
import { mustExist, mustTake } from './json-pointer';
import type { Manifest } from './manifest';
import type { Override } from './override';
import { settle, snapshot } from './settle';

interface Operation {
  readonly op: 'add' | 'remove' | 'replace' | 'copy' | 'move' | 'test';
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** The paths are checked here: `fast-json-patch` creates what a `replace` misses, and passes over a missing `remove`. */
export function jsonPatchOverride(object: ApiObject, patch: JsonPatch): Override {
  const { op, path, from = '', value } = (patch as unknown as { _toJson(): Operation })._toJson();
  const given = snapshot(value);
  const apply = (json: Manifest): Manifest => {
    const settled = (): unknown => settle(given, object);
    const run = (ready: JsonPatch): Manifest => JsonPatch.apply(json, ready) as Manifest;
    switch (op) {
      case 'add':
        mustTake(json, path);
        return run(JsonPatch.add(path, settled()));
      case 'replace':
        mustExist(json, path);
        return run(JsonPatch.replace(path, settled()));
      case 'remove':
        mustExist(json, path);
        return run(JsonPatch.remove(path));
      case 'copy':
        mustExist(json, from);
        mustTake(json, path);
        return run(JsonPatch.copy(from, path));
      case 'move':
        mustExist(json, from);
        mustTake(json, path);
        return run(JsonPatch.move(from, path));
      case 'test':
        mustExist(json, path);
        try {
          return run(JsonPatch.test(path, settled()));
        } catch {
          throw new RangeError(`the object does not say ${JSON.stringify(settled())} there`);
        }
    }
  };
  return { name: `jsonPatch ${op} ${path}`, asksOnly: op === 'test', apply };
}
