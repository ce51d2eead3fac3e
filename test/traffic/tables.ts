import { Duration } from 'cdk8s';
import fc from 'fast-check';
import type { RouteProps } from '../../lib';
import { ms } from '../../lib/traffic/retries';
import type { Json } from '../banking-service/world';
import { conditions, mostSpecific, withoutTies } from './conditions';
import type { Request } from './envoy';

/* Every route of a table has a timeout of its own, by which it is known in the output. */

const FALLBACK_SECONDS = 9;
export const fallback = Duration.seconds(FALLBACK_SECONDS);

/** A table of routes whose timeouts count up from `first` seconds. */
export function tables(first: number, maxLength = 5): fc.Arbitrary<RouteProps[]> {
  const route = fc.tuple(conditions, fc.boolean()).map(([condition, idempotent]): RouteProps => ({ ...condition, idempotent }));
  return fc
    .array(route, { maxLength })
    .map((all) => withoutTies(all).map((one, i) => ({ ...one, timeout: Duration.seconds(first + i) })));
}

/** The timeout and the retry policy that a request of a service must get. */
export function expectedPolicy(table: readonly RouteProps[], request: Request, grpc = false): Json {
  const route = mostSpecific(table, request);
  const seconds = route?.timeout?.toSeconds() ?? FALLBACK_SECONDS;
  const harmless = route?.idempotent || (!grpc && ['GET', 'HEAD', 'OPTIONS'].includes(request.method));
  return {
    timeout: `${seconds}s`,
    retries: {
      attempts: 3,
      // A fifth of the timeout: four tries, and one part for what is between them.
      perTryTimeout: harmless ? ms(seconds * 200) : undefined,
      retryOn: harmless ? 'connect-failure,refused-stream,gateway-error' : 'connect-failure,refused-stream',
      retryRemoteLocalities: true,
    },
  };
}
