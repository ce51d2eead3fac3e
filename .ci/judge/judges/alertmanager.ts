import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../command';
import { goProgram } from '../install';
import type { Court, Finding, Judge } from '../model';
import { ROOT } from '../paths';
import { type KubeObject, type System, describeObject, ofKind } from '../systems';

const FOLDER = join(ROOT, '.ci', 'alertmanager');
const VERSION = /prometheus\/alertmanager v([\d.]+)/.exec(readFileSync(join(FOLDER, 'go.mod'), 'utf8'))![1]!;

type Texts = Readonly<Record<string, string>>;

interface Alert {
  readonly labels: Texts;
  readonly annotations: Texts;
}

/** What .ci/alertmanager answers. */
interface Answer {
  readonly cases: readonly {
    readonly alerts: readonly { readonly receivers: readonly string[]; readonly silenced: boolean }[];
    readonly messages: readonly { readonly receiver: string; readonly kind: string; readonly texts: Texts }[];
  }[];
}

/** Something that fires together, and what must become of it. */
interface Case {
  readonly says: string;
  readonly alerts: readonly Alert[];
  judge(answer: Answer['cases'][number]): string[];
}

/** The Prometheus operator's own code, and Alertmanager's: see .ci/alertmanager. */
export const alertmanager: Judge = {
  name: 'alertmanager',
  says: 'whom the operator and Alertmanager tell of each alert, what they silence, and what the messages say',
  unit: 'cases of alerts',
  tools: [goProgram('alertmanager', VERSION, FOLDER)],
  reads: (systems) => systems.flatMap((system) => ofKind(system, 'AlertmanagerConfig')).length,
  run({ bin, systems }: Court) {
    let read = 0;
    const findings = systems.flatMap((system) =>
      ofKind(system, 'AlertmanagerConfig').flatMap((config): Finding[] => {
        const finding = (rule: string, message: string): Finding => ({
          system: system.name,
          object: describeObject(config),
          rule,
          level: 'error',
          message,
        });
        const cases = casesOf(system, config);
        read += cases.length;
        const { status, stdout, stderr } = command(bin('alertmanager'), [], {
          input: JSON.stringify({
            version: VERSION,
            strategy: 'OnNamespace',
            configs: ofKind(system, 'AlertmanagerConfig'),
            secrets: secretsOf(ofKind(system, 'AlertmanagerConfig')),
            // A Wednesday at noon, when tickets are read.
            cases: cases.map(({ alerts }) => ({ at: '2026-07-01T12:00:00Z', alerts })),
          }),
          answers: [0, 1],
        });
        if (status !== 0) return [finding('refused', stderr.trim())];
        const answer = JSON.parse(stdout) as Answer;
        return cases.flatMap((one, i) => one.judge(answer.cases[i]!).map((what) => finding(one.says, what)));
      }),
    );
    return { read, findings };
  },
};

/** Secrets that hold something under every key that is named, an address where an address is due. */
function secretsOf(configs: readonly KubeObject[]): unknown[] {
  const secrets = new Map<string, { metadata: { name: string; namespace: string }; data: Record<string, string> }>();
  for (const config of configs) {
    const { namespace } = config.metadata;
    for (const { name, key } of places(config.spec)) {
      const secret = secrets.get(`${namespace}/${name}`) ?? { metadata: { name, namespace: namespace! }, data: {} };
      secret.data[key] = Buffer.from('https://example.com/hook').toString('base64');
      secrets.set(`${namespace}/${name}`, secret);
    }
  }
  return [...secrets.values()];
}

/** Every `{ name, key }` below a value: the place of a credential. */
function places(value: unknown): { readonly name: string; readonly key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const { name, key } = value as Record<string, unknown>;
  const own = typeof name === 'string' && typeof key === 'string' ? [{ name, key }] : [];
  return [...own, ...Object.values(value).flatMap(places)];
}

function casesOf(system: System, config: KubeObject): Case[] {
  const { namespace, name } = config.metadata;
  const ours = `${namespace}/${name}/`;
  const rules = ofKind(system, 'PrometheusRule').filter((rule) => rule.metadata.namespace === namespace);
  const alerts = rules.flatMap(alertsOf);
  const isPage = ({ labels }: Alert) => told.page === labels.severity;
  const told = severitiesOf(config);
  const silence = (page: Alert, ticket: Alert, expected: boolean): Case => ({
    says: 'silence',
    alerts: [page, ticket],
    judge: ({ alerts: [first, second] }) => [
      ...(first!.silenced ? [`${nameOf(page)} is silenced`] : []),
      ...(second!.silenced === expected
        ? []
        : [`beside ${nameOf(page)}, ${nameOf(ticket)} is ${expected ? 'not ' : ''}silenced`]),
    ],
  });
  const pages = alerts.filter(isPage);
  const tickets = alerts.filter((one) => !isPage(one));
  return [
    ...alerts.map((alert): Case => ({
      says: 'route',
      alerts: [alert],
      judge: ({ alerts: [said], messages }) => [
        ...(said!.receivers.length > 0 &&
        said!.receivers.every((one) => one.startsWith(`${ours}${isPage(alert) ? 'page' : 'ticket'}-`))
          ? []
          : [`${nameOf(alert)} goes to ${said!.receivers.join(', ') || 'nobody'}`]),
        ...messages.flatMap(({ receiver, kind, texts }) => {
          const text = Object.values(texts).join('\n').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
          return Object.entries(alert.annotations)
            .filter(([, value]) => !text.includes(value))
            .map(([key]) => `${nameOf(alert)}: ${receiver} is not told its ${key} by ${kind}`);
        }),
      ],
    })),
    ...[
      { says: 'the alert of another namespace', labels: { ...alerts[0]?.labels, namespace: 'somewhere-else' } },
      { says: 'an alert of another severity', labels: { ...alerts[0]?.labels, severity: 'info' } },
    ].map(({ says, labels }): Case => ({
      says,
      alerts: [{ labels, annotations: {} }],
      judge: ({ alerts: [said] }) =>
        said!.receivers.some((one) => one.startsWith(ours)) ? [`goes to ${said!.receivers.join(', ')}`] : [],
    })),
    ...pages.flatMap((page) => beside(page, tickets).map((ticket) => silence(page, ticket, isSilencedBy(page, ticket)))),
  ];
}

/** The tickets of the same service, and one of another. */
function beside({ labels: { service } }: Alert, tickets: readonly Alert[]): Alert[] {
  const same = tickets.filter(({ labels }) => labels.service === service);
  return [...same, ...tickets.filter(({ labels }) => labels.service !== service).slice(0, 1)];
}

/** What the guide says that pages silence: docs/guides/alert-routing.md. */
function isSilencedBy({ labels: page }: Alert, { labels: ticket }: Alert): boolean {
  const same = (...labels: readonly string[]) => labels.every((label) => page[label] === ticket[label]);
  const name = ticket.alertname!;
  return (
    (page.objective !== undefined && same('namespace', 'service', 'objective', 'route')) ||
    (page.alertname === 'MetricsAbsent' && same('namespace', 'service') && ['TargetsDown', 'TrafficAbsent'].includes(name)) ||
    (page.alertname === 'CertificateExpiring' && ['CertificateExpiring', 'CertificateNotReady'].includes(name))
  );
}

const nameOf = ({ labels }: Alert): string =>
  [labels.alertname, labels.severity, labels.service, labels.objective, labels.long].filter(Boolean).join(' ');

/** The words for the two severities, as the receivers' names tell them. */
function severitiesOf({ spec }: KubeObject): { readonly page?: string } {
  const { route } = spec as { route: { routes: { receiver: string; matchers: { name: string; value: string }[] }[] } };
  const page = route.routes.find(({ receiver }) => receiver.startsWith('page-'));
  return { page: page?.matchers.find(({ name }) => name === 'severity')?.value };
}

/** The alerts of a rule as they would fire; templates in their texts stay as they are, which Alertmanager does not read. */
function alertsOf({ spec }: KubeObject): Alert[] {
  const { groups } = spec as { groups: { rules: { alert?: string; labels?: Texts; annotations?: Texts }[] }[] };
  return groups.flatMap(({ rules }) =>
    rules.flatMap(({ alert, labels, annotations }) =>
      alert ? [{ labels: { ...labels, alertname: alert }, annotations: annotations ?? {} }] : [],
    ),
  );
}
