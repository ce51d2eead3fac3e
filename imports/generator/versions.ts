import type { CrdVersion } from './crd';

/**
 * Kubernetes' own order of API versions, newest first: stable before beta before alpha, then the larger number, and
 * names that do not follow the scheme last, alphabetically.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [rank(a), rank(b)];
  if (!left || !right) return left ? -1 : right ? 1 : a < b ? -1 : a > b ? 1 : 0;
  return right.stage - left.stage || right.major - left.major || right.minor - left.minor;
}

/** The version to generate: the newest that the API server serves. */
export const newestServed = (versions: readonly CrdVersion[]): CrdVersion | undefined =>
  versions.filter((version) => version.served).sort((a, b) => compareVersions(a.name, b.name))[0];

function rank(name: string): { stage: number; major: number; minor: number } | undefined {
  const match = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/.exec(name);
  if (!match) return undefined;
  const stage = match[2] === undefined ? 2 : match[2] === 'beta' ? 1 : 0;
  return { stage, major: Number(match[1]), minor: Number(match[3] ?? 0) };
}
