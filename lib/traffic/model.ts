import { Duration } from 'cdk8s';
import { PortProtocol, type WorkloadPort, isHttp } from '../contracts/port';
import { type Problems, show } from '../kernel/errors';
import { DURATION, FLAG, listOf, madeBy, propsOf, type Shape } from '../kernel/shape';
import type { Stage } from '../kube';
import { CircuitBreaker } from './circuit-breaker';
import { Fault, type FaultModel } from './fault';
import { resolveFaults, withFaults } from './faults';
import { RETRIES, type RetryModel, type RetryProps, SAFE_METHODS, resolveRetries, usualTryMs } from './retries';
import { type RouteCondition, ambiguous, describeCondition, inOrder } from './route-condition';
import { CONDITION, conditionProblems } from './route-problems';

/** Requests of a service that are treated in a way of their own. */
export interface RouteProps extends RouteCondition {
  /** Time for the whole answer, retries included. @default - the timeout of the service */
  readonly timeout?: Duration;
  /**
   * Whether its answers go on for as long as both sides want: WebSockets, server-sent events, long polls, streams of gRPC. They have no
   * timeout, neither in all nor for a try. They end with the pod that sends them, at every release, so clients connect again.
   * @default false
   */
  readonly streaming?: boolean;
  /** @default - the retries of the service */
  readonly retries?: RetryProps;
  /** Whether the service takes care that a request sent twice is carried out once (by an idempotency key, say). @default false */
  readonly idempotent?: boolean;
}

/** How callers talk to a service. */
export interface TrafficProps {
  /** Time for the whole answer, retries included. @default 10 s */
  readonly timeout?: Duration;
  /** @default 3 retries, a fifth of the timeout for each try; methods that change something are retried only when the request never arrived */
  readonly retries?: RetryProps;
  /** @default CircuitBreaker.standard() */
  readonly circuitBreaker?: CircuitBreaker;
  /** Requests that are treated in a way of their own; the most specific one counts, in whatever order they are given. */
  readonly routes?: readonly RouteProps[];
  /** Failures that are made on purpose, for rehearsals. Refused in production without a reason. @default - none */
  readonly faults?: readonly Fault[];
}

export const TRAFFIC: Shape = propsOf<TrafficProps>({
  timeout: DURATION,
  retries: RETRIES,
  circuitBreaker: madeBy(CircuitBreaker, 'CircuitBreaker.standard() or CircuitBreaker.strict()'),
  routes: listOf(propsOf<RouteProps>({ ...CONDITION, timeout: DURATION, streaming: FLAG, retries: RETRIES, idempotent: FLAG })),
  faults: listOf(madeBy(Fault, 'Fault.delay(Duration.seconds(5), { … }) or Fault.abort(503, { … })')),
});

/** One route, resolved. Times in milliseconds. */
export interface RouteModel {
  readonly condition: RouteCondition;
  /** Undefined for streams, which have none. */
  readonly timeoutMs?: number;
  readonly retries: RetryModel;
  /** Whether a request may be carried out twice without harm: it is safe by its method, or declared idempotent. */
  readonly repeatable: boolean;
  /** What is made to befall its requests. @default - nothing */
  readonly fault?: FaultModel;
}

export interface TrafficModel {
  /** The most specific first; the last ones match everything. Empty for a port that speaks bytes. */
  readonly routes: readonly RouteModel[];
  readonly circuitBreaker: CircuitBreaker;
  /** Time to open a connection: a try must be able to fail and be followed by another. */
  readonly connectTimeoutMs: number;
}

const EVERYTHING: RouteCondition = { path: '/' };

/**
 * Validates the props against the ports of the service and fills in the defaults.
 * @param stage what the environment is for; undefined where none is known
 */
export function resolveTraffic(
  props: TrafficProps,
  ports: readonly WorkloadPort[],
  problems: Problems,
  stage?: Stage,
): TrafficModel {
  const circuitBreaker = props.circuitBreaker ?? CircuitBreaker.standard();
  circuitBreaker.validate(problems, 'traffic.circuitBreaker');
  const connectTimeoutMs = usualTry(props);
  const port = ports.find((one) => isHttp(one.protocol));
  if (!port) {
    for (const key of ['timeout', 'retries', 'routes', 'faults'] as const) {
      problems.check(
        props[key] === undefined,
        `${key} is about requests, and no port speaks HTTP (${ports.map((one) => `${one.port} ${one.protocol}`).join(', ')}); leave it out, or set the port's protocol`,
        'traffic',
      );
    }
    return { routes: [], circuitBreaker, connectTimeoutMs };
  }
  const given = (props.routes ?? []).filter((route) => {
    const wrong = conditionProblems(route);
    wrong.forEach((what) => problems.add(what, 'traffic.routes'));
    return wrong.length === 0;
  });
  given.forEach((route, i) => {
    const other = given.slice(i + 1).find((one) => ambiguous(route, one));
    if (other) {
      problems.add(
        `${show(describeCondition(route))} and ${show(describeCondition(other))} match the same requests and neither is more specific; join them, or tell them apart by methods`,
        'traffic.routes',
      );
    }
  });
  const all = [...given].sort(inOrder).map((route) => ({ route, part: `traffic.routes[${describeCondition(route)}]` }));
  const routes = [...all, { route: EVERYTHING as RouteProps, part: 'traffic' }].flatMap(({ route, part }) =>
    resolveRoute(route, props, port.protocol, problems, part),
  );
  return {
    routes: withFaults(routes, resolveFaults(props.faults ?? [], port.protocol, stage, problems)),
    circuitBreaker,
    connectTimeoutMs,
  };
}

/** The time of one try, which a connection that can't be opened must not outlast: another try has to follow it. */
function usualTry({ timeout, retries }: TrafficProps): number {
  // More are refused where they are judged, and would take long to be counted here.
  const attempts = Math.min(10, retries?.attempts ?? 3);
  return retries?.perTry?.toMilliseconds() ?? usualTryMs(timeout?.toMilliseconds() ?? 10_000, attempts);
}

/** One route, or two where safe and other methods must be retried differently. */
function resolveRoute(
  route: RouteProps,
  service: TrafficProps,
  protocol: PortProtocol,
  problems: Problems,
  part: string,
): RouteModel[] {
  const timeoutMs = route.streaming ? undefined : (route.timeout ?? service.timeout ?? Duration.seconds(10)).toMilliseconds();
  problems.check(
    timeoutMs === undefined || timeoutMs > 0,
    'timeout must be above zero, or a caller waits for ever; a route of streams says streaming: true',
    part,
  );
  if (route.streaming) {
    problems.check(route.timeout === undefined, 'a stream has no timeout; leave timeout out, or streaming', part);
    problems.check(route.retries?.perTry === undefined, 'perTry would end a stream; leave it out', `${part}.retries`);
  }
  const retries = { ...service.retries, ...route.retries };
  const { path, exact, methods, headers } = route;
  const build = (of: readonly string[] | undefined, repeatable: boolean): RouteModel => ({
    condition: { path, exact, methods: of, headers },
    timeoutMs,
    repeatable,
    // What the user says of all requests is meant for those that may be repeated; the others keep what is safe.
    retries: resolveRetries(
      repeatable || route.retries?.on ? retries : { ...retries, on: undefined },
      repeatable,
      timeoutMs,
      problems,
      `${part}.retries`,
    ),
  });
  if (route.idempotent) return [build(methods, true)];
  // Every gRPC call is a POST: what is safe can't be told from the method.
  if (protocol === PortProtocol.GRPC) return [build(methods, false)];
  const safe = methods ? methods.filter((method) => SAFE_METHODS.includes(method)) : SAFE_METHODS;
  const unsafe = methods?.filter((method) => !SAFE_METHODS.includes(method));
  return [...(safe.length ? [build(safe, true)] : []), ...(unsafe === undefined || unsafe.length ? [build(unsafe, false)] : [])];
}
