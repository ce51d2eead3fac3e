import type { Objective } from '../objective/objective';
import type { MonitorsModel } from './monitors';
import type { Scraped } from './scraped';

interface Watched {
  readonly name: string;
  readonly scraped: Scraped;
  readonly objective?: Objective;
}

/** What can't be scraped in this way, a sentence each. */
export function monitorProblems({ kind }: MonitorsModel, services: readonly Watched[]): string[] {
  return services.flatMap(({ name, scraped: { noServices, unannounced } }) => [
    ...(kind === 'services' && noServices !== undefined ? [`${name}: ${noServices}; use Monitors.podMonitors()`] : []),
    ...(kind === 'annotations' && unannounced
      ? [
          `${name}: its pods say prometheus.io/scrape or prometheus.istio.io/merge-metrics: "false", so that Istio does not announce their metrics; leave it out`,
        ]
      : []),
  ]);
}

/** Promises whose measure nobody would ever see, a sentence each. */
export function blindObjectives({ kind }: MonitorsModel, services: readonly Watched[]): string[] {
  return services.flatMap(({ name, scraped, objective }) => {
    const source = objective?.measuredBy.metrics;
    if (source?.seenBy !== 'application' || scraped.application !== false || kind === 'none') return [];
    return [
      `${name} is measured by ${source.name}, and its pods say nowhere that the application serves metrics, so that nothing would be counted; ` +
        "give its health metrics: { path: '/metrics' }, or measure it by RequestSource.istio()",
    ];
  });
}
