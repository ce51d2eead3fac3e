import { show } from '../../kernel/errors';
import { describeCondition, type RouteCondition } from '../../traffic/route-condition';
import type { Shift } from './shift';

/**
 * Headers that an audience is told by and routes too. A route that delegates is merged with the audience's: Istio drops what both
 * compare the same header with and differ in, and takes every regular expression for a difference.
 * https://github.com/istio/istio/blob/1.30.3/pilot/pkg/model/virtualservice.go (hasConflict)
 */
export function audienceProblems(shift: Shift, routes: readonly RouteCondition[]): string[] {
  if (shift.kind !== 'abTest') return [];
  const names = new Set(shift.audiences.flatMap(({ headers }) => headers.map(({ name }) => name)));
  return routes.flatMap((route) =>
    Object.keys(route.headers ?? {})
      .filter((name) => names.has(name))
      .map(
        (name) =>
          `header ${name} tells the audience, and the route ${show(describeCondition({ ...route, methods: undefined }))} too; ` +
          'Istio would drop one of the two: tell the audience by another header',
      ),
  );
}
