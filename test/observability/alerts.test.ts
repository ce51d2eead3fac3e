import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ALERTS, type AlertName } from '../../lib';
import { runbookPage } from '../../lib/observability/links';
import type { Json } from '../banking-service/world';
import { ROOT } from '../repo/paths';
import { CASES } from './promtool/cases';
import { ruleGroups } from './promtool/world';

const RUNBOOKS = join(ROOT, 'docs', 'runbooks');
const names = Object.keys(ALERTS) as AlertName[];

/** Where each alert sends its reader. */
const DASHBOARD: Readonly<Record<AlertName, string>> = {
  AvailabilityBudgetBurn: 'objective',
  LatencyBudgetBurn: 'objective',
  ErrorSpike: 'service',
  LatencySpike: 'service',
  ObjectiveBlind: 'objective',
  MetricsAbsent: 'service',
  TargetsDown: 'service',
  TrafficAbsent: 'service',
  CpuThrottled: 'service',
  MemoryNearLimit: 'service',
  AutoscalerAtMaximum: 'service',
  ConnectionPoolOverflow: 'mesh',
  HostsEjected: 'mesh',
  CallersCannotConnect: 'mesh',
  CrashLooping: 'service',
  RolloutStuck: 'release',
  DisruptionBudgetExhausted: 'service',
  CanaryFailed: 'release',
  CanaryStuck: 'release',
  PolicyDenials: 'mesh',
  PlainTextAccepted: 'mesh',
  EgressBlocked: 'mesh',
  QuotaNearlyUsed: 'fleet',
  CertificateExpiring: 'fleet',
  CertificateNotReady: 'fleet',
  BackupMissed: 'fleet',
};

let alerts: Json[];
beforeAll(() => {
  alerts = ruleGroups()
    .flatMap((group) => group.rules as Json[])
    .filter((rule) => rule.alert);
});

describe('every alert', () => {
  test('there is one of each name', () => {
    expect([...new Set(alerts.map(({ alert }) => alert as string))].sort()).toEqual([...names].sort());
  });

  test.each(names)('%s tells whom it concerns, what is wrong, and where to read on', (name) => {
    for (const { labels, annotations } of alerts.filter(({ alert }) => alert === name)) {
      expect(['page', 'ticket']).toContain(labels.severity);
      // Alertmanager's routes of a namespace match by this label.
      expect(labels.namespace).toMatch(/^[a-z]+$/);
      expect(annotations.summary).toMatch(/^\S.{10,120}[^.]$/);
      expect(annotations.description).toMatch(/^\S.{40,}\.$/s);
      expect(annotations.runbook_url).toBe(`https://git.example.com/bank/runbooks/${runbookPage(name)}`);
      const { namespace, service } = labels;
      const about = service ? `var-namespace=${namespace}&var-service=${service}` : `var-namespace=${namespace}`;
      expect(annotations.dashboard_url).toBe(`https://grafana.example.com/d/banking-${DASHBOARD[name]}?${about}`);
    }
  });

  test.each(names)('%s names in its texts only labels that its query leaves', (name) => {
    for (const { expr, annotations } of alerts.filter(({ alert }) => alert === name)) {
      const used = [...JSON.stringify(annotations).matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label!);
      const kept = [...(expr as string).matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list]) => list!.split(', '));
      expect(used.filter((label) => !kept.includes(label))).toEqual([]);
    }
  });

  test('nothing wakes anybody but what the objective, or blindness, or an attack calls for', () => {
    const pages = [...new Set(alerts.filter(({ labels }) => labels.severity === 'page').map(({ alert }) => alert as string))];
    expect(pages.sort()).toEqual([
      'AvailabilityBudgetBurn',
      'CertificateExpiring',
      'LatencyBudgetBurn',
      'MetricsAbsent',
      'PlainTextAccepted',
    ]);
  });

  test('a page and the tickets of one objective share the labels by which the page can silence them', () => {
    const burns = alerts.filter(({ alert, labels }) => alert === 'AvailabilityBudgetBurn' && labels.service === 'payments');
    const shared = burns.map(({ labels: { namespace, service, objective } }) => JSON.stringify([namespace, service, objective]));
    expect(new Set(burns.map(({ labels }) => labels.severity)).size).toBe(2);
    expect(new Set(shared).size).toBe(1);
  });
});

describe('runbooks', () => {
  const pages = readdirSync(RUNBOOKS).filter((file) => file !== 'README.md');

  test('there is a page for each alert, and no other', () => {
    expect(pages.sort()).toEqual(names.map(runbookPage).sort());
  });

  test.each(names)('%s: what it means, whom it hurts, where to look, how to mend it, whom to call', (name) => {
    const text = readFileSync(join(RUNBOOKS, runbookPage(name)), 'utf8');
    expect(text.startsWith(`# ${name}\n`)).toBe(true);
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      'What it means',
      'Who is hurt',
      'Look at',
      'Mend',
      'Escalate',
    ]);
  });

  test('the list says of each what the alert says', () => {
    const text = readFileSync(join(RUNBOOKS, 'README.md'), 'utf8');
    for (const name of names) expect(text).toContain(`| [${name}](${runbookPage(name)}) | ${ALERTS[name]} |`);
  });
});

describe('the cases for promtool', () => {
  test.each(names)('%s fires in one, resolves or stays silent in another, and is named right', (name) => {
    const own = CASES.filter(({ alert }) => alert === name);
    expect(own.some(({ expect: all }) => all.some(({ firing }) => firing > 0))).toBe(true);
    expect(own.some(({ expect: all }) => all.every(({ firing }) => firing === 0))).toBe(true);
    const ends = own.some(({ expect: all }) =>
      all.some(({ firing }, i) => firing === 0 && all.slice(0, i).some((before) => before.firing > 0)),
    );
    expect(ends).toBe(true);
    expect(new Set(own.map(({ what }) => what)).size).toBe(own.length);
  });
});
