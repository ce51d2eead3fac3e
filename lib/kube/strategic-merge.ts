export function strategicMerge<T extends object>(_target: T, _patch: object, _type: { apiVersion: string; kind: string }): T {
  throw new Error('not yet');
}
