import { Chart, Testing } from 'cdk8s';
import { type ICanaryAlert, type ICanaryMetric, type IWebhook } from '../../../lib';
import { type BoundLooks, bindLooks } from '../../../lib/release/flagger/looks';
import type { Thresholds } from '../../../lib/release/flagger/thresholds';
import { CanaryWorld } from '../flagger-extras/world';
import { linesOf } from '../said';

/* What metrics, webhooks and alerts of a user's own make must be what Flagger can use (rule 19); looked at every 60 s. */

const metric = (made: object): ICanaryMetric => ({ validate() {}, bind: () => made as never });
const webhook = (made: object): IWebhook => ({
  ...{ name: 'load', type: 'rollout', timeoutSeconds: 5 },
  validate() {},
  bind: () => made as never,
});
const alert = (made: object): ICanaryAlert => ({ validate() {}, bind: () => made as never });
const UP = { name: 'up', query: 'up', thresholdRange: { min: 1 }, describes: 'it is up' };
const RATE = { name: 'request-success-rate', thresholdRange: { min: 98 }, describes: 'most succeed' };
const LOAD = { name: 'load', type: 'rollout', url: 'http://a.b/', timeoutSeconds: 5 };
const TEAM = { name: 'team', severity: 'warn', providerRef: { name: 'slack' } };

type Given = Partial<Thresholds & { readonly webhooks: readonly IWebhook[]; readonly alerts: readonly ICanaryAlert[] }>;

function bound(given: Given): BoundLooks {
  const { context } = new CanaryWorld();
  const none = { builtIn: {}, assumed: [], metrics: [], derived: [], derivation: [], webhooks: [], alerts: [] };
  return bindLooks(new Chart(Testing.app(), 'looks'), { ...none, ...given }, context, (prop) => prop);
}

const said = (given: Given) => linesOf(() => bound(given));

test('those that follow from an objective are first', () => {
  expect(bound({ metrics: [metric(UP)], derived: [metric({ ...UP, name: 'p95' })], builtIn: { p99: 300 } })).toEqual({
    builtIn: { p99: 300 },
    window: 60,
    metrics: [{ ...UP, name: 'p95' }, UP],
    webhooks: [],
    alerts: [],
  });
});

test('a metric takes the place of a check that nobody asked for', () => {
  const { builtIn } = bound({ metrics: [metric(RATE)], builtIn: { successRate: 99, p99: 500 }, assumed: ['successRate', 'p99'] });
  expect(builtIn).toEqual({ p99: 500 });
});

test.each<[string, Given, string[]]>([
  ['all that is needed', { metrics: [metric(UP)], webhooks: [webhook(LOAD)], alerts: [alert(TEAM)] }, []],
  [
    'nothing',
    { metrics: [metric(undefined as never)] },
    ['metrics: has made nothing, which lacks name, thresholdRange, describes'],
  ],
  [
    'a metric without words',
    { metrics: [metric({ ...UP, describes: undefined })] },
    ['metrics: has made {"name":"up","query":"up","thresholdRange":{"min":1}}, which lacks name, thresholdRange, describes'],
  ],
  [
    'a webhook without a URL',
    { webhooks: [webhook({ name: 'load', type: 'rollout', timeoutSeconds: 5 })] },
    ['webhooks: has made {"name":"load","type":"rollout","timeoutSeconds":5}, which lacks name, type, url, timeoutSeconds'],
  ],
  [
    'a webhook without a time',
    { webhooks: [webhook({ name: 'load', type: 'rollout', url: 'http://a.b/' })] },
    ['webhooks: has made {"name":"load","type":"rollout","url":"http://a.b/"}, which lacks name, type, url, timeoutSeconds'],
  ],
  [
    'an alert for nobody',
    { alerts: [alert({ name: 'team', severity: 'warn' })] },
    ['alerts: has made {"name":"team","severity":"warn"}, which lacks name, severity, providerRef'],
  ],
  [
    'an alert without a severity',
    { alerts: [alert({ name: 'team', providerRef: { name: 'slack' } })] },
    ['alerts: has made {"name":"team","providerRef":{"name":"slack"}}, which lacks name, severity, providerRef'],
  ],
  [
    'an alert without a name',
    { alerts: [alert({ severity: 'warn', providerRef: { name: 'slack' } })] },
    ['alerts: has made {"severity":"warn","providerRef":{"name":"slack"}}, which lacks name, severity, providerRef'],
  ],
  [
    'a check that was asked for in two ways',
    { metrics: [metric(RATE)], builtIn: { successRate: 99 } },
    ['metrics: request-success-rate is among the metrics, and successRate or the objective says it too; keep one'],
  ],
  [
    'two metrics of one name',
    { metrics: [metric(UP), metric(UP)] },
    ['metrics: two are called "up"; Flagger\'s own metrics tell them apart by name'],
  ],
  [
    'neither a query nor a template',
    { metrics: [metric({ ...UP, query: undefined })] },
    ['metrics: "up" needs exactly one of a query and a template'],
  ],
  [
    'a query and a template',
    { metrics: [metric({ ...UP, templateRef: { name: 'up' } })] },
    ['metrics: "up" needs exactly one of a query and a template'],
  ],
  [
    'a query for what Flagger measures',
    { metrics: [metric({ ...RATE, query: 'up' })] },
    ['metrics: "request-success-rate" is measured by Flagger itself, and takes neither a query nor a template'],
  ],
  ['as far back as the last look', { metrics: [metric({ ...UP, intervalSeconds: 60 })] }, []],
  [
    'a second further',
    { metrics: [metric({ ...UP, intervalSeconds: 61 })] },
    ['metrics: "up" looks back 61 s, longer than the 60 s of a step, so that the step before is judged too'],
  ],
  ['at most', { metrics: [metric({ ...UP, thresholdRange: { max: 0 } })] }, []],
  [
    'no bound',
    { metrics: [metric({ ...UP, thresholdRange: {} })] },
    ['metrics: "up" has neither a least nor a largest value, so that it would let everything pass; give one'],
  ],
])('%s', (_what, given, problems) => {
  expect(said(given)).toEqual(problems.map((one) => `teller.${one}`));
});
