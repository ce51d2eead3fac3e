import { type StackModel, keyOf } from '../model';
import type { Objective } from '../objective/objective';

/** What must be true for Prometheus to get the metrics of the pods, a sentence each. */
export function monitorPrerequisites(model: StackModel): string[] {
  const { services, monitors, namespaces } = model;
  const watched = services.map(({ head }) => ({ ...head, objective: model.objectives.get(keyOf(head)) }));
  const all = names(watched);
  const byCallers = watched.filter(({ objective }) => objective?.measuredBy.metrics.seenBy === 'callers');
  const settings = watched.flatMap(({ name, objective }) => {
    const limits = ({ goals }: Objective) => goals.flatMap(({ limit }) => (limit === undefined ? [] : [limit]));
    const setting = objective?.measuredBy.metrics.setting?.(limits(objective));
    return setting === undefined ? [] : [`The application ${name} is configured with ${setting}.`];
  });
  const foreign = watched.filter(({ scraped }) => scraped.application === undefined);
  const unknown = foreign.filter(({ objective }) => objective?.measuredBy.metrics.seenBy === 'application');
  return [
    ...finding(monitors.kind, all, namespaces),
    ...(foreign.length ? [`The pods of ${names(foreign)} have a proxy of Istio's, and let Prometheus in on port 15020.`] : []),
    ...(watched.some(({ scraped }) => scraped.application) || unknown.length
      ? [
          'Istio merges the metrics of applications into those of their proxies (meshConfig.enablePrometheusMerge, which is its default).',
        ]
      : []),
    ...(unknown.length
      ? [`The pods of ${names(unknown)} say by prometheus.io/port and prometheus.io/path where the application serves metrics.`]
      : []),
    ...settings,
    ...(byCallers.length
      ? [
          `Prometheus scrapes the proxies of the ingress gateway, and of whatever else calls ${names(byCallers)} and is not watched by this stack: ` +
            'their objectives count what callers see.',
        ]
      : []),
  ];
}

/** How the pods are found, and that nobody else finds them too. */
function finding(kind: StackModel['monitors']['kind'], services: string, namespaces: readonly string[]): string[] {
  const twice = (others: string) => `Nothing else scrapes the pods of ${services}: ${others} would count every request twice.`;
  switch (kind) {
    case 'pods':
    case 'services': {
      const objects = kind === 'pods' ? 'PodMonitors' : 'ServiceMonitors';
      return [
        `Prometheus and its operator are installed and look for ${objects}, PrometheusRules and pods in ${namespaces.join(', ')}.`,
        twice("a job that reads prometheus.io/scrape, or a monitor of all proxies, as is among Istio's samples,"),
      ];
    }
    case 'annotations':
      return [
        `Prometheus has a job for the pods of ${namespaces.join(', ')} that say prometheus.io/scrape, takes port and path from prometheus.io/port and ` +
          'prometheus.io/path, scrapes every 30 s or oftener, and labels what it finds with namespace and pod.',
        twice('a monitor beside that job'),
      ];
    case 'none':
      return [
        `Prometheus scrapes port 15020, path /stats/prometheus, of each pod of ${services} once, every 30 s or oftener, and labels what it finds with namespace and pod.`,
      ];
  }
}

const names = (services: readonly { readonly name: string }[]): string => services.map(({ name }) => name).join(', ');
