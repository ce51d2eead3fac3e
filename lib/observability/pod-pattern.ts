/**
 * The characters of the hashes in names of pods: no vowels, none that look alike.
 * https://github.com/kubernetes/apimachinery/blob/master/pkg/util/rand/rand.go
 */
const SAFE = '[bcdfghjklmnpqrstvwxz2456789]';

/** A generated name keeps at most 58 characters before its random end. */
const LONGEST_BASE = 58;

/**
 * A regular expression that matches the names of the pods of these Deployments: `<deployment>-<hash>-<random>`. Pods of
 * `payments-api` are no pods of `payments`: the hash has no `a`.
 */
export function podPattern(deployments: readonly string[]): string {
  const whole = deployments.filter((name) => name.length + 12 <= LONGEST_BASE);
  const cut = deployments.filter((name) => !whole.includes(name)).map((name) => `${name}-`.slice(0, LONGEST_BASE));
  return [
    ...(whole.length ? [`${whole.length === 1 ? whole[0]! : `(${whole.join('|')})`}-${SAFE}{1,10}-${SAFE}{5}`] : []),
    ...cut.map((base) => `${base}[-bcdfghjklmnpqrstvwxz2456789]{0,11}${SAFE}{5}`),
  ].join('|');
}
