/** Freezes a value and all that it holds, and gives it back. */
export function deepFreeze<T>(value: T): T {
  // Whatever is no object counts as frozen; functions belong to others.
  if (!Object.isFrozen(value) && typeof value === 'object') {
    Object.freeze(value);
    Object.values(value as object).forEach(deepFreeze);
  }
  return value;
}
