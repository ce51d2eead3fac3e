import { dashboardPrerequisites } from './dashboards/notes';
import { inWords, latencyInWords } from './objective/arithmetic';
import type { Goal } from './objective/goals';
import type { Objective } from './objective/objective';
import { canaryWarnings } from './canary-warnings';
import { type StackModel, keyOf, observed } from './model';
import { monitorPrerequisites } from './monitors/notes';
import { sharesBelow } from './rules/request-rates';

/** What must be true for the rules to see anything, a sentence each. */
export function stackPrerequisites(model: StackModel): string[] {
  const { services, backups } = model;
  const longest = Math.max(0, ...[...model.objectives.values()].map(({ window }) => window));
  const controllers = [
    ...(services.some(({ head }) => head.isCanary) ? ['Flagger'] : []),
    'cert-manager',
    ...(backups.length ? ['Velero'] : []),
  ];
  return [
    ...monitorPrerequisites(model),
    ...dashboardPrerequisites(model),
    'Prometheus scrapes kube-state-metrics and the kubelets, and keeps the labels that they set (honorLabels).',
    `Prometheus scrapes ${controllers.join(', ')}.`,
    ...(longest > 0
      ? [`Prometheus keeps what it records for ${inWords(longest)} or longer, the window of the error budgets.`]
      : []),
  ];
}

/** What is allowed but unwise, a sentence each. */
export function stackWarnings(model: StackModel): string[] {
  const { links } = model.context;
  return [
    ...[...new Set(model.objectives.values())].flatMap((objective) => {
      const services = [...model.objectives].filter(([, one]) => one === objective).map(([service]) => service);
      return objective.goals.flatMap((goal) => goalWarnings(services.join(', '), objective, goal));
    }),
    ...model.services.flatMap((service) => {
      const { canary, objective, streams } = observed(model, service);
      const called = keyOf(service.head);
      return [
        ...(objective && streams ? streamWarnings(called, objective) : []),
        ...(objective && canary?.thresholds ? canaryWarnings(called, objective, canary.thresholds) : []),
      ];
    }),
    ...(links.runbooks === undefined ? ['Alerts name no runbook; give the ObservabilityStack the address of the runbooks'] : []),
  ];
}

/** Of routes, the service itself tells how long they took. */
function streamWarnings(service: string, { goals }: Objective): string[] {
  return goals
    .filter(({ limit, route }) => limit !== undefined && route === undefined)
    .map(
      ({ promise }) =>
        `${service}: ${promise}: its streams count with all the time that they last; promise it for the other routes, measuredBy ` +
        'RequestSource.springBoot() or .openTelemetry()',
    );
}

function goalWarnings(services: string, { measuredBy }: Objective, goal: Goal): string[] {
  const where = goal.route ? `${services}: ${goal.route.name}` : services;
  const warnings = goal.missingAlerts.map((why) => `${where}: ${goal.promise}: ${why}`);
  if (goal.limit === undefined) return warnings;
  const shares = sharesBelow(measuredBy.metrics, goal.limit);
  if (shares[0]!.share === 1) return warnings;
  const { millisecond, name } = measuredBy.metrics;
  // Below the first bucket there is no time at all.
  const neighbours = [0, ...shares.map(({ bound }) => bound / millisecond)].slice(-2).map(latencyInWords).join(' and ');
  return [
    ...warnings,
    `${where}: ${goal.promise}: no bucket of ${name}'s durations ends at ${latencyInWords(goal.limit)}, so that the share is estimated ` +
      `between its neighbours, ${neighbours}; the guide to objectives says how to add one`,
  ];
}
