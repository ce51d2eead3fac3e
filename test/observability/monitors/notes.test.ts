import { Duration } from 'cdk8s';
import { Health, Monitors, ObservabilityStack, ObservedService, Platform, RequestSource } from '../../../lib';
import { World } from '../../banking-service/world';
import { notesOn } from '../../../lib/kube';
import { resolveStack } from '../../../lib/observability/model';
import { monitorPrerequisites } from '../../../lib/observability/monitors/notes';
import { PROMISE } from './world';

/** What must be true for the pods of these services to be seen; all of it is noted. */
function said(monitors?: Monitors, ...more: ObservedService[]): string[] {
  const world = new World();
  const teller = world.service('teller', { health: Health.springBootActuator() });
  const vault = world.service('safe');
  const stack = new ObservabilityStack(world.chart, 'stack', {
    services: [teller, vault, ...more],
    objective: PROMISE,
    monitors,
  });
  const noted = notesOn(stack).map(({ text }) => text);
  const sentences = monitorPrerequisites(stack.model);
  expect(noted.filter((one) => sentences.includes(one))).toEqual(sentences);
  return sentences;
}

const MERGED =
  'Istio merges the metrics of applications into those of their proxies (meshConfig.enablePrometheusMerge, which is its default).';
const CALLERS =
  'Prometheus scrapes the proxies of the ingress gateway, and of whatever else calls teller, safe and is not watched by this stack: their objectives count what callers see.';

test('by PodMonitors the proxies of what is watched need no further word; gateways and strangers do', () => {
  expect(said()).toEqual([
    'Prometheus and its operator are installed and look for PodMonitors, PrometheusRules and pods in vault.',
    "Nothing else scrapes the pods of teller, safe: a job that reads prometheus.io/scrape, or a monitor of all proxies, as is among Istio's samples, would count every request twice.",
    MERGED,
    CALLERS,
  ]);
});

test('by ServiceMonitors the same', () => {
  expect(said(Monitors.serviceMonitors())[0]).toBe(
    'Prometheus and its operator are installed and look for ServiceMonitors, PrometheusRules and pods in vault.',
  );
});

test('by annotations: which job there must be', () => {
  expect(said(Monitors.annotations())).toEqual([
    'Prometheus has a job for the pods of vault that say prometheus.io/scrape, takes port and path from prometheus.io/port and prometheus.io/path, scrapes every 30 s or oftener, and labels what it finds with namespace and pod.',
    'Nothing else scrapes the pods of teller, safe: a monitor beside that job would count every request twice.',
    MERGED,
    CALLERS,
  ]);
});

test('by nothing of ours: what somebody else must do', () => {
  expect(said(Monitors.none())[0]).toBe(
    'Prometheus scrapes port 15020, path /stats/prometheus, of each pod of teller, safe once, every 30 s or oftener, and labels what it finds with namespace and pod.',
  );
});

test('an application of somebody else must say where it serves metrics, and have a bucket at each limit', () => {
  const quotes = ObservedService.of({
    name: 'quotes',
    namespace: 'markets',
    objective: { p95: Duration.millis(215), measuredBy: RequestSource.springBoot() },
  });
  expect(said(undefined, quotes).slice(2)).toEqual([
    "The pods of quotes have a proxy of Istio's, and let Prometheus in on port 15020.",
    MERGED,
    'The pods of quotes say by prometheus.io/port and prometheus.io/path where the application serves metrics.',
    'The application quotes is configured with management.metrics.distribution.slo.http.server.requests=215ms.',
    CALLERS,
  ]);
});

describe('of services of others alone', () => {
  const sentences = (...services: ObservedService[]) => {
    const props = { services, platform: new Platform(), objective: PROMISE, monitors: Monitors.podMonitors() };
    return monitorPrerequisites(resolveStack('stack', props));
  };
  const one = (name: string, namespace: string, more = {}) => ObservedService.of({ name, namespace, ...more });
  const FINDING = (namespaces: string) =>
    `Prometheus and its operator are installed and look for PodMonitors, PrometheusRules and pods in ${namespaces}.`;
  const OTHERS = (names: string) =>
    `Nothing else scrapes the pods of ${names}: a job that reads prometheus.io/scrape, or a monitor of all proxies, as is among Istio's samples, would count every request twice.`;
  const PROXIES = (names: string) => `The pods of ${names} have a proxy of Istio's, and let Prometheus in on port 15020.`;

  test('what answers no requests is scraped, and nothing is counted of it', () => {
    const database = one('database', 'shop', { takesRequests: false });
    expect(sentences(database)).toEqual([FINDING('shop'), OTHERS('database'), PROXIES('database')]);
  });

  test('those whose proxies count have no callers to be scraped', () => {
    const own = { objective: { ...PROMISE, measuredBy: RequestSource.istio({ reporter: 'destination' }) } };
    expect(sentences(one('quotes', 'markets', own), one('rates', 'shop', own))).toEqual([
      FINDING('markets, shop'),
      OTHERS('quotes, rates'),
      PROXIES('quotes, rates'),
    ]);
  });

  test('an application without a promise of its speed needs no buckets', () => {
    const own = { objective: { availability: 99, measuredBy: RequestSource.springBoot() } };
    const database = one('database', 'markets', { takesRequests: false });
    expect(sentences(one('quotes', 'markets', own), database)).toEqual([
      FINDING('markets'),
      OTHERS('quotes, database'),
      PROXIES('quotes, database'),
      MERGED,
      'The pods of quotes say by prometheus.io/port and prometheus.io/path where the application serves metrics.',
    ]);
  });

  test('a promise of both needs a bucket for each limit, and none for availability', () => {
    const own = {
      objective: {
        availability: 99,
        p95: Duration.millis(215),
        p99: Duration.millis(490),
        measuredBy: RequestSource.springBoot(),
      },
    };
    expect(sentences(one('quotes', 'markets', own)).at(-1)).toBe(
      'The application quotes is configured with management.metrics.distribution.slo.http.server.requests=215ms,490ms.',
    );
  });
});

test('by annotations: in every namespace', () => {
  const rates = ObservedService.of({ name: 'rates', namespace: 'markets' });
  expect(said(Monitors.annotations(), rates)[0]).toMatch(/^Prometheus has a job for the pods of vault, markets that say/);
});

test.each([
  ['prometheus.io/scrape', '0'],
  ['prometheus.istio.io/merge-metrics', 'False'],
])('O1 trap: with %s: %s nobody would ever see the metrics of the application', (key, value) => {
  const world = new World();
  const health = Health.healthz({ metrics: { path: '/metrics' } });
  const podAnnotations = { [key]: value };
  const build = () =>
    new ObservabilityStack(world.chart, 'stack', {
      services: [world.service('teller', key === 'prometheus.io/scrape' ? { podAnnotations } : { health, podAnnotations })],
      objective: { ...PROMISE, measuredBy: RequestSource.openTelemetry() },
    });
  expect(build).toThrow('stack.objective: teller is measured by OpenTelemetry, and its pods say nowhere');
});
