import type { Construct } from 'constructs';
import { Problems, show } from '../../kernel/errors';
import type {
  CanaryAlert,
  CanaryContext,
  CanaryFacts,
  CanaryMetric,
  CanaryWebhook,
  ICanaryAlert,
  ICanaryMetric,
  IWebhook,
  WebhookType,
} from './contract';
import { BUILT_IN, BUILT_IN_NAMES } from './metrics/names';
import { windowSeconds } from './metrics/window';
import type { At } from './shift';
import type { BuiltInChecks, Thresholds } from './thresholds';

/** Called one after the other with each look, so that together they must be done before the next one. */
const EACH_LOOK: readonly WebhookType[] = ['rollback', 'rollout', 'confirm-traffic-increase'];

/** These wait until somebody agrees. */
export const WAITS_FOR_A_PERSON: readonly WebhookType[] = ['confirm-rollout', 'confirm-traffic-increase', 'confirm-promotion'];

/** What a canary is looked at with. */
export interface Looks {
  readonly metrics: readonly ICanaryMetric[];
  /** Metrics that follow from an objective, or from what the port speaks. */
  readonly derived: readonly ICanaryMetric[];
  readonly webhooks: readonly IWebhook[];
  readonly alerts: readonly ICanaryAlert[];
}

/**
 * The longest that Flagger spends on a webhook: each try may take its timeout, and before the nth further try it waits
 * 2^(n−1) s, never longer than 30 s.
 * https://github.com/hashicorp/go-retryablehttp/blob/v0.7.8/client.go (DefaultBackoff)
 */
export function longestSeconds({ timeoutSeconds, retries = 0 }: Pick<IWebhook, 'timeoutSeconds' | 'retries'>): number {
  // A number of retries that is none is a problem of the webhook's own.
  const tries = Number.isInteger(retries) ? Math.min(10, Math.max(0, retries)) : 0;
  const waits = Array.from({ length: tries }, (_, i) => Math.min(30, 2 ** i));
  return (tries + 1) * timeoutSeconds + waits.reduce((a, b) => a + b, 0);
}

/** Adds what is wrong with them: each on its own, and all together. */
export function lookProblems(
  { metrics, derived, webhooks, alerts }: Looks,
  facts: CanaryFacts,
  problems: Problems,
  at: At,
): void {
  metrics.forEach((one, i) => one.validate(problems, at(`metrics[${i}]`), facts));
  derived.forEach((one) => one.validate(problems, at('objective'), facts));
  webhooks.forEach((one, i) => one.validate(problems, at(`webhooks[${i}]`), facts));
  alerts.forEach((one, i) => one.validate(problems, at(`alerts[${i}]`), facts));
  const twice = webhooks.find(({ name }, i) => webhooks.findIndex((one) => one.name === name) !== i);
  if (twice) problems.add(`two are called ${show(twice.name)}; Flagger's events tell them apart by name`, at('webhooks'));
  const each = webhooks.filter(({ type }) => EACH_LOOK.includes(type));
  const seconds = each.reduce((all, one) => all + longestSeconds(one), 0);
  problems.check(
    seconds < facts.intervalSeconds,
    () =>
      `${each.map((one) => `${one.name} ${longestSeconds(one)} s`).join(' + ')}${each.length > 1 ? ` = ${seconds} s` : ''} may pass with each look, ` +
      `and there is one every ${facts.intervalSeconds} s; shorten their timeouts, or set interval above ${seconds} s`,
    at('webhooks'),
  );
}

/** What a canary is looked at with, as its Canary says it. */
export interface BoundLooks {
  /** Flagger's own checks that nothing took the place of. */
  readonly builtIn: BuiltInChecks;
  /** Seconds that they look back. */
  readonly window: number;
  readonly metrics: readonly CanaryMetric[];
  readonly webhooks: readonly CanaryWebhook[];
  readonly alerts: readonly CanaryAlert[];
}

/** Makes what they need. @throws ConfigError when Flagger could not use what comes of it */
export function bindLooks(scope: Construct, looks: Looks & Thresholds, context: CanaryContext, at: At): BoundLooks {
  const problems = new Problems(context.canary);
  /** What is bound is made by whoever wrote the binding: it may be a user. */
  const bound = <T>(list: readonly { bind(scope: Construct, context: CanaryContext): T }[], prop: string, ...keys: (keyof T)[]) =>
    list
      .map((one) => one.bind(scope, context))
      .filter((one) =>
        problems.check(
          keys.every((key) => (one as T | undefined)?.[key] !== undefined),
          `has made ${show(one)}, which lacks ${keys.join(', ')}`,
          at(prop),
        ),
      );
  const metrics = bound([...looks.derived, ...looks.metrics], 'metrics', 'name', 'thresholdRange', 'describes');
  const webhooks = bound(looks.webhooks, 'webhooks', 'name', 'type', 'url', 'timeoutSeconds');
  const alerts = bound(looks.alerts, 'alerts', 'name', 'severity', 'providerRef');
  problems.throwIfAny();
  const window = windowSeconds(undefined, context.intervalSeconds);
  const builtIn: { -readonly [K in keyof BuiltInChecks]: BuiltInChecks[K] } = { ...looks.builtIn };
  for (const prop of Object.keys(BUILT_IN) as (keyof BuiltInChecks)[]) {
    if (!metrics.some(({ name }) => name === BUILT_IN[prop])) continue;
    problems.check(
      builtIn[prop] === undefined || looks.assumed.includes(prop),
      `${BUILT_IN[prop]} is among the metrics, and ${prop} or the objective says it too; keep one`,
      at('metrics'),
    );
    delete builtIn[prop];
  }
  const names = metrics.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    problems.add(`two are called ${show(twice)}; Flagger's own metrics tell them apart by name`, at('metrics'));
  for (const { name, query, templateRef, intervalSeconds = window, thresholdRange } of metrics) {
    const measured = BUILT_IN_NAMES.includes(name) ? 0 : 1;
    // https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/scheduler_metrics.go: without either, every check fails.
    problems.check(
      [query, templateRef].filter((one) => one !== undefined).length === measured,
      `${show(name)} ${measured ? 'needs exactly one of a query and a template' : 'is measured by Flagger itself, and takes neither a query nor a template'}`,
      at('metrics'),
    );
    problems.check(
      intervalSeconds <= window,
      `${show(name)} looks back ${intervalSeconds} s, longer than the ${window} s of a step, so that the step before is judged too`,
      at('metrics'),
    );
    problems.check(
      thresholdRange.min !== undefined || thresholdRange.max !== undefined,
      `${show(name)} has neither a least nor a largest value, so that it would let everything pass; give one`,
      at('metrics'),
    );
  }
  problems.throwIfAny();
  return { builtIn, window, metrics, webhooks, alerts };
}
