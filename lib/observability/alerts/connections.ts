import { is, matches, series } from '../../promql/selector';
import type { ObservedModel } from '../observed-model';
import { podPattern } from '../pod-pattern';
import { istioMetrics } from '../request-metrics';
import type { AlertRule } from '../rules/rule-group';
import { ENVOY } from '../sources/envoy';
import { ISTIO, ISTIO_LABELS as LABELS, withFlag } from '../sources/istio';
import { type AlertContext, alert, subjectOf } from './alert';

/** Fewer than this in five minutes is an accident: a pod that went while a request was on its way. */
const AT_LEAST = 10;

/** What goes wrong between the proxies of callers and those of the service. */
export function connections(context: AlertContext, service: ObservedModel): AlertRule[] {
  const { name, namespace, takesRequests, deployments } = service;
  const subject = subjectOf(service);
  const metric = takesRequests ? ISTIO.metrics.requests : ISTIO.metrics.tcpClosed;
  const what = takesRequests ? 'requests' : 'connections';
  const flagged = (...flags: string[]) =>
    `sum by (${LABELS.sourceWorkload}, ${LABELS.sourceNamespace}) (increase(${series(metric, {
      ...istioMetrics('source').of(service),
      [LABELS.flags]: matches(withFlag(...flags)),
    })}[5m])) >= ${AT_LEAST}`;
  const caller = `{{ $labels.${LABELS.sourceNamespace} }}/{{ $labels.${LABELS.sourceWorkload} }}`;
  return [
    alert(context, 'ConnectionPoolOverflow', subject, {
      severity: 'ticket',
      expr: flagged('UO'),
      for: '5m',
      summary: `${name}: ${caller} drops ${what} to it`,
      description: `The proxies of ${caller} dropped {{ printf "%.0f" $value }} ${what} to ${namespace}/${name} within 5 minutes, since the limits of the circuit breaker were reached.`,
      dashboard: 'mesh',
    }),
    alert(context, 'CallersCannotConnect', subject, {
      severity: 'ticket',
      // UF: the connection failed (nobody listens, a policy closes the way, TLS does not fit). UH: no healthy host is left.
      expr: flagged('UF', 'UH'),
      for: '5m',
      summary: `${name}: ${caller} does not get through`,
      description: `{{ printf "%.0f" $value }} ${what} of ${caller} found no way to ${namespace}/${name} within 5 minutes: a broken edge, or no healthy pod.`,
      dashboard: 'mesh',
    }),
    ...(service.reportsEjections
      ? [
          alert(context, 'HostsEjected', subject, {
            severity: 'ticket',
            expr: `max by (cluster_name) (${series(ENVOY.metrics.ejected, { namespace: is(namespace), pod: matches(podPattern(deployments)) })}) > 0`,
            for: '5m',
            summary: `${name}: it has stopped calling pods of {{ $labels.cluster_name }}`,
            description: `The proxies of ${namespace}/${name} have ejected up to {{ $value }} hosts of {{ $labels.cluster_name }}, which answered with errors.`,
            dashboard: 'mesh' as const,
          }),
        ]
      : []),
  ];
}
