import { Chart, Duration } from 'cdk8s';
import { BankingService, GitOpsApp, Health, HealthProbe, ZeroTrustNamespace } from 'cdk8s-banking';
import { js } from '../wrong-input';

export const time = Duration.seconds(30);
export const PODS = { namespace: 'istio-egress', podLabels: { istio: 'egress' }, serviceAccount: 'istio-egress' };
export const AMOUNTS = {
  requests: { cpu: '100m', memory: '128Mi', ephemeralStorage: '1Gi' },
  limits: { cpu: '2', memory: '1Gi', ephemeralStorage: '1Gi' },
};
export const TIMING = { initialDelay: time, period: time, timeout: time, failureThreshold: 3, port: 8081 };
export const BEHAVIOR = { min: 3, max: 9, upPercent: 50, upStabilization: time, downPercent: 10, downStabilization: time };

/** Props that are right, and what is built with them. */
export type Targets = Readonly<Record<string, readonly [object, Build]>>;
type Build = (props: never, chart: Chart) => unknown;
/** One for all: it stands in an app of its own, which is never written. */
export const HOME = new ZeroTrustNamespace(new Chart(new GitOpsApp(), 'home'), 'namespace', { name: 'banking' });

export const list = (value: unknown) => (Array.isArray(value) ? value : [value]) as string[];
export const probed = (liveness: HealthProbe) => ({ health: Health.of({ liveness, readiness: HealthProbe.http('/readyz') }) });
export const serviceWith = (chart: Chart, props: object) =>
  new BankingService(chart, 'payments', { namespace: HOME, image: 'a:1.2.3', port: 8080, ...props });

/** With a namespace, unless something else was given in place of all props. */
export function withNamespace(props: unknown): never {
  const isMap = typeof props === 'object' && props !== null && !Array.isArray(props);
  return js(isMap ? { namespace: HOME, ...props } : props);
}
