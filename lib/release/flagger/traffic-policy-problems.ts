import { type Problems, show } from '../../kernel/errors';
import type { At } from './shift';
import type { LoadBalancerProps, OutlierDetectionProps, TrafficPolicyProps } from './traffic-policy';

/** Istio reads an int32. */
const MOST = 2 ** 31 - 1;

/** Adds what Istio or Flagger would refuse, or what would leave nobody to answer. */
export function trafficPolicyProblems(props: TrafficPolicyProps, problems: Problems, at: At): void {
  const { connectionPool, loadBalancer, outlierDetection } = props;
  const given = Object.entries<object | undefined>({ connectionPool: connectionPool?.http, loadBalancer, outlierDetection });
  for (const [key, part] of given) {
    problems.check(
      // What did not fit has been taken out, and was a problem already.
      part === undefined || Object.keys(part).length > 0 || problems.any,
      'is empty, which Istio refuses; say something, or leave it out',
      at(key),
    );
  }
  const counts = { ...connectionPool?.http, idleTimeout: undefined, h2UpgradePolicy: undefined };
  for (const [key, value] of Object.entries<number | undefined>(counts)) {
    problems.check(
      value === undefined || (Number.isInteger(value) && value >= 1 && value <= MOST),
      `${key} ${show(value)} must be a whole number from 1 to ${MOST}`,
      at('connectionPool.http'),
    );
  }
  if (outlierDetection && Object.keys(outlierDetection).length > 0)
    outlierProblems(outlierDetection, problems, at('outlierDetection'));
  if (!loadBalancer) return;
  const { simple, consistentHash, localityLbSetting } = loadBalancer;
  lacking(loadBalancer, problems, at);
  const isOne = (of: object) => Object.keys(of).length === 1 || (Object.keys(of).length === 0 && problems.any);
  problems.check(
    (simple === undefined) !== (consistentHash === undefined),
    'needs exactly one of simple and consistentHash',
    at('loadBalancer'),
  );
  problems.check(
    consistentHash === undefined || isOne(consistentHash),
    'needs exactly one of httpHeaderName, httpCookie and useSourceIp',
    at('loadBalancer.consistentHash'),
  );
  problems.check(
    localityLbSetting === undefined || isOne(localityLbSetting),
    'needs exactly one of distribute and failover',
    at('loadBalancer.localityLbSetting'),
  );
  for (const { from, to = {} } of localityLbSetting?.distribute ?? []) {
    const sum = Object.values(to).reduce((a, b) => a + b, 0);
    problems.check(
      from !== undefined && Object.values(to).every((share) => Number.isInteger(share) && share >= 1) && sum === 100,
      `from ${show(from)} to ${show(to)} gives ${sum} percent; shares are whole numbers that add up to 100`,
      at('loadBalancer.localityLbSetting'),
    );
  }
}

/** Adds what is left open of a hash or a failover. */
function lacking({ consistentHash, localityLbSetting }: LoadBalancerProps, problems: Problems, at: At): void {
  const cookie = consistentHash?.httpCookie;
  problems.check(
    cookie === undefined || (cookie.name !== undefined && cookie.name !== '' && cookie.ttl !== undefined),
    'httpCookie needs a name and a ttl',
    at('loadBalancer.consistentHash'),
  );
  for (const { from, to } of localityLbSetting?.failover ?? []) {
    problems.check(
      from !== undefined && to !== undefined && from !== to,
      `failover from ${show(from)} to ${show(to)} must name two regions`,
      at('loadBalancer.localityLbSetting'),
    );
  }
}

function outlierProblems(props: OutlierDetectionProps, problems: Problems, part: string): void {
  const { maxEjectionPercent, minHealthPercent } = props;
  problems.check(
    props.consecutive5xxErrors !== undefined || props.consecutiveGatewayErrors !== undefined,
    'names no errors to count; give consecutive5xxErrors or consecutiveGatewayErrors',
    part,
  );
  for (const key of ['consecutive5xxErrors', 'consecutiveGatewayErrors', 'consecutiveLocalOriginFailures'] as const) {
    const value = props[key];
    problems.check(
      value === undefined || (Number.isInteger(value) && value >= 1),
      `${key} ${show(value)} must be a whole number from 1 on`,
      part,
    );
  }
  problems.check(
    props.consecutiveLocalOriginFailures === undefined || props.splitExternalLocalOriginErrors === true,
    'consecutiveLocalOriginFailures counts only with splitExternalLocalOriginErrors: true; set both',
    part,
  );
  problems.check(
    maxEjectionPercent === undefined ||
      (Number.isInteger(maxEjectionPercent) && maxEjectionPercent >= 1 && maxEjectionPercent < 100),
    `maxEjectionPercent ${show(maxEjectionPercent)} must be from 1 to 99: at 100 every pod can be out at once`,
    part,
  );
  problems.check(
    minHealthPercent === undefined || (Number.isInteger(minHealthPercent) && minHealthPercent >= 0 && minHealthPercent <= 100),
    `minHealthPercent ${show(minHealthPercent)} must be from 0 to 100`,
    part,
  );
}
