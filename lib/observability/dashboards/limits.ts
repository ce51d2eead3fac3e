import type { StackModel } from '../model';
import { type Goal, fastestPage } from '../objective/goals';

/** The value that all objectives of a stack agree on, where they do: a line in a panel that shows any of them. */
function common(model: StackModel, read: (goal: Goal) => number | undefined, of: (goal: Goal) => boolean): number | undefined {
  const values = [...model.objectives.values()].map(({ goals }) => goals.filter((goal) => !goal.route && of(goal)).map(read)[0]);
  const [first] = values;
  return values.every((one) => one === first) ? first : undefined;
}

/** What a request may take, in milliseconds. @param id of the goal: `latency-p95` */
export function commonLimit(model: StackModel, id: string): number | undefined {
  return common(
    model,
    ({ limit }) => limit,
    (goal) => goal.id === id,
  );
}

/** The share of the requests that may fail in the long run. */
export function commonBudget(model: StackModel): number | undefined {
  return common(
    model,
    ({ budget }) => budget,
    ({ limit }) => limit === undefined,
  );
}

/** The share of the requests that may not fail at any time: it stops a canary, and tells people. */
export function commonSpike(model: StackModel): number | undefined {
  return common(
    model,
    (goal) => fastestPage(goal).threshold,
    ({ limit }) => limit === undefined,
  );
}

/** The windows of the objectives, in seconds, each once. */
export function windowsOf(model: StackModel): number[] {
  return [...new Set([...model.objectives.values()].map(({ window }) => window))].sort((a, b) => a - b);
}
