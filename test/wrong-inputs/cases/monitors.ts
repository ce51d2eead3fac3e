import { Duration } from 'cdk8s';
import {
  Health,
  Monitors,
  ObservabilityStack,
  type ObservabilityStackProps,
  ObservedService,
  Platform,
  Release,
  RequestSource,
} from 'cdk8s-banking';
import { type Site, type WrongInput, js, payments, service, several } from '../wrong-input';

type Payments = Parameters<typeof payments>[1];
const stack =
  (props: Partial<ObservabilityStackProps>, of: Payments = {}) =>
  (site: Site) =>
    new ObservabilityStack(site.chart, 'observability', {
      services: [payments(site.chart, of)],
      objective: { availability: 99.9 },
      ...props,
    });
const quotes = (props: object) => (site: Site) =>
  new ObservabilityStack(site.chart, 'observability', {
    services: [ObservedService.of({ name: 'quotes', namespace: 'markets', ...props })],
    objective: { availability: 99.9 },
    platform: new Platform(),
    monitors: Monitors.serviceMonitors(),
  });

/** How Prometheus finds the pods, and what it takes of them. */
export const monitors: readonly WrongInput[] = [
  {
    kind: 'monitors.interval',
    what: 'a scrape a minute, and a timeout that is longer than the interval',
    build: () => Monitors.podMonitors({ interval: Duration.minutes(1), scrapeTimeout: Duration.seconds(70) }),
    message: several(
      'Monitors.podMonitors.interval: 60 s must be a whole number of seconds from 5 to 30: rates are counted over 120 s, which needs four scrapes',
      "Monitors.podMonitors.scrapeTimeout: 70 s must be a whole number of seconds from 1 to 60, the interval; a longer one makes Prometheus' operator refuse the monitor",
    ),
  },
  {
    kind: 'monitors.interval',
    what: 'two and a half scrapes a second',
    build: () => Monitors.serviceMonitors({ interval: Duration.millis(400) }),
    message:
      'Monitors.serviceMonitors.interval: 0.4 s must be a whole number of seconds from 5 to 30: rates are counted over 120 s, which needs four scrapes',
  },
  {
    kind: 'monitors.sampleLimit',
    what: 'a limit that the proxy alone exceeds',
    build: () => Monitors.podMonitors({ sampleLimit: 500 }),
    message:
      'Monitors.podMonitors.sampleLimit: 500 must be a whole number from 1000 on: a proxy alone has that many, and above the limit a whole scrape is lost',
  },
  {
    kind: 'monitors.drop',
    what: 'metrics that rules read, and a regular expression',
    build: () => Monitors.podMonitors({ drop: ['istio_request*_total', 'jvm_(gc|memory).+'] }),
    message: several(
      'Monitors.podMonitors.drop: "istio_request*_total" would drop istio_requests_total, which rules and dashboards read; keep it',
      'Monitors.podMonitors.drop: "jvm_(gc|memory).+" is no name of a metric; write it like "istio_request_bytes_bucket" or "jvm_gc_*"',
    ),
  },
  {
    kind: 'monitors.kind',
    what: 'monitors by their name',
    build: stack({ monitors: js('podMonitors') }),
    message:
      'observability.monitors: "podMonitors" must be made with Monitors.podMonitors(), .serviceMonitors(), .annotations() or .none()',
  },
  {
    kind: 'monitors.services',
    what: 'a ServiceMonitor where two Services lead to the same pods',
    build: quotes({ services: ['quotes', 'prices'] }),
    message:
      'observability.monitors: quotes: several Services lead to it, quotes, prices; a pod that two of them lead to would be scraped twice, and each of its requests counted twice; use Monitors.podMonitors()',
  },
  {
    kind: 'monitors.services',
    what: 'a ServiceMonitor while Flagger takes a Service over',
    build: stack({ monitors: Monitors.serviceMonitors() }, { release: Release.canary({ takeOver: true }) }),
    message:
      'observability.monitors: payments: while Flagger takes it over, Service payments leads to the pods of both tracks and then to those of the primary; a pod that two of them lead to would be scraped twice, and each of its requests counted twice; use Monitors.podMonitors()',
  },
  {
    kind: 'monitors.annotations',
    what: 'scraping by an annotation that says not to',
    build: stack({ monitors: Monitors.annotations() }, { podAnnotations: { 'prometheus.io/scrape': 'false' } }),
    message:
      'observability.monitors: payments: its pods say prometheus.io/scrape or prometheus.istio.io/merge-metrics: "false", so that Istio does not announce their metrics; leave it out',
  },
  {
    kind: 'monitors.application',
    what: 'a promise that is measured by metrics which nobody serves',
    build: stack({ objective: { availability: 99.9, measuredBy: RequestSource.springBoot() } }),
    message:
      'observability.objective: payments is measured by Spring Boot, and its pods say nowhere that the application serves metrics, so that nothing would be counted; ' +
      "give its health metrics: { path: '/metrics' }, or measure it by RequestSource.istio()",
  },
  {
    kind: 'monitors.podLabels',
    what: 'pods without a label',
    build: quotes({ podLabels: {} }),
    message: 'quotes.podLabels: is empty; leave it out, or name what the pods carry',
  },
  {
    kind: 'monitors.podLabels',
    what: 'pods by a label that Flagger rewrites',
    build: quotes({ canary: 'quotes', podLabels: { app: 'quotes', 'a b': 'c' } }),
    message: several(
      'quotes.podLabels: "a b" is not a label key; use [prefix/]name with up to 63 characters',
      'quotes.podLabels: Flagger may write another app on the pods of the primary; name a label that it leaves alone',
    ),
  },
  {
    kind: 'health.metrics',
    what: "metrics on a port of the proxy's",
    build: service({ health: Health.healthz({ metrics: { path: '/metrics', port: 15020 } }) }),
    message: "payments.health.metrics: 15020 is taken by Istio's proxy in every pod; use another port",
  },
  {
    kind: 'health.metrics',
    what: 'metrics at a path with a star, which other presets take too',
    build: service({ health: Health.springBootActuator({ metrics: { path: 'metrics/*' } }) }),
    message: 'payments.health: "metrics/*" must be a plain path that starts with "/", like "/actuator"',
  },
];
