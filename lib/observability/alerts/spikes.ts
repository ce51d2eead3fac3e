import { latencyInWords, tidy } from '../objective/arithmetic';
import { type Goal, fastestPage } from '../objective/goals';
import type { Objective } from '../objective/objective';
import type { ObservedModel } from '../observed-model';
import { RATE_WINDOW, RECORDED, countOver, failureRatio, goalLabels, recorded } from '../rules/recorded';
import { percentile } from '../rules/request-rates';
import type { AlertRule } from '../rules/rule-group';
import { type AlertContext, alert, subjectOf } from './alert';

const FIVE_MINUTES = 300;

/** The same numbers that stop a canary, for the service as a whole: early notice, before the budget suffers. */
export function spikes(context: AlertContext, service: ObservedModel, objective: Objective): AlertRule[] {
  return objective.goals.map((goal) =>
    goal.limit === undefined ? errorSpike(context, service, objective, goal) : latencySpike(context, service, objective, goal),
  );
}

/** Requests that broke the goal within five minutes, and that are enough to be no accident. */
function enough(service: ObservedModel, goal: Goal, { minimumFailures }: Objective): string {
  return `${countOver(recorded(RECORDED.failures, service, goal), FIVE_MINUTES)} >= ${minimumFailures}`;
}

function labelsOf(service: ObservedModel, goal: Goal): Record<string, string> {
  const { namespace: _namespace, service: _service, ...labels } = goalLabels(service, goal);
  return labels;
}

const nameOf = ({ name }: ObservedModel, { route }: Goal): string => (route ? `${name} ${route.name}` : name);

/** A canary is judged by all of its requests: its analysis can't tell routes apart. */
const ofCanary = ({ route }: Goal, limit: string): string => (route ? '' : ` A canary would be stopped above ${limit}.`);

function errorSpike(context: AlertContext, service: ObservedModel, objective: Objective, goal: Goal): AlertRule {
  const { threshold } = fastestPage(goal);
  const limit = `${tidy(threshold * 100)} %`;
  return alert(context, 'ErrorSpike', subjectOf(service), {
    severity: 'ticket',
    expr: `${recorded(failureRatio(RATE_WINDOW), service, goal)} > ${threshold}\nand\n${enough(service, goal, objective)}`,
    for: '5m',
    labels: labelsOf(service, goal),
    summary: `${nameOf(service, goal)}: more than ${limit} of the requests fail`,
    description:
      `{{ $value | humanizePercentage }} of the requests of ${service.namespace}/${nameOf(service, goal)} fail.` +
      ofCanary(goal, limit),
  });
}

function latencySpike(context: AlertContext, service: ObservedModel, objective: Objective, goal: Goal): AlertRule {
  const { metrics } = objective.measuredBy;
  const limit = latencyInWords(goal.limit!);
  const unit = metrics.millisecond === 1 ? 'ms' : 's';
  return alert(context, 'LatencySpike', subjectOf(service), {
    severity: 'ticket',
    expr: `${percentile(metrics, service, goal)} > ${tidy(goal.limit! * metrics.millisecond)}\nand on ()\n${enough(service, goal, objective)}`,
    for: '5m',
    labels: labelsOf(service, goal),
    summary: `${nameOf(service, goal)}: p${goal.percent} is above ${limit}`,
    description:
      `${goal.percent} % of the requests of ${service.namespace}/${nameOf(service, goal)} take up to {{ printf "%.3g" $value }} ${unit}.` +
      ofCanary(goal, limit),
  });
}
