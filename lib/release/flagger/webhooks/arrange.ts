import type { Problems } from '../../../kernel/errors';
import type { IWebhook } from '../contract';

/** A webhook that brings others along, or a gate that opens together with others. */
interface Companionable extends IWebhook {
  readonly companions?: readonly IWebhook[];
  readonly opensWith?: string;
}

/**
 * The webhooks of a canary with those that belong to them: what closes a gate again, and what starts a load test before the
 * first check. They stand behind the others, so that tests which the user gave are run first.
 */
export function arranged(webhooks: readonly IWebhook[]): readonly IWebhook[] {
  const companions = webhooks.flatMap((one: Companionable) => one.companions ?? []);
  const known = new Set(webhooks.map(({ name }) => name));
  // Gates that share a place are closed once.
  const own = companions.filter(({ name }) => !known.has(name) && known.add(name));
  return [...webhooks, ...own];
}

/**
 * Adds what is wrong with gates that are never asked, and with gates that open together: the load tester knows one gate a canary,
 * whatever the hook. https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/loadtester/server.go (/gate/check)
 *
 * @param steps whether requests move by weights; no other release asks before it moves them:
 *   https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/scheduler.go (advanceCanary)
 */
export function gateProblems(webhooks: readonly IWebhook[], steps: boolean, problems: Problems, part: string): void {
  const idle = webhooks.find(({ type }) => type === 'confirm-traffic-increase');
  problems.check(
    steps || !idle,
    () =>
      `${idle!.name} waits before each step of the weights, and there are none here, so that nobody would be asked; use a confirm-promotion gate`,
    part,
  );
  const gates: Companionable[] = webhooks.filter((one: Companionable) => one.opensWith !== undefined);
  const increase = gates.find(({ type }) => type === 'confirm-traffic-increase');
  const promotion = gates.find(({ type, opensWith }) => type === 'confirm-promotion' && opensWith === increase?.opensWith);
  if (!increase || !promotion) return;
  problems.add(
    `${increase.name} and ${promotion.name} are one gate to the load tester, so that who lets more requests in also promotes; ` +
      `leave ${promotion.name} out, since ${increase.name} is asked before the promotion too, or give one of them { approved }`,
    part,
  );
}
