import type { AlertContext } from './alerts/alert';
import { budgetBurn } from './alerts/budget-burn';
import { connections } from './alerts/connections';
import { backups, certificates, quota } from './alerts/namespace';
import { presence } from './alerts/presence';
import { release } from './alerts/release';
import { saturation } from './alerts/saturation';
import { security } from './alerts/security';
import { spikes } from './alerts/spikes';
import { workload } from './alerts/workload';
import { type StackModel } from './model';
import type { ObservedModel } from './observed-model';
import { objectiveRules } from './rules/objective-rules';
import { partRules } from './rules/part-rules';
import type { AlertRule, RuleGroup } from './rules/rule-group';

/** All rules of one service. */
export function serviceRules(context: AlertContext, service: ObservedModel): RuleGroup[] {
  const { objective } = service;
  const groups: Record<string, readonly AlertRule[]> = {
    budget: objective ? budgetBurn(context, service, objective) : [],
    requests: objective ? spikes(context, service, objective) : [],
    metrics: presence(context, service),
    saturation: saturation(context, service),
    connections: connections(context, service),
    workload: workload(context, service),
    release: release(context, service),
    security: security(context, service),
  };
  const prefix = `${service.namespace}.${service.name}`;
  return [
    ...(objective ? objectiveRules(service, objective) : []),
    // Dashboards find the parts of a service by them; nothing else reads them.
    ...(context.links.stack === undefined ? [] : [{ name: `${prefix}.parts`, interval: '1m', rules: partRules(service) }]),
    ...named(prefix, groups),
  ];
}

/** All rules of a namespace. What belongs to none of them is told to the first. */
export function namespaceRules(stack: StackModel, namespace: string): RuleGroup[] {
  const { context, namespaces } = stack;
  const first = namespaces[0] === namespace;
  const watched = stack.certificates.filter((one) => one === namespace || (first && !namespaces.includes(one)));
  return named(namespace, {
    quota: quota(context, namespace),
    certificates: watched.length ? certificates(context, namespace, watched) : [],
    backups: first ? backups(context, namespace, stack.backups) : [],
  });
}

function named(prefix: string, groups: Readonly<Record<string, readonly AlertRule[]>>): RuleGroup[] {
  return Object.entries(groups)
    .filter(([, rules]) => rules.length > 0)
    .map(([name, rules]) => ({ name: `${prefix}.${name}`, rules }));
}
