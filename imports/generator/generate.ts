import { celRules } from './cel';
import { DEFINED, generateClasses } from './classes';
import { ImportError } from './errors';
import { jsonText } from './json-text';
import { normaliseCrd, type NormalisedKind } from './normalise';
import { readSources } from './read';
import { registryText } from './registry';
import { jsonSchemaOf, schemaPath } from './schemas';
import type { Source } from './sources';

/** Path below the output folder, and content. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** Everything that the import produces, in memory: nothing is written before all of it is known to be right. */
export function generate(folder: string, sources: readonly Source[]): GeneratedFiles {
  const kinds = readSources(folder, sources).map(normaliseCrd).sort(byGroupAndKind);
  refuseTwins(kinds);
  const files = new Map<string, string>();
  for (const [group, code] of generateClasses(kinds)) files.set(`${group}.ts`, code);
  files.set('defined.ts', DEFINED);
  files.set('index.ts', registryText(kinds));
  files.set('cel-rules.json', jsonText(celRules(kinds)));
  for (const kind of kinds) files.set(schemaPath(kind), jsonText(jsonSchemaOf(kind)));
  return files;
}

/** By code unit, not by locale: the order must not depend on the machine. */
function byGroupAndKind(a: NormalisedKind, b: NormalisedKind): number {
  const [left, right] = [`${a.group} ${a.kind}`, `${b.group} ${b.kind}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

function refuseTwins(kinds: readonly NormalisedKind[]): void {
  kinds.forEach((kind, i) => {
    const twin = kinds[i + 1];
    if (twin && twin.group === kind.group && twin.kind === kind.kind) {
      throw new ImportError(
        `${kind.kind}.${kind.group}: taken from both ${kind.source.file} and ${twin.source.file}; ` +
          'leave it in one entry of imports/generator/sources.ts.',
      );
    }
  });
}
