import type { Severity } from '../objective/burn-rates';
import { type Dashboard, type Links, dashboardUrl, runbookUrl } from '../links';
import type { ObservedModel } from '../observed-model';
import type { AlertRule } from '../rules/rule-group';

/** Every alert that there is, and what it says, in the order of its runbooks' list. */
export const ALERTS = {
  AvailabilityBudgetBurn: 'Requests fail so often that the error budget will not last',
  LatencyBudgetBurn: 'Requests are slow so often that the error budget will not last',
  ErrorSpike: 'Right now more requests fail than would stop a canary',
  LatencySpike: 'Right now requests are slower than the objective says',
  ObjectiveBlind: 'The service answers requests that its objective does not count',
  MetricsAbsent: 'Nothing is known of the service: none of its pods is scraped',
  TargetsDown: 'Some pods of the service are not scraped',
  TrafficAbsent: 'No requests come at an hour at which they used to come',
  CpuThrottled: 'A container waits for CPU that its limit denies',
  MemoryNearLimit: 'A container is about to be killed for its memory',
  AutoscalerAtMaximum: 'The autoscaler would add pods and may not',
  ConnectionPoolOverflow: 'Callers drop requests since too many are under way',
  HostsEjected: 'The service has stopped sending requests to some pods that it calls',
  CallersCannotConnect: 'A caller does not get through to the service',
  CrashLooping: 'A container ends again and again',
  RolloutStuck: 'A rollout makes no progress',
  DisruptionBudgetExhausted: 'No pod of the service may be evicted, so nodes can not be drained',
  CanaryFailed: 'A release was rolled back, and Git says otherwise',
  CanaryStuck: 'A release takes longer than it can take',
  PolicyDenials: 'The mesh denies requests to the service',
  PlainTextAccepted: 'The service takes requests without mutual TLS',
  EgressBlocked: 'The service calls hosts that nothing declares',
  QuotaNearlyUsed: 'The namespace is about to refuse pods',
  CertificateExpiring: 'A certificate is not renewed as it should be',
  CertificateNotReady: 'A certificate can not be issued',
  BackupMissed: 'The last good backup is too old',
} as const;

export type AlertName = keyof typeof ALERTS;

/** What all alerts of a stack have in common. */
export interface AlertContext {
  readonly links: Links;
  /** The value of the label `severity` for each of ours. */
  readonly severities: Readonly<Record<Severity, string>>;
}

/** What an alert is about. */
export interface Subject {
  /** Always a label, since Alertmanager's routes of a namespace match by it. */
  readonly namespace: string;
  readonly service?: string;
}

export interface AlertProps {
  readonly severity: Severity;
  readonly expr: string;
  /** @default - it alerts at once */
  readonly for?: string;
  /** One line; both texts may have templates of Prometheus in them. */
  readonly summary: string;
  readonly description: string;
  /** Labels beside severity, namespace and service. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default 'service', or 'fleet' where it is about no service */
  readonly dashboard?: Dashboard;
}

export function alert(context: AlertContext, name: AlertName, subject: Subject, props: AlertProps): AlertRule {
  const { namespace, service } = subject;
  const runbook = runbookUrl(context.links, name);
  const dashboard = props.dashboard ?? (service ? 'service' : 'fleet');
  const dashboardLink = dashboardUrl(context.links, dashboard, { namespace, ...(service ? { service } : {}) });
  return {
    alert: name,
    expr: props.expr,
    ...(props.for ? { for: props.for } : {}),
    labels: {
      severity: context.severities[props.severity],
      namespace,
      ...(service ? { service } : {}),
      ...props.labels,
    },
    annotations: {
      summary: props.summary,
      description: props.description,
      ...(runbook ? { runbook_url: runbook } : {}),
      ...(dashboardLink ? { dashboard_url: dashboardLink } : {}),
    },
  };
}

export const subjectOf = ({ name, namespace }: ObservedModel): Subject => ({ namespace, service: name });
