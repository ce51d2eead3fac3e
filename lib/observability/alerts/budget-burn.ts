import { inWords, promDuration, tidy } from '../objective/arithmetic';
import type { BurnRate } from '../objective/burn-rates';
import type { Goal } from '../objective/goals';
import type { Objective } from '../objective/objective';
import type { ObservedModel } from '../observed-model';
import { RECORDED, countOver, failureRatio, goalLabels, recorded } from '../rules/recorded';
import type { AlertRule } from '../rules/rule-group';
import { type AlertContext, alert, subjectOf } from './alert';

/** The alerts on the pace at which the error budget of each goal is used up. */
export function budgetBurn(context: AlertContext, service: ObservedModel, objective: Objective): AlertRule[] {
  return objective.goals.flatMap((goal) => goal.burnRates.map((rate) => burn(context, service, objective, goal, rate)));
}

function burn(
  context: AlertContext,
  service: ObservedModel,
  objective: Objective,
  goal: Goal,
  { severity, long, short, factor, threshold }: BurnRate,
): AlertRule {
  const over = (window: number) => recorded(failureRatio(window), service, goal);
  const failures = countOver(recorded(RECORDED.failures, service, goal), long);
  const { namespace: _namespace, service: _service, ...labels } = goalLabels(service, goal);
  const where = goal.route ? `${service.name} ${goal.route.name}` : service.name;
  const [wrong, name] =
    goal.limit === undefined
      ? (['failed', 'AvailabilityBudgetBurn'] as const)
      : (['were too slow', 'LatencyBudgetBurn'] as const);
  return alert(context, name, subjectOf(service), {
    severity,
    // Both windows: the long one shows that it matters, the short one that it still goes on.
    expr: [
      `${over(long)} > ${threshold}`,
      `${over(short)} > ${threshold}`,
      // One failure in a quiet hour is a large share of nearly nothing.
      `${failures} >= ${objective.minimumFailures}`,
    ].join('\nand\n'),
    labels: { ...labels, long: promDuration(long), short: promDuration(short) },
    summary: `${where}: ${goal.promise}, and the error budget goes at ${factor} times its pace or more`,
    description:
      `{{ $value | humanizePercentage }} of the requests of ${service.namespace}/${where} ${wrong} within ${promDuration(long)}; ` +
      `the objective allows ${tidy(goal.budget * 100)} % over ${inWords(objective.window)}. ` +
      `At ${factor} times that pace the whole budget lasts ${inWords(objective.window / factor)}.`,
    dashboard: 'objective',
  });
}
