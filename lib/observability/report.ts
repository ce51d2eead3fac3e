import type { AnalysisThresholds } from '../contracts/objective';
import { escapeMarkdown, markdownTable } from '../kube';
import { ALERTS, type AlertName } from './alerts/alert';
import { runbookPage } from './links';
import { type StackModel, observed } from './model';
import { inWords, promDuration, tidy } from './objective/arithmetic';
import type { Objective } from './objective/objective';
import type { CanaryThreshold, ObservedCanary } from './observed-facts';
import { type AlertRule, isAlert } from './rules/rule-group';
import { namespaceRules, serviceRules } from './service-rules';

/** What is promised, what that allows, and when somebody is told; of a canary that goes by it, what stops it as well. */
export function objectiveText({ goals, window, analysis }: Objective, canary?: ObservedCanary): string {
  const rows = goals.map(({ promise, route, budget, burnRates }) => [
    escapeMarkdown(route?.name ?? 'all requests'),
    promise,
    `${tidy(budget * 100)} % in ${inWords(window)}`,
    burnRates
      .map(
        ({ severity, threshold, long, short }) =>
          `${severity} above ${tidy(threshold * 100)} % over ${promDuration(long)} and ${promDuration(short)}`,
      )
      .join('; '),
  ]);
  const derivation = goesBy(analysis, canary?.thresholds ?? []) ? analysis.derivation : [];
  return [
    markdownTable(['of', 'is promised', 'so may fail', 'somebody is told'], rows),
    ...(derivation.length
      ? ['What stops a canary follows from it:', derivation.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n')]
      : []),
  ].join('\n\n');
}

/** Whether a canary is stopped by what follows from an objective: it may as well have numbers of its own. */
function goesBy({ successRate, latencies }: AnalysisThresholds, thresholds: readonly CanaryThreshold[]): boolean {
  const ofLatencies = latencies.map(({ limit }) => limit.toMilliseconds());
  return (
    (successRate === undefined || thresholds.some(({ min }) => min === successRate)) &&
    ofLatencies.every((limit) => thresholds.some(({ max }) => max === limit))
  );
}

/** Every alert of a stack, once. */
export function alertList(model: StackModel): string {
  const rules = [
    ...model.services.flatMap((service) => serviceRules(model.context, observed(model, service))),
    ...model.namespaces.flatMap((namespace) => namespaceRules(model, namespace)),
  ]
    .flatMap((group) => group.rules)
    .filter(isAlert);
  const rows = (Object.keys(ALERTS) as AlertName[]).flatMap((name) => {
    const all = rules.filter((rule) => rule.alert === name);
    return all.length === 0
      ? []
      : [[name, unique(all, (rule) => rule.labels.severity!), ALERTS[name], unique(all, about), runbookPage(name)]];
  });
  return markdownTable(['alert', 'severity', 'says', 'of', 'runbook'], rows);
}

const about = ({ labels }: AlertRule): string => labels.service ?? labels.namespace!;

function unique(rules: readonly AlertRule[], of: (rule: AlertRule) => string): string {
  return [...new Set(rules.map(of))].join(', ');
}
