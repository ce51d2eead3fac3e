import { show } from '../kernel/errors';

/** Where a human who is told of an alert reads on. */
export interface Links {
  /** Address of the folder of the runbooks; that of an alert is `<runbooks>/<alert>.md`. */
  readonly runbooks?: string;
  /** Address of Grafana. */
  readonly grafana?: string;
}

/** Identifiers of the dashboards, the same in every Grafana. */
export const DASHBOARDS = {
  service: 'banking-service',
  release: 'banking-release',
  mesh: 'banking-mesh',
  objective: 'banking-objective',
  fleet: 'banking-fleet',
} as const;

export type Dashboard = keyof typeof DASHBOARDS;

/** `AvailabilityBudgetBurn` is explained in `availability-budget-burn.md`. */
export function runbookPage(alert: string): string {
  return `${alert.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}.md`;
}

export function runbookUrl({ runbooks }: Links, alert: string): string | undefined {
  return runbooks && `${runbooks}/${runbookPage(alert)}`;
}

/** A dashboard with its variables set. */
export function dashboardUrl(
  { grafana }: Links,
  dashboard: Dashboard,
  variables: Readonly<Record<string, string>>,
): string | undefined {
  const query = Object.entries(variables).map(([key, value]) => `var-${key}=${encodeURIComponent(value)}`);
  return grafana && `${grafana}/d/${DASHBOARDS[dashboard]}${query.length ? `?${query.join('&')}` : ''}`;
}

/** Reads an address to which paths are appended: without a slash at the end. @throws RangeError */
export function baseUrl(text: string): string {
  if (typeof text !== 'string' || !/^https?:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[A-Za-z0-9._~/@:+-]*)?$/.test(text)) {
    throw new RangeError(`${show(text)} is no address; write it like "https://grafana.example.com", without a query`);
  }
  return text.replace(/\/+$/, '');
}
