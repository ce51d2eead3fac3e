import type {
  DestinationRuleSpec,
  DestinationRuleSpecTrafficPolicy,
  DestinationRuleSpecTrafficPolicyConnectionPoolHttpH2UpgradePolicy,
  DestinationRuleSpecTrafficPolicyLoadBalancerSimple,
} from '../../../imports/networking.istio.io';
import type { TrafficModel } from '../model';
import { ms } from '../retries';

/** A named group of a service's pods. */
export interface Subset {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Limits, load balancing and ejection for callers of a service. It says nothing of TLS: the mesh chooses mutual TLS by
 * itself, and a mode written here would outlive a change of the server's.
 */
export function destinationRule(
  host: string,
  traffic: TrafficModel,
  http: boolean,
  topologyAware: boolean,
  subsets?: readonly Subset[],
): DestinationRuleSpec {
  return {
    host,
    trafficPolicy: trafficPolicy(traffic, http, topologyAware),
    subsets: subsets?.map(({ name, labels }) => ({ name, labels: { ...labels } })),
  };
}

function trafficPolicy(
  { circuitBreaker: { model }, connectTimeoutMs }: TrafficModel,
  http: boolean,
  topologyAware: boolean,
): DestinationRuleSpecTrafficPolicy {
  return {
    connectionPool: {
      tcp: { maxConnections: model.maxConnections, connectTimeout: ms(connectTimeoutMs) },
      http: http
        ? {
            http1MaxPendingRequests: model.maxPendingRequests,
            http2MaxRequests: model.maxRequests,
            maxRequestsPerConnection: model.maxRequestsPerConnection,
            h2UpgradePolicy:
              model.h2Upgrade === undefined
                ? undefined
                : ((model.h2Upgrade
                    ? 'UPGRADE'
                    : 'DO_NOT_UPGRADE') as DestinationRuleSpecTrafficPolicyConnectionPoolHttpH2UpgradePolicy),
          }
        : undefined,
    },
    loadBalancer: {
      simple: 'LEAST_REQUEST' as DestinationRuleSpecTrafficPolicyLoadBalancerSimple,
      // Outlier detection alone would keep every caller to the pods of its own zone, until they fail: the mesh's default.
      // https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting
      localityLbSetting: topologyAware ? undefined : { enabled: false },
    },
    outlierDetection: {
      consecutive5XxErrors: model.consecutive5xxErrors,
      interval: ms(model.interval.toMilliseconds()),
      baseEjectionTime: ms(model.baseEjectionTime.toMilliseconds()),
      maxEjectionPercent: model.maxEjectionPercent,
      minHealthPercent: model.minHealthPercent,
    },
  };
}
