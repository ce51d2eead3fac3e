import { is, matches, series } from '../../promql/selector';
import type { ObservedModel } from '../observed-model';
import { podPattern } from '../pod-pattern';
import { istioMetrics } from '../request-metrics';
import type { AlertRule } from '../rules/rule-group';
import { ENVOY } from '../sources/envoy';
import { BLACK_HOLE, ISTIO, ISTIO_LABELS as LABELS } from '../sources/istio';
import { type AlertContext, alert, subjectOf } from './alert';

/** A single denied request may be a person who tries something; ten are a broken edge, or somebody who looks for one. */
const AT_LEAST = 10;

/** Signs of an attack, or of an edge that nobody declared. */
export function security(context: AlertContext, service: ObservedModel): AlertRule[] {
  const { name, namespace, deployments, takesRequests, strictMtls } = service;
  const subject = subjectOf(service);
  const pods = { namespace: is(namespace), pod: matches(podPattern(deployments)) };
  const leaving = {
    [LABELS.reporter]: is('source'),
    [LABELS.sourceNamespace]: is(namespace),
    [LABELS.sourceService]: is(name),
    [LABELS.serviceName]: is(BLACK_HOLE),
  };
  const arriving = { ...istioMetrics('destination').of(service), [LABELS.security]: is('none') };
  const [arrived, what] = takesRequests ? [ISTIO.metrics.requests, 'requests'] : [ISTIO.metrics.tcpOpened, 'connections'];
  return [
    ...(takesRequests
      ? [
          alert(context, 'PolicyDenials', subject, {
            severity: 'ticket' as const,
            expr: `sum(increase(${series(ENVOY.metrics.rbac, { ...pods, authz_enforce_result: is('denied') })}[10m])) >= ${AT_LEAST}`,
            summary: `${name}: the mesh denies requests to it`,
            description: `AuthorizationPolicies denied {{ printf "%.0f" $value }} requests to ${namespace}/${name} within 10 minutes: an edge that is not declared, or an attack.`,
            dashboard: 'mesh' as const,
          }),
        ]
      : []),
    ...(strictMtls
      ? [
          alert(context, 'PlainTextAccepted', subject, {
            severity: 'page' as const,
            expr: `sum(increase(${series(arrived, arriving)}[10m])) > 0`,
            summary: `${name}: it takes ${what} in plain text`,
            description: `${namespace}/${name} took ${what} without mutual TLS, which its policies rule out: somebody has weakened them.`,
            dashboard: 'mesh' as const,
          }),
        ]
      : []),
    alert(context, 'EgressBlocked', subject, {
      severity: 'ticket',
      expr:
        `sum(\n  increase(${series(ISTIO.metrics.requests, leaving)}[10m])\n  or\n` +
        `  increase(${series(ISTIO.metrics.tcpOpened, leaving)}[10m])\n) >= ${AT_LEAST}`,
      summary: `${name}: it calls hosts that nothing declares`,
      description: `${namespace}/${name} tried {{ printf "%.0f" $value }} times within 10 minutes to reach hosts that no edge names: an edge that is missing, or code that should not run.`,
      dashboard: 'mesh',
    }),
  ];
}
