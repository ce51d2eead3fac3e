import type {
  CanarySpecServiceTrafficPolicy,
  CanarySpecServiceTrafficPolicyConnectionPoolHttpH2UpgradePolicy,
  CanarySpecServiceTrafficPolicyLoadBalancer,
  CanarySpecServiceTrafficPolicyLoadBalancerSimple,
  CanarySpecServiceTrafficPolicyOutlierDetection,
} from '../../../../imports/flagger.app';
import type { Duration } from 'cdk8s';
import { ms } from '../../../traffic/retries';
import type { LoadBalancerProps, OutlierDetectionProps, TrafficPolicyProps } from '../traffic-policy';

const duration = (value: Duration | undefined) => value && ms(value.toMilliseconds());

/** What Flagger writes into the DestinationRules of both tracks. */
export function trafficPolicy({ connectionPool, ...rest }: TrafficPolicyProps): CanarySpecServiceTrafficPolicy {
  const http = connectionPool?.http;
  return {
    connectionPool: http && {
      http: {
        http1MaxPendingRequests: http.http1MaxPendingRequests,
        http2MaxRequests: http.http2MaxRequests,
        maxRequestsPerConnection: http.maxRequestsPerConnection,
        maxRetries: http.maxRetries,
        idleTimeout: duration(http.idleTimeout),
        h2UpgradePolicy: http.h2UpgradePolicy as CanarySpecServiceTrafficPolicyConnectionPoolHttpH2UpgradePolicy | undefined,
      },
    },
    loadBalancer: rest.loadBalancer && loadBalancer(rest.loadBalancer),
    outlierDetection: rest.outlierDetection && outlierDetection(rest.outlierDetection),
  };
}

function loadBalancer({
  simple,
  consistentHash,
  localityLbSetting,
}: LoadBalancerProps): CanarySpecServiceTrafficPolicyLoadBalancer {
  const cookie = consistentHash?.httpCookie;
  return {
    simple: simple as CanarySpecServiceTrafficPolicyLoadBalancerSimple | undefined,
    consistentHash: consistentHash && {
      httpHeaderName: consistentHash.httpHeaderName,
      httpCookie: cookie && { name: cookie.name, path: cookie.path, ttl: duration(cookie.ttl) },
      useSourceIp: consistentHash.useSourceIp,
    },
    localityLbSetting: localityLbSetting && {
      distribute: localityLbSetting.distribute?.map(({ from, to }) => ({ from, to: { ...to } })),
      failover: localityLbSetting.failover?.map(({ from, to }) => ({ from, to })),
    },
  };
}

function outlierDetection(props: OutlierDetectionProps): CanarySpecServiceTrafficPolicyOutlierDetection {
  return {
    consecutive5XxErrors: props.consecutive5xxErrors,
    consecutiveGatewayErrors: props.consecutiveGatewayErrors,
    splitExternalLocalOriginErrors: props.splitExternalLocalOriginErrors,
    consecutiveLocalOriginFailures: props.consecutiveLocalOriginFailures,
    interval: duration(props.interval),
    baseEjectionTime: duration(props.baseEjectionTime),
    maxEjectionPercent: props.maxEjectionPercent,
    minHealthPercent: props.minHealthPercent,
  };
}
