import fc from 'fast-check';
import { ambiguous, type RouteCondition } from '../../lib/traffic/route-condition';
import type { Request } from './envoy';

/* Few values, so that conditions and requests meet often. `ab` has `a` for a prefix, as /apiary has /api. */

const METHODS = ['GET', 'HEAD', 'POST', 'DELETE'];
const segments = fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 3 });

const headers = fc.dictionary(fc.constantFrom('x-tier', 'x-lab'), fc.constantFrom('gold', 'tin'), { maxKeys: 2 });

export const conditions: fc.Arbitrary<RouteCondition> = fc.record(
  {
    path: segments.map((all) => `/${all.join('/')}`),
    exact: fc.boolean(),
    methods: fc.subarray(METHODS, { minLength: 1 }),
    headers,
  },
  { requiredKeys: ['path'] },
);

export const requests: fc.Arbitrary<Request> = fc.record({
  method: fc.constantFrom(...METHODS, 'OPTIONS'),
  path: fc.tuple(segments, fc.boolean()).map(([all, slash]) => `/${all.join('/')}${slash && all.length ? '/' : ''}`),
  headers,
  port: fc.constant(8071),
});

/** What a condition means, said once more and without the library: the path and all below its slash, unless exact. */
export function asks(condition: RouteCondition, { path, method, headers: sent }: Request): boolean {
  const below = condition.path === '/' ? '/' : `${condition.path}/`;
  return (
    (path === condition.path || (!condition.exact && path.startsWith(below))) &&
    (condition.methods ?? [method]).includes(method) &&
    Object.entries(condition.headers ?? {}).every(([name, value]) => sent[name] === value)
  );
}

/** The most specific of the conditions that a request meets: exact, then longest, then most headers, then with methods. */
export function mostSpecific<T extends RouteCondition>(all: readonly T[], request: Request): T | undefined {
  const rank = (one: RouteCondition) => [
    one.exact ? 1 : 0,
    one.path.length,
    Object.keys(one.headers ?? {}).length,
    one.methods ? 1 : 0,
  ];
  const higher = (a: number[], b: number[]) =>
    (a.map((value, i) => value - b[i]!).find((difference) => difference !== 0) ?? 0) > 0;
  return all
    .filter((one) => asks(one, request))
    .reduce<T | undefined>((best, one) => (!best || higher(rank(one), rank(best)) ? one : best), undefined);
}

/** A table without two routes of which nobody could say which one counts. */
export function withoutTies<T extends RouteCondition>(all: readonly T[]): T[] {
  return all.reduce<T[]>((kept, one) => (kept.some((other) => ambiguous(other, one)) ? kept : [...kept, one]), []);
}
