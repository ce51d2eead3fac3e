import { Duration } from 'cdk8s';
import { Health, Monitors, RequestSource } from '../../../lib';
import { foreign, watched } from './world';

/* O1: what a monitor may say, and whom it can find. */

const seconds = (value: number) => Duration.seconds(value);
const of = (props: object) => Monitors.podMonitors(props).model;

describe('a scrape', () => {
  test('comes every 5 to 30 s, takes as long as that at most, and may have a thousand samples', () => {
    expect(of({ interval: seconds(5), scrapeTimeout: seconds(5), sampleLimit: 1000 })).toEqual({
      kind: 'pods',
      interval: 5,
      scrapeTimeout: 5,
      sampleLimit: 1000,
      drop: [],
    });
    expect(of({ interval: seconds(30), scrapeTimeout: seconds(1) })).toMatchObject({ interval: 30, scrapeTimeout: 1 });
  });

  const INTERVAL = 'must be a whole number of seconds from 5 to 30: rates are counted over 120 s, which needs four scrapes';
  const TIMEOUT =
    "must be a whole number of seconds from 1 to 17, the interval; a longer one makes Prometheus' operator refuse the monitor";
  const SAMPLES = 'must be a whole number from 1000 on: a proxy alone has that many, and above the limit a whole scrape is lost';
  test.each([
    ['interval', '4 s', INTERVAL, seconds(4)],
    ['interval', '31 s', INTERVAL, seconds(31)],
    ['interval', '7.5 s', INTERVAL, seconds(7.5)],
    ['interval', '7.5005 s', INTERVAL, Duration.millis(7500.5)],
    ['scrapeTimeout', '0 s', TIMEOUT, seconds(0)],
    ['scrapeTimeout', '18 s', TIMEOUT, seconds(18)],
    ['scrapeTimeout', '1.5 s', TIMEOUT, Duration.millis(1500)],
    ['sampleLimit', '999', SAMPLES, 999],
    ['sampleLimit', '1000.5', SAMPLES, 1000.5],
  ])('%s of %s is refused', (key, shown, must, value) => {
    expect(() => of({ interval: seconds(17), [key]: value })).toThrow(new Error(`Monitors.podMonitors.${key}: ${shown} ${must}`));
  });

  test('that would drop two metrics of rules names both', () => {
    expect(() => of({ drop: ['http_server_requests_seconds_*u*'] })).toThrow(
      new Error(
        'Monitors.podMonitors.drop: "http_server_requests_seconds_*u*" would drop http_server_requests_seconds_bucket, ' +
          'http_server_requests_seconds_count, http_server_requests_seconds_sum, which rules and dashboards read; keep it',
      ),
    );
  });

  test('is the same wherever it is used: nobody can change it', () => {
    const monitors = Monitors.podMonitors();
    expect([monitors, monitors.model].map(Object.isFrozen)).toEqual([true, true]);
  });
});

describe('what one way can not find, another can', () => {
  test('several Services do not matter to a PodMonitor', () => {
    const [monitor] = foreign({ services: ['quotes', 'prices'] }).filter(({ kind }) => kind === 'PodMonitor');
    expect(monitor!.metadata.name).toBe('quotes');
  });

  test('nor do pods that announce nothing; a service of others is taken to announce', () => {
    const podAnnotations = { 'prometheus.io/scrape': 'false' };
    expect(watched({ podAnnotations }).one('PodMonitor').metadata.name).toBe('teller');
    expect(() => foreign({}, Monitors.annotations())).not.toThrow();
  });

  test('a service of others has a Service of its name', () => {
    const [monitor] = foreign({}, Monitors.serviceMonitors()).filter(({ kind }) => kind === 'ServiceMonitor');
    expect(monitor!.spec.endpoints[0].relabelings[0]).toEqual({
      sourceLabels: ['__meta_kubernetes_service_name'],
      action: 'keep',
      regex: 'quotes',
    });
  });
});

describe('a promise that the application counts', () => {
  const objective = { availability: 99, measuredBy: RequestSource.openTelemetry() };
  const build = (props: object, monitors?: Monitors) => () => watched(props, monitors, { objective });

  test('needs pods that say where it serves metrics: by its health, or by an annotation', () => {
    expect(build({})).toThrow('teller is measured by OpenTelemetry, and its pods say nowhere');
    expect(build({ podAnnotations: { 'prometheus.io/port': '9104' } })).not.toThrow();
    expect(build({ health: Health.healthz({ metrics: { path: '/metrics' } }) })).not.toThrow();
  });

  test('is the business of whoever else scrapes the pods', () => {
    expect(build({}, Monitors.none())).not.toThrow();
  });
});
