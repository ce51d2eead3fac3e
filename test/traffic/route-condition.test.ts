import fc from 'fast-check';
import {
  ambiguous,
  bySpecificity,
  covers,
  describeCondition,
  intersect,
  type RouteCondition,
} from '../../lib/traffic/route-condition';
import { asks, conditions, requests } from './conditions';

/** The same condition, written in one way. */
const canonical = (one: RouteCondition | undefined) =>
  one && {
    path: one.path,
    exact: one.exact ?? false,
    methods: one.methods && [...one.methods].sort(),
    headers: one.headers ?? {},
  };

describe('intersect', () => {
  const cases: [string, RouteCondition, RouteCondition, RouteCondition | undefined][] = [
    ['the longer of two paths', { path: '/api' }, { path: '/api/v3' }, { path: '/api/v3' }],
    ['not by half a segment', { path: '/api' }, { path: '/apiary' }, undefined],
    ['an exact path below', { path: '/api' }, { path: '/api/v3', exact: true }, { path: '/api/v3', exact: true }],
    ['nothing below an exact path', { path: '/api', exact: true }, { path: '/api/v3' }, undefined],
    [
      'methods of both',
      { path: '/', methods: ['GET', 'POST'] },
      { path: '/', methods: ['POST', 'PUT'] },
      { path: '/', methods: ['POST'] },
    ],
    ['no method of both', { path: '/', methods: ['GET'] }, { path: '/', methods: ['PUT'] }, undefined],
    [
      'headers of both',
      { path: '/', headers: { x: '1' } },
      { path: '/', headers: { y: '2' } },
      { path: '/', headers: { x: '1', y: '2' } },
    ],
    ['one header, two values', { path: '/', headers: { x: '1' } }, { path: '/', headers: { x: '2' } }, undefined],
  ];
  test.each(cases)('%s', (_name, a, b, expected) => {
    expect(canonical(intersect(a, b))).toEqual(canonical(expected));
  });

  test('is commutative, and idempotent', () => {
    fc.assert(
      fc.property(conditions, conditions, (a, b) => {
        expect(canonical(intersect(a, b))).toEqual(canonical(intersect(b, a)));
        expect(canonical(intersect(a, a))).toEqual(canonical(a));
      }),
    );
  });

  test('a request meets it exactly if it meets both', () => {
    fc.assert(
      fc.property(conditions, conditions, requests, (a, b, request) => {
        const both = intersect(a, b);
        expect(both !== undefined && asks(both, request)).toBe(asks(a, request) && asks(b, request));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('covers', () => {
  test('is reflexive and transitive', () => {
    fc.assert(
      fc.property(conditions, conditions, conditions, (a, b, c) => {
        expect(covers(a, a)).toBe(true);
        if (covers(a, b) && covers(b, c)) expect(covers(a, c)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('an intersection is covered by both of its parts', () => {
    fc.assert(
      fc.property(conditions, conditions, (a, b) => {
        const both = intersect(a, b);
        if (both) expect([covers(a, both), covers(b, both)]).toEqual([true, true]);
      }),
    );
  });

  test('whatever meets the inner one meets the outer one', () => {
    fc.assert(
      fc.property(conditions, conditions, requests, (outer, inner, request) => {
        if (covers(outer, inner) && asks(inner, request)) expect(asks(outer, request)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('bySpecificity', () => {
  test('puts the more specific one first', () => {
    const sorted: RouteCondition[] = [
      { path: '/api', exact: true },
      { path: '/api/v3' },
      { path: '/api', headers: { x: '1', y: '2' } },
      { path: '/api', headers: { x: '1' }, methods: ['GET'] },
      { path: '/api', headers: { x: '1' } },
      { path: '/api', methods: ['GET'] },
      { path: '/api' },
      { path: '/' },
    ];
    expect([...sorted].reverse().sort(bySpecificity)).toEqual(sorted);
  });

  test('is an order: antisymmetric and transitive', () => {
    fc.assert(
      fc.property(conditions, conditions, conditions, (a, b, c) => {
        expect(Math.sign(bySpecificity(a, b))).toBe(-Math.sign(bySpecificity(b, a)) || 0);
        if (bySpecificity(a, b) <= 0 && bySpecificity(b, c) <= 0) expect(bySpecificity(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('what is covered and differs comes before what covers it, but for an equal number of methods', () => {
    fc.assert(
      fc.property(conditions, conditions, (outer, inner) => {
        if (covers(outer, inner) && !covers(inner, outer) && !ambiguous(inner, outer)) {
          expect(bySpecificity(inner, outer)).toBeLessThan(0);
        }
      }),
    );
  });
});

test('a condition in an error', () => {
  expect(describeCondition({ path: '/a', exact: true, methods: ['GET', 'PUT'], headers: { x: '7' } })).toBe(
    'GET,PUT /a (exact) x=7',
  );
});
