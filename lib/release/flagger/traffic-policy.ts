import type { Duration } from 'cdk8s';
import { DURATION, FLAG, NUMBER, type Shape, TEXT, listOf, mapOf, oneOf, propsOf } from '../../kernel/shape';
import type { TrafficModel } from '../../traffic/model';

/** What Flagger can say of the connections to a service; less than Istio can. https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy */
export interface TrafficPolicyProps {
  readonly connectionPool?: { readonly http?: HttpPoolProps };
  readonly loadBalancer?: LoadBalancerProps;
  readonly outlierDetection?: OutlierDetectionProps;
}

/** Limits of one caller's proxy. */
export interface HttpPoolProps {
  /** Requests that wait for a connection. */
  readonly http1MaxPendingRequests?: number;
  /** Requests under way at once. */
  readonly http2MaxRequests?: number;
  /** Close a connection after so many requests. @default - never */
  readonly maxRequestsPerConnection?: number;
  /** Retries under way at once. */
  readonly maxRetries?: number;
  /** Close a connection that has carried nothing for so long. @default 1 h */
  readonly idleTimeout?: Duration;
  /** Speak HTTP/2 between the proxies even when the caller speaks HTTP/1.1. @default - as the mesh does */
  readonly h2UpgradePolicy?: 'DEFAULT' | 'DO_NOT_UPGRADE' | 'UPGRADE';
}

/** Which pod gets a request: one of `simple` and `consistentHash`. */
export interface LoadBalancerProps {
  readonly simple?: 'LEAST_REQUEST' | 'ROUND_ROBIN' | 'RANDOM' | 'PASSTHROUGH';
  readonly consistentHash?: ConsistentHashProps;
  readonly localityLbSetting?: LocalityProps;
}

/** What sends equal requests to the same pod. Exactly one. */
export interface ConsistentHashProps {
  readonly httpHeaderName?: string;
  readonly httpCookie?: { readonly name: string; readonly path?: string; readonly ttl: Duration };
  readonly useSourceIp?: boolean;
}

/** Which zones get requests: one of both. */
export interface LocalityProps {
  /** Percent by zone, 100 in all. `{ from: '*', to: { '*': 100 } }` gives each pod its share, wherever the caller is. */
  readonly distribute?: readonly { readonly from: string; readonly to: Readonly<Record<string, number>> }[];
  /** The region that takes over. */
  readonly failover?: readonly { readonly from: string; readonly to: string }[];
}

/** When a pod that fails is left out. */
export interface OutlierDetectionProps {
  readonly consecutive5xxErrors?: number;
  readonly consecutiveGatewayErrors?: number;
  readonly splitExternalLocalOriginErrors?: boolean;
  readonly consecutiveLocalOriginFailures?: number;
  readonly interval?: Duration;
  readonly baseEjectionTime?: Duration;
  /** Percent of the pods; below 100, or nobody would be left. @default 10 */
  readonly maxEjectionPercent?: number;
  /** Percent of healthy pods below which ejection stops. @default 0 */
  readonly minHealthPercent?: number;
}

/** A prop that Istio knows and Flagger does not, or does not keep. */
const beyond = (why: string): Shape => ({ what: `left out: ${why}`, fits: () => false });
const NO_TCP = beyond('the Canary has no TCP connection pool; limit requests by http1MaxPendingRequests and http2MaxRequests');
const DEPRECATED = beyond('Istio ignores or deprecates it');
type Beyond<T, K extends string> = T & { readonly [key in K]?: never };

export const TRAFFIC_POLICY: Shape = propsOf<Beyond<TrafficPolicyProps, 'tls' | 'portLevelSettings'>>({
  connectionPool: propsOf<{ http?: HttpPoolProps; tcp?: never }>({
    http: propsOf<Beyond<HttpPoolProps, 'maxConcurrentStreams'>>({
      http1MaxPendingRequests: NUMBER,
      http2MaxRequests: NUMBER,
      maxRequestsPerConnection: NUMBER,
      maxRetries: NUMBER,
      idleTimeout: DURATION,
      h2UpgradePolicy: oneOf('DEFAULT', 'DO_NOT_UPGRADE', 'UPGRADE'),
      maxConcurrentStreams: beyond('the Canary does not know it; set it in the service'),
    }),
    tcp: NO_TCP,
  }),
  loadBalancer: propsOf<Beyond<LoadBalancerProps, 'warmup' | 'warmupDurationSecs'>>({
    simple: oneOf('LEAST_REQUEST', 'ROUND_ROBIN', 'RANDOM', 'PASSTHROUGH'),
    consistentHash: propsOf<Beyond<ConsistentHashProps, 'httpQueryParameterName' | 'minimumRingSize'>>({
      httpHeaderName: TEXT,
      httpCookie: propsOf({ name: TEXT, path: TEXT, ttl: DURATION }),
      useSourceIp: FLAG,
      // https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/apis/istio/v1beta1/destination_rule.go (ConsistentHashLB)
      httpQueryParameterName: beyond('Flagger drops it, and Istio then refuses the DestinationRule; use a header or a cookie'),
      minimumRingSize: DEPRECATED,
    }),
    localityLbSetting: propsOf<Beyond<LocalityProps, 'enabled' | 'failoverPriority'>>({
      distribute: listOf(propsOf({ from: TEXT, to: mapOf(NUMBER) })),
      failover: listOf(propsOf({ from: TEXT, to: TEXT })),
      enabled: beyond("Flagger drops a false, which turns zones on; write distribute: [{ from: '*', to: { '*': 100 } }]"),
      failoverPriority: beyond('the Canary does not know it; use failover'),
    }),
    warmup: beyond('the Canary does not know it'),
    warmupDurationSecs: DEPRECATED,
  }),
  outlierDetection: propsOf<Beyond<OutlierDetectionProps, 'consecutiveErrors'>>({
    consecutive5xxErrors: NUMBER,
    consecutiveGatewayErrors: NUMBER,
    splitExternalLocalOriginErrors: FLAG,
    consecutiveLocalOriginFailures: NUMBER,
    interval: DURATION,
    baseEjectionTime: DURATION,
    maxEjectionPercent: NUMBER,
    minHealthPercent: NUMBER,
    consecutiveErrors: beyond('Istio ignores it; use consecutive5xxErrors'),
  }),
  tls: beyond('the mesh chooses mutual TLS by itself, and any mode written here would take it away'),
  portLevelSettings: beyond('the Canary does not know them; release each port under a target of its own'),
});

/** The limits of a service, as far as Flagger's DestinationRules can have them: its TCP connection pool is left out. */
export function trafficPolicyOf(
  { circuitBreaker: { model } }: TrafficModel,
  http: boolean,
  topologyAware: boolean,
): TrafficPolicyProps {
  return {
    connectionPool: http
      ? {
          http: {
            http1MaxPendingRequests: model.maxPendingRequests,
            http2MaxRequests: model.maxRequests,
            maxRequestsPerConnection: model.maxRequestsPerConnection,
            h2UpgradePolicy: model.h2Upgrade === undefined ? undefined : model.h2Upgrade ? 'UPGRADE' : 'DO_NOT_UPGRADE',
          },
        }
      : undefined,
    loadBalancer: {
      simple: 'LEAST_REQUEST',
      // Outlier detection alone keeps callers to their own zone. `enabled: false` would say otherwise, but Flagger drops a false:
      // https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/apis/istio/v1beta1/destination_rule.go (LocalityLbSetting)
      localityLbSetting: topologyAware ? undefined : { distribute: [{ from: '*', to: { '*': 100 } }] },
    },
    outlierDetection: {
      consecutive5xxErrors: model.consecutive5xxErrors,
      interval: model.interval,
      baseEjectionTime: model.baseEjectionTime,
      maxEjectionPercent: model.maxEjectionPercent,
      minHealthPercent: model.minHealthPercent,
    },
  };
}
