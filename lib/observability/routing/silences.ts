import type { AlertName } from '../alerts/alert';
import type { Severity } from '../objective/burn-rates';

/** What an alert must be to silence others, or to be silenced. */
export interface SilenceSide {
  readonly severity?: Severity;
  readonly alerts?: readonly AlertName[];
  /** Labels that it must have: labels that both lack are equal to Alertmanager. */
  readonly has?: readonly string[];
}

/** While an alert of the source fires, those of the target are not told of that have the same labels. */
export interface Silence {
  readonly source: SilenceSide;
  readonly target: SilenceSide;
  readonly equal: readonly string[];
}

/** https://prometheus.io/docs/alerting/latest/configuration/#inhibition-related-settings */
export const SILENCES: readonly Silence[] = [
  // Who is woken for an objective needs no ticket of the same. A page about something else silences none.
  {
    source: { severity: 'page', has: ['objective'] },
    target: { severity: 'ticket', has: ['objective'] },
    equal: ['namespace', 'service', 'objective', 'route'],
  },
  // Where no pod is scraped, some are not, and nobody can say whether requests come.
  {
    source: { alerts: ['MetricsAbsent'] },
    target: { alerts: ['TargetsDown', 'TrafficAbsent'] },
    equal: ['namespace', 'service'],
  },
  // A certificate that is about to end is overdue as well; why it is not issued is on the same page.
  {
    source: { severity: 'page', alerts: ['CertificateExpiring'] },
    target: { severity: 'ticket', alerts: ['CertificateExpiring', 'CertificateNotReady'] },
    equal: ['namespace', 'name'],
  },
];
