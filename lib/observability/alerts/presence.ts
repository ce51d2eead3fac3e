import { is, matches, oneOf, series } from '../../promql/selector';
import type { Goal } from '../objective/goals';
import type { Objective } from '../objective/objective';
import type { ObservedModel } from '../observed-model';
import { podPattern } from '../pod-pattern';
import { istioMetrics } from '../request-metrics';
import { RECORDED, recorded } from '../rules/recorded';
import type { AlertRule } from '../rules/rule-group';
import { KUBE_STATE_METRICS } from '../sources/kube-state-metrics';
import { PROMETHEUS } from '../sources/prometheus';
import { type AlertContext, alert, subjectOf } from './alert';

/** What nothing is known of is not healthy, and what nobody calls is not 100 % available. */
export function presence(context: AlertContext, service: ObservedModel): AlertRule[] {
  const { name, namespace, deployments, objective } = service;
  const up = series(PROMETHEUS.metrics.up, { namespace: is(namespace), pod: matches(podPattern(deployments)) });
  const wanted = series(KUBE_STATE_METRICS.metrics.deploymentReplicas, {
    namespace: is(namespace),
    deployment: oneOf(deployments),
  });
  const goal = objective?.goals.find(({ route }) => route === undefined);
  return [
    alert(context, 'MetricsAbsent', subjectOf(service), {
      severity: 'page',
      // Without kube-state-metrics it is not known that there should be no pods, so that it alerts then too.
      expr: `absent(${up} == 1)\nunless on ()\nsum(${wanted}) == 0`,
      for: '10m',
      summary: `${name}: nothing is known of it`,
      description: `Prometheus scrapes no pod of ${namespace}/${name}, so no other alert of it can fire.`,
    }),
    alert(context, 'TargetsDown', subjectOf(service), {
      severity: 'ticket',
      expr: `count(${up} == 0) / count(${up}) > 0`,
      for: '15m',
      summary: `${name}: some of its pods are not scraped`,
      description: `Prometheus does not get the metrics of {{ $value | humanizePercentage }} of the pods of ${namespace}/${name}: what is known of it is biased.`,
    }),
    ...(objective && goal ? [blind(context, service, objective, goal), silence(context, service, goal)] : []),
  ];
}

/** The metrics that the objective reads are silent, though the proxies of the service see requests. */
function blind(context: AlertContext, service: ObservedModel, objective: Objective, goal: Goal): AlertRule {
  const own = istioMetrics('destination');
  const { name, namespace } = service;
  return alert(context, 'ObjectiveBlind', subjectOf(service), {
    severity: 'ticket',
    expr: `sum(rate(${series(own.requests, own.of(service))}[10m])) > 0\nunless on ()\n${recorded(RECORDED.requests, service, goal)} > 0`,
    for: '15m',
    summary: `${name}: its objective does not see its requests`,
    description:
      `${namespace}/${name} answers {{ printf "%.3g" $value }} requests a second, and its objective counts none: ` +
      `the metrics of ${objective.measuredBy.metrics.name} that it reads are not scraped.`,
    dashboard: 'objective',
  });
}

/** Half an hour without requests, where the same half hour of yesterday and of last week had some. */
function silence(context: AlertContext, service: ObservedModel, goal: Goal): AlertRule {
  const requests = recorded(RECORDED.requests, service, goal);
  const before = (offset: string) => `sum_over_time(${requests}[30m] offset ${offset}) * 30 >= 100`;
  const { name, namespace } = service;
  return alert(context, 'TrafficAbsent', subjectOf(service), {
    severity: 'ticket',
    expr: `${before('1d')}\nand\n${before('1w')}\nunless\nsum_over_time(${requests}[30m]) > 0`,
    summary: `${name}: no requests for half an hour`,
    description: `${namespace}/${name} got {{ printf "%.0f" $value }} requests in this half hour yesterday, as many last week, and none today.`,
  });
}
