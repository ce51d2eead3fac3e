/**
 * What messages say, in Alertmanager's templates. https://prometheus.io/docs/alerting/latest/notifications/
 * The labels in them are names of Kubernetes; Slack's three characters are escaped all the same, since the alerts of others may
 * have the same severity.
 */

/** One line, short enough for a telephone: what the first alert that fires says, and how many others there are. */
const titled = (safe: string): string =>
  '{{ $of := .Alerts }}{{ with .Alerts.Firing }}{{ $of = . }}{{ else }}Resolved: {{ end }}' +
  `{{ with index $of 0 }}{{ or .Annotations.summary .Labels.alertname${safe} }}{{ end }}` +
  '{{ if gt (len $of) 1 }} (and {{ len (slice $of 1) }} more){{ end }}';

interface Markup {
  /** A function of a template's value, to what is safe in the message. */
  readonly safe: string;
  readonly bold: readonly [string, string];
  readonly link: (text: string, url: string) => string;
  /** Between lines, and between alerts. */
  readonly newline: string;
}

/** https://api.slack.com/reference/surfaces/formatting#escaping */
const SLACK_SAFE = ' | reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;"';

const PLAIN: Markup = { safe: '', bold: ['', ''], link: (text, url) => `${text}: ${url}`, newline: '\n' };
const SLACK: Markup = { safe: SLACK_SAFE, bold: ['*', '*'], link: (text, url) => `<${url}|${text}>`, newline: '\n' };
const MARKDOWN: Markup = { safe: '', bold: ['**', '**'], link: (text, url) => `[${text}](${url})`, newline: '\n\n' };

/** Every alert of the group: what, how bad, why, and where to read on. */
function alertsIn({ safe, bold, link, newline }: Markup, list: '.Alerts' | '.Alerts.Firing' = '.Alerts'): string {
  const mark = list === '.Alerts' ? '{{ if eq .Status "resolved" }}Resolved: {{ end }}' : '';
  const line = (template: string) => `${template}${newline}`;
  const reference = (annotation: string, text: string) =>
    `{{ with .Annotations.${annotation} }}${line(link(text, `{{ .${safe} }}`))}{{ end }}`;
  return [
    `{{ range ${list} }}`,
    line(`${bold[0]}${mark}{{ .Labels.alertname }}${bold[1]} ({{ .Labels.severity }}): ` + `{{ .Annotations.summary${safe} }}`),
    `{{ with .Annotations.description }}${line(`{{ .${safe} }}`)}{{ end }}`,
    reference('runbook_url', 'Runbook'),
    reference('dashboard_url', 'Dashboard'),
    `${newline === '\n' ? '\n' : ''}{{ end }}`,
  ].join('');
}

export const TITLE = titled('');
export const SLACK_TITLE = titled(SLACK_SAFE);

export const TEXTS = {
  plain: alertsIn(PLAIN),
  slack: alertsIn(SLACK),
  markdown: alertsIn(MARKDOWN),
  /** In the details of an incident. */
  firing: alertsIn(PLAIN, '.Alerts.Firing'),
} as const;

/** A link of the first alert that fires; nothing where it has none, and then there is no link. */
export function firstLink(annotation: 'runbook_url' | 'dashboard_url'): string {
  return `{{ with .Alerts.Firing }}{{ (index . 0).Annotations.${annotation} }}{{ end }}`;
}
