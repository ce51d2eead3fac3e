import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Crd } from './crd';
import { ImportError } from './errors';
import { repairDescriptions } from './repair';
import type { Source } from './sources';

export interface ReadCrd {
  readonly source: Source;
  readonly crd: Crd;
}

/** Reads every wanted CRD of every source; one error names all files that are missing, and where upstream has them. */
export function readSources(folder: string, sources: readonly Source[]): ReadCrd[] {
  const missing = sources.filter((source) => !existsSync(join(folder, source.file)));
  if (missing.length > 0) throw new ImportError(missingMessage(folder, missing));
  return sources.flatMap((source) => {
    const crds = parseCrds(readFileSync(join(folder, source.file), 'utf8'), source.file);
    return selectKinds(crds, source).map((crd) => ({ source, crd }));
  });
}

/** Parses as it is; only a file that YAML refuses is repaired, and tried once more. */
export function parseCrds(text: string, file: string): Crd[] {
  const first = parse(text);
  const { objects, problem } = first.problem === undefined ? first : parse(repairDescriptions(text));
  if (problem !== undefined) {
    throw new ImportError(`${file}: ${problem}; allowed is YAML; take the file from upstream again, unedited.`);
  }
  return objects.filter(isCrd);
}

/** The wanted CRDs in the order of the source's list. A kind that upstream no longer has is an error. */
export function selectKinds(crds: readonly Crd[], source: Source): Crd[] {
  const byName = new Map(crds.map((crd) => [`${crd.spec.names.kind}.${crd.spec.group}`, crd]));
  const absent = source.kinds.filter((kind) => !byName.has(kind));
  if (absent.length > 0) {
    throw new ImportError(
      `${source.file}: does not define ${absent.join(', ')}; it defines ${[...byName.keys()].join(', ') || 'nothing'}; ` +
        `correct the kinds of ${source.name} in imports/generator/sources.ts, or fetch the paths listed there.`,
    );
  }
  return source.kinds.map((kind) => byName.get(kind) as Crd);
}

function parse(text: string): { objects: unknown[]; problem?: string } {
  const documents = parseAllDocuments(text);
  const error = documents.flatMap((document) => document.errors)[0];
  if (error) return { objects: [], problem: error.message.split('\n')[0]?.replace(/:$/, '') ?? error.code };
  return { objects: documents.map((document) => document.toJS() as unknown) };
}

function isCrd(value: unknown): value is Crd {
  const object = value as { apiVersion?: unknown; kind?: unknown } | null;
  return object?.kind === 'CustomResourceDefinition' && object.apiVersion === 'apiextensions.k8s.io/v1';
}

function missingMessage(folder: string, missing: readonly Source[]): string {
  const lines = missing.map(({ file, repo, tag, paths }) => {
    return [`  ${file} <- repository ${repo}, tag ${tag}:`, ...paths.map((path) => `      ${path}`)].join('\n');
  });
  return (
    `${folder}: ${missing.length} of the pinned CRD files are missing:\n${lines.join('\n')}\n` +
    'Put them there (several paths: concatenated, with a line `---` between), or name another folder with --from.'
  );
}
