import { createHash } from 'node:crypto';
import { show } from '../kernel/errors';
import { dnsLabel } from '../kernel/names';

/** Where a human who is told of an alert reads on. */
export interface Links {
  /** Address of the folder of the runbooks; that of an alert is `<runbooks>/<alert>.md`. */
  readonly runbooks?: string;
  /** Address of Grafana. */
  readonly grafana?: string;
  /** Name of the stack, which its dashboards are called by. @default - there are none */
  readonly stack?: string;
}

/** The dashboards of every stack. */
export const DASHBOARDS = ['service', 'release', 'mesh', 'objective', 'fleet'] as const;

export type Dashboard = (typeof DASHBOARDS)[number];

/**
 * Identifier of a dashboard, the same in every Grafana: `banking-service`. Grafana takes 40 characters at most.
 * https://github.com/grafana/grafana/blob/main/pkg/util/shortid_generator.go (MaxUIDLength)
 * @param stack name of the stack
 */
export function dashboardUid(stack: string, dashboard: Dashboard): string {
  return `${stack}-${dashboard}`;
}

/** The longest name of a stack. */
const MAX_STACK_NAME = 40 - '-objective'.length;

/** The name of a stack: its own, or that of its first namespace, which is cut where it is too long. @throws RangeError */
export function resolveStackName(name: string | undefined, namespace: string): string {
  if (name !== undefined) return dnsLabel(name, MAX_STACK_NAME);
  if (namespace.length <= MAX_STACK_NAME) return namespace;
  const hash = createHash('sha256').update(namespace).digest('hex').slice(0, 8);
  return `${namespace.slice(0, MAX_STACK_NAME - hash.length - 1)}-${hash}`;
}

/** `AvailabilityBudgetBurn` is explained in `availability-budget-burn.md`. */
export function runbookPage(alert: string): string {
  return `${alert.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}.md`;
}

export function runbookUrl({ runbooks }: Links, alert: string): string | undefined {
  return runbooks && `${runbooks}/${runbookPage(alert)}`;
}

/** A dashboard with its variables set. */
export function dashboardUrl(
  { grafana, stack }: Links,
  dashboard: Dashboard,
  variables: Readonly<Record<string, string>>,
): string | undefined {
  const query = Object.entries(variables).map(([key, value]) => `var-${key}=${encodeURIComponent(value)}`);
  if (grafana === undefined || stack === undefined) return undefined;
  return `${grafana}/d/${dashboardUid(stack, dashboard)}${query.length ? `?${query.join('&')}` : ''}`;
}

/** Reads an address to which paths are appended: without a slash at the end. @throws RangeError */
export function baseUrl(text: string): string {
  if (!/^https?:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[A-Za-z0-9._~/@:+-]*)?$/.test(text)) {
    throw new RangeError(`${show(text)} is no address; write it like "https://grafana.example.com", without a query`);
  }
  return text.replace(/\/+$/, '');
}
