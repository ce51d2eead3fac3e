import { promDuration, tidy } from '../objective/arithmetic';
import { BURN_WINDOWS } from '../objective/burn-rates';
import type { Goal } from '../objective/goals';
import type { Objective } from '../objective/objective';
import type { ObservedModel } from '../observed-model';
import {
  LONG_INTERVAL,
  RATE_WINDOW,
  RECORDED,
  SHORT_INTERVAL,
  failureRatio,
  goalLabels,
  isLong,
  recorded,
  sumOver,
} from './recorded';
import { goalRates } from './request-rates';
import type { RecordingRule, RuleGroup } from './rule-group';

/** What is recorded of a service's objective: rates, and the share that breaks each goal over each window of an alert. */
export function objectiveRules(service: ObservedModel, objective: Objective): RuleGroup[] {
  const windows = [...new Set([RATE_WINDOW, ...BURN_WINDOWS, objective.window])];
  const groups: [string, number, (goal: Goal) => RecordingRule[]][] = [
    [
      'objective',
      SHORT_INTERVAL,
      (goal) => [
        ...rates(service, objective, goal),
        ...ratios(
          service,
          goal,
          windows.filter((one) => !isLong(one)),
        ),
      ],
    ],
    [
      'objective.days',
      LONG_INTERVAL,
      (goal) => [...ratios(service, goal, windows.filter(isLong)), budgetLeft(service, objective, goal)],
    ],
  ];
  return groups.map(([name, interval, rules]) => ({
    name: `${service.namespace}.${service.name}.${name}`,
    interval: promDuration(interval),
    rules: objective.goals.flatMap(rules),
  }));
}

function rates(service: ObservedModel, { measuredBy }: Objective, goal: Goal): RecordingRule[] {
  const { requests, failures } = goalRates(measuredBy.metrics, service, goal);
  const labels = goalLabels(service, goal);
  return [
    { record: RECORDED.requests, expr: requests, labels },
    { record: RECORDED.failures, expr: failures, labels },
    { record: RECORDED.target, expr: `vector(${tidy(1 - goal.budget)})`, labels },
  ];
}

/** Without requests there is no share, and nothing is recorded: no traffic is not perfect traffic. */
function ratios(service: ObservedModel, goal: Goal, windows: readonly number[]): RecordingRule[] {
  const requests = recorded(RECORDED.requests, service, goal);
  const failures = recorded(RECORDED.failures, service, goal);
  return windows.map((window) => ({
    record: failureRatio(window),
    expr:
      window === RATE_WINDOW
        ? `${failures}\n/\n(${requests} > 0)`
        : `${sumOver(failures, window)}\n/\n(${sumOver(requests, window)} > 0)`,
    labels: goalLabels(service, goal),
  }));
}

function budgetLeft(service: ObservedModel, objective: Objective, goal: Goal): RecordingRule {
  const ratio = recorded(failureRatio(objective.window), service, goal);
  return { record: RECORDED.budgetLeft, expr: `1 - ${ratio} / ${goal.budget}`, labels: goalLabels(service, goal) };
}
