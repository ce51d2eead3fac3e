import { type Matchers, is, matches, series } from '../../../promql/selector';
import { ENVOY } from '../../sources/envoy';
import { BLACK_HOLE, ISTIO, ISTIO_LABELS as LABELS, withFlag } from '../../sources/istio';
import { type Choice, chosen } from '../variables';
import { inPods, trackOfPod } from './pods';
import { increase, maxBy, rate, share, sumBy } from './rates';

const { metrics } = ISTIO;

/** What callers send to the Services of those that are chosen, as the callers' proxies see it. */
export function towards(choice: Choice): Matchers {
  return {
    [LABELS.reporter]: is('source'),
    [LABELS.serviceNamespace]: chosen('namespace', choice),
    [LABELS.serviceName]: chosen('host'),
  };
}

/** What arrives at the pods of those that are chosen. */
export function arriving(choice: Choice): Matchers {
  return {
    [LABELS.reporter]: is('destination'),
    [LABELS.workloadNamespace]: chosen('namespace', choice),
    [LABELS.canonicalService]: chosen('service', choice),
  };
}

/** What leaves the pods of those that are chosen. */
export function leaving(choice: Choice): Matchers {
  return {
    [LABELS.reporter]: is('source'),
    [LABELS.sourceNamespace]: chosen('namespace', choice),
    [LABELS.sourceService]: chosen('service', choice),
  };
}

/** Requests that end with one of these flags of Envoy, and connections, which have metrics of their own. */
export function flagged(of: Matchers, by: readonly string[], ...flags: readonly string[]): string {
  const matchers = { ...of, [LABELS.flags]: matches(withFlag(...flags)) };
  return sumBy(by, `${increase(metrics.requests, matchers)} or ${increase(metrics.tcpClosed, matchers)}`);
}

/** The share of what arrives by mutual TLS. */
export function mutualTls(choice: Choice, by: readonly string[]): string {
  const all = arriving(choice);
  const of = (matchers: Matchers) => sumBy(by, `${rate(metrics.requests, matchers)} or ${rate(metrics.tcpOpened, matchers)}`);
  return share(`(${of({ ...all, [LABELS.security]: is('mutual_tls') })} or 0 * ${of(all)})`, of(all));
}

/** Requests that AuthorizationPolicies turn away. */
export function denied(choice: Choice): string {
  const matchers = { ...inPods(choice), authz_enforce_result: is('denied') };
  return sumBy(['track'], trackOfPod(increase(ENVOY.metrics.rbac, matchers)));
}

/** Hosts that the proxies of the pods have stopped calling. */
export function ejected(choice: Choice): string {
  return maxBy(['cluster_name'], series(ENVOY.metrics.ejected, inPods(choice)));
}

/** Calls to hosts that nothing declares. */
export function blocked(choice: Choice): string {
  const matchers = { ...leaving(choice), [LABELS.serviceName]: is(BLACK_HOLE) };
  return sumBy([LABELS.sourceWorkload], `${increase(metrics.requests, matchers)} or ${increase(metrics.tcpOpened, matchers)}`);
}

/** Calls to hosts outside of the mesh, which have no workload. */
export function outside(choice: Choice): string {
  const matchers = { ...leaving(choice), [LABELS.workload]: is('unknown') };
  return sumBy([LABELS.serviceName], `${rate(metrics.requests, matchers)} or ${rate(metrics.tcpOpened, matchers)}`);
}
