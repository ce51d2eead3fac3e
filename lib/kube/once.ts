let results: WeakMap<object, Map<string, unknown>> | undefined;

/** Runs one synth, in which the tree stays as it is. What `onceInSynth` found is forgotten at its end. */
export function inOneSynth<T>(run: () => T): T {
  const outer = results;
  results = new WeakMap();
  try {
    return run();
  } finally {
    results = outer;
  }
}

/**
 * Computes something about the whole of an owner once a synth. What each of its members asks for, such as the claims on a
 * quota, would else be quadratic. Outside of a synth it is computed whenever it is asked for, since the tree still grows.
 */
export function onceInSynth<T>(owner: object, what: string, compute: () => T): T {
  if (!results) return compute();
  const known = results.get(owner) ?? new Map<string, unknown>();
  results.set(owner, known);
  if (!known.has(what)) known.set(what, compute());
  return known.get(what) as T;
}
