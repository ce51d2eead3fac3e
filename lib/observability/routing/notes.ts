import { type AlertmanagerChannel, receiverSecrets } from '../../alerting/alertmanager-receiver';
import { uniqueBy } from '../../kernel/order';
import type { StackModel } from '../model';
import type { RoutingModel } from './model';

/** What Alertmanager and its operator must have for the routes to work, a sentence each. */
export function routingPrerequisites(model: StackModel, routing: RoutingModel): string[] {
  const labels = Object.entries(model.platform.alertmanager.discoveryLabels).map(([key, value]) => `${key}=${value}`);
  const teams = channelsOf(routing).some(({ kind }) => kind === 'msTeams');
  const discord = channelsOf(routing).some((channel) => channel.kind === 'discord' && channel.username !== undefined);
  return [
    `Alertmanager is run by the Prometheus operator and selects AlertmanagerConfigs by ${labels.join(',')} in ${inNamespaces(model.namespaces)} (alertmanagerConfigSelector, alertmanagerConfigNamespaceSelector).`,
    ...(teams || discord
      ? [
          `Alertmanager is 0.28 or newer: it sends to ${teams ? "Teams' workflows" : 'Discord under a name of its own'} since then.`,
        ]
      : []),
    ...(teams ? ['The address of the Teams channel is that of a workflow, which takes Adaptive Cards.'] : []),
    ...model.namespaces.flatMap((namespace) =>
      uniqueBy(channelsIn(routing, namespace).flatMap(receiverSecrets), ({ secret, key }) => `${secret}/${key}`).map(
        ({ secret, key, what }) => `Secret ${secret} in namespace ${namespace} holds, under ${key}, ${what}, for Alertmanager.`,
      ),
    ),
  ];
}

function inNamespaces(names: readonly string[]): string {
  return names.length === 1 ? `namespace ${names[0]}` : `namespaces ${names.join(', ')}`;
}

function channelsOf(routing: RoutingModel): AlertmanagerChannel[] {
  return [routing, ...routing.routes].flatMap(({ pages = [], tickets = [] }) => [...pages, ...tickets]);
}

function channelsIn(routing: RoutingModel, namespace: string): AlertmanagerChannel[] {
  const routes = routing.routes.filter(({ services }) => services?.some((one) => one.namespace === namespace) ?? true);
  return channelsOf({ ...routing, routes });
}
