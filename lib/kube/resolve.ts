import { type ApiObject, App, ImplicitTokenResolver, Lazy, LazyResolver, NumberStringUnionResolver, resolve } from 'cdk8s';
import { isMap, mapParts } from './manifest';
import { onceInSynth } from './once';

/** What a union class, such as `IntOrString` or `Quantity`, becomes: `{ value: 8080 }`, as a generated class reads it, or 8080. */
export type Unions = 'boxed' | 'bare';

const OF_CDK8S: readonly unknown[] = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/** Whether the app has cdk8s' own resolvers and no others. */
export function resolvesPlainly(object: ApiObject): boolean {
  return onceInSynth(object.chart, 'plain resolvers', () =>
    App.of(object).resolvers.every((one) => OF_CDK8S.includes(one.constructor)),
  );
}

/**
 * Produces what is late in a value, as `resolve` of cdk8s does: `Lazy`, what has a `resolve()`, and union classes. cdk8s
 * climbs from the object to the app and asks every resolver for each value, which took a sixth of a rendering; where the
 * app brings no resolver of its own, one pass gives the same.
 */
export function resolved(value: unknown, object: ApiObject, unions: Unions): unknown {
  if (resolvesPlainly(object)) return produced(value, unions);
  return resolve([], unions === 'bare' ? withBareUnions(value) : value, object);
}

function produced(value: unknown, unions: Unions): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Lazy) return produced(value.produce(), unions);
  const { resolve: late } = value as { resolve?: unknown };
  if (typeof late === 'function') return produced(late.call(value), unions);
  if (Array.isArray(value) || isMap(value)) return mapParts(value, (one) => produced(one, unions));
  if (!isUnion(value)) return value;
  return unions === 'bare' ? value.value : { value: value.value };
}

/** Union classes have to go before cdk8s sees them, since it boxes them. */
function withBareUnions(value: unknown): unknown {
  if (value instanceof Lazy) return withBareUnions(value.produce());
  if (Array.isArray(value) || isMap(value)) return mapParts(value, withBareUnions);
  return isUnion(value) ? value.value : value;
}

function isUnion(value: unknown): value is { value: number | string } {
  if (value === null || typeof value !== 'object' || !('value' in value)) return false;
  return typeof value.value === 'number' || typeof value.value === 'string';
}
