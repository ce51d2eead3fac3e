import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ALERTS, type AlertName } from '../../lib';
import { baseUrl, dashboardUrl, runbookPage } from '../../lib/observability/links';
import type { Json } from '../banking-service/world';
import { ROOT } from '../repo/paths';
import { CASES } from './promtool/cases';
import { ruleGroups } from './promtool/world';

const RUNBOOKS = join(ROOT, 'docs', 'runbooks');
const names = Object.keys(ALERTS) as AlertName[];
const alerts = ruleGroups()
  .flatMap((group) => group.rules as Json[])
  .filter((rule) => rule.alert);

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
      expect(annotations.dashboard_url).toMatch(/^https:\/\/grafana\.example\.com\/d\/banking-[a-z]+\?var-namespace=[a-z]+/);
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

describe('O2: exact queries', () => {
  const expr = (name: AlertName, labels: Json = {}): string =>
    alerts.find(
      ({ alert, labels: own }) =>
        alert === name && Object.entries({ service: 'payments', ...labels }).every(([k, v]) => own[k] === v),
    )!.expr;

  test('a budget burns when both windows are above the threshold, and enough requests failed', () => {
    const of = (metric: string) => `${metric}{namespace="banking",service="payments",objective="availability",route=""}`;
    expect(expr('AvailabilityBudgetBurn', { long: '1h' })).toBe(
      `${of('objective:failure_ratio:rate1h')} > 0.0144\nand\n${of('objective:failure_ratio:rate5m')} > 0.0144\nand\n` +
        `sum_over_time(${of('objective:failures:rate2m')}[1h]) * 30 >= 10`,
    );
    expect(expr('AvailabilityBudgetBurn', { long: '3d' })).toBe(
      `${of('objective:failure_ratio:rate3d')} > 0.001\nand\n${of('objective:failure_ratio:rate6h')} > 0.001\nand\n` +
        `sum_over_time(${of('objective:failures:rate2m')}[3d:2m]) * 120 >= 10`,
    );
  });

  test('a spike is told of at the number that stops a canary', () => {
    expect(expr('ErrorSpike')).toContain(
      'objective:failure_ratio:rate2m{namespace="banking",service="payments",objective="availability",route=""} > 0.0144\n',
    );
    expect(expr('LatencySpike')).toMatch(
      /^histogram_quantile\(0\.95, sum by \(le\) \(rate\(istio_request_duration_milliseconds_bucket\{.*\) > 200\n/,
    );
  });

  test('objects in the words of controllers whose monitors honour labels, and of those that do not', () => {
    expect(expr('CanaryFailed')).toBe(
      'max((flagger_canary_status{exported_namespace="banking",name="payments"} or ' +
        'flagger_canary_status{exported_namespace="",namespace="banking",name="payments"})) == 2',
    );
  });

  test('a quota of a thing that is forbidden is not used up', () => {
    expect(expr('QuotaNearlyUsed', { service: undefined, namespace: 'markets' })).toBe(
      'max by (resourcequota, resource) (kube_resourcequota{namespace="markets",type="used"})\n/\n' +
        '(max by (resourcequota, resource) (kube_resourcequota{namespace="markets",type="hard"}) > 0)\n> 0.9',
    );
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

test('addresses', () => {
  expect(runbookPage('CpuThrottled')).toBe('cpu-throttled.md');
  expect(baseUrl('https://a.example.com:8443/x/')).toBe('https://a.example.com:8443/x');
  expect(() => baseUrl('https://a.example.com/?x=1')).toThrow('is no address');
  const links = { grafana: 'https://g.example.com', stack: 'retail' };
  expect(dashboardUrl(links, 'fleet', {})).toBe('https://g.example.com/d/retail-fleet');
  expect(dashboardUrl(links, 'service', { service: 'a b' })).toBe('https://g.example.com/d/retail-service?var-service=a%20b');
  expect(dashboardUrl({ stack: 'retail' }, 'fleet', {})).toBeUndefined();
  expect(dashboardUrl({ grafana: 'https://g.example.com' }, 'fleet', {})).toBeUndefined();
});
