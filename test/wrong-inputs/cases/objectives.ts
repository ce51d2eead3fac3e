import { Duration } from 'cdk8s';
import {
  ObservabilityStack,
  type ObservabilityStackProps,
  Objective,
  type ObjectiveProps,
  ObservedService,
  type ObservedServiceProps,
  RequestSource,
} from 'cdk8s-banking';
import { type Site, type WrongInput, js, payments, several } from '../wrong-input';

const objective = (props: ObjectiveProps) => () => Objective.of(props);
const observed = (props: Partial<ObservedServiceProps>) => () =>
  ObservedService.of({ name: 'quotes', namespace: 'markets', ...props });
const stack = (props: Partial<ObservabilityStackProps>) => (site: Site) =>
  new ObservabilityStack(site.chart, 'observability', {
    services: [payments(site.chart)],
    objective: { availability: 99.9 },
    ...props,
  });

/** What is promised, by whom it is measured, and what is watched. */
export const objectives: readonly WrongInput[] = [
  {
    kind: 'objective.empty',
    what: 'an objective that promises nothing',
    build: objective({}),
    message: 'objective: promises nothing; give availability, like 99.9, or a percentile, like p95: Duration.millis(200)',
  },
  {
    kind: 'objective.availability',
    what: 'no request may ever fail',
    build: objective({ availability: 100 }),
    message:
      'objective.availability: 100 leaves nothing to fail: every release and every lost packet breaks it; promise at most 99.999',
  },
  {
    kind: 'objective.availability',
    what: 'the availability is a share',
    build: objective({ availability: 0 }),
    message: 'objective.availability: 0 is no percentage that can be kept; write percent, like 99.9, at most 99.999',
  },
  {
    kind: 'objective.availability',
    what: 'more nines than anything can measure',
    build: objective({ availability: 99.99999 }),
    message: 'objective.availability: 99.99999 is no percentage that can be kept; write percent, like 99.9, at most 99.999',
  },
  {
    kind: 'objective.availability',
    what: 'an availability that no outage could break',
    build: objective({ availability: 0.999 }),
    message:
      'objective.availability: availability 0.999 leaves so much to fail that not even failure of every request would page anybody; promise more',
  },
  {
    kind: 'objective.latency',
    what: 'the slowest requests are promised to be the fastest',
    build: objective({ p95: Duration.millis(300), p99: Duration.millis(200) }),
    message:
      'objective.p99: 200 ms is shorter than what fewer requests may take, 300 ms; the limits must rise with the percentile',
  },
  {
    kind: 'objective.latency',
    what: 'a limit of no time',
    build: objective({ p95: Duration.millis(0) }),
    message: 'objective.p95: 0 ms is no time; give the longest that a request may take',
  },
  {
    kind: 'objective.latency',
    what: 'a limit in bare numbers',
    build: objective({ p95: js(200) }),
    message: 'objective.p95: 200 must be a Duration, like Duration.seconds(10)',
  },
  {
    kind: 'objective.latency',
    what: 'a limit beyond the last bucket',
    build: objective({ p99: Duration.seconds(30), measuredBy: RequestSource.openTelemetry() }),
    message:
      "objective.latency-p99: 30 s is beyond the last bucket of OpenTelemetry's durations, 10 s; nothing could tell whether it is kept; give a shorter limit, or more buckets",
  },
  {
    kind: 'objective.window',
    what: 'an objective of one day',
    build: objective({ availability: 99.9, window: Duration.days(1) }),
    message: 'objective.window: 1 d is no window that alerts can be made for; use 7 to 90 whole days',
  },
  {
    kind: 'objective.minimumFailures',
    what: 'an alert without a failure',
    build: objective({ availability: 99.9, minimumFailures: 0 }),
    message: 'objective.minimumFailures: 0 must be a whole number from 1 on',
  },
  {
    kind: 'objective.routes',
    what: 'a promise by route, measured by what has no paths',
    build: objective({ routes: { 'POST /a': { availability: 99 } } }),
    message: "objective.routes: Istio's metrics have no paths; set measuredBy: RequestSource.springBoot() or .openTelemetry()",
  },
  {
    kind: 'objective.routes',
    what: 'a route that is none, and one that promises nothing',
    build: objective({
      routes: { 'post a': { availability: 99 }, '/b/{{x}}': { availability: 99 }, '/c': {} },
      measuredBy: RequestSource.springBoot(),
    }),
    message: several(
      'objective.routes["post a"]: "post a" is no route; write it like "POST /api/v1/payments" or "/api/v1/payments/{id}"',
      'objective.routes["/b/{{x}}"]: "/b/{{x}}" is no route; write it like "POST /api/v1/payments" or "/api/v1/payments/{id}"',
      'objective.routes["/c"]: promises nothing; give availability, p95 or another percentile',
    ),
  },
  {
    kind: 'objective.source',
    what: 'buckets that do not rise',
    build: () => RequestSource.istio({ buckets: [Duration.millis(200), Duration.millis(100)] }),
    message:
      'RequestSource.istio: buckets must be a rising list of durations above zero; write them from the shortest to the longest',
  },
  {
    kind: 'objective.source',
    what: 'a reporter that there is not',
    build: () => RequestSource.istio({ reporter: js('waypoint') }),
    message: 'RequestSource.istio.reporter: "waypoint" must be one of source, destination',
  },
  {
    kind: 'objective.source',
    what: 'a source by its name',
    build: objective({ availability: 99.9, measuredBy: js('istio') }),
    message: 'objective.measuredBy: "istio" must be made with RequestSource.istio(), .springBoot() or .openTelemetry()',
  },
  {
    kind: 'observed.names',
    what: 'a foreign service without a namespace',
    build: observed({ namespace: js(undefined) }),
    message:
      'quotes.namespace: nothing is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'observed.names',
    what: 'a canary that is none of the deployments, and an empty list',
    build: observed({ canary: 'quotes-v2', deployments: ['quotes-v1'], services: [] }),
    message: several(
      'quotes.services: is empty; leave it out, or name what there is',
      'quotes.canary: "quotes-v2" is none of the deployments quotes-v1; name it there too',
    ),
  },
  {
    kind: 'observed.objective',
    what: 'a promise of requests that nobody answers',
    build: observed({ takesRequests: false, objective: { availability: 99 } }),
    message: 'quotes.objective: it answers no requests, so nothing can be promised of them; leave it out',
  },
  {
    kind: 'observed.service',
    what: 'a service by its name',
    build: () => ObservedService.from(js('payments')),
    message: 'ObservedService.from.service: "payments" must be made with new BankingService(chart, id, { … })',
  },
  {
    kind: 'stack.services',
    what: 'a stack that watches nothing',
    build: stack({ services: [] }),
    message: 'observability.services: is empty; name what is watched',
  },
  {
    kind: 'stack.services',
    what: 'a service that is watched twice',
    build: (site) => {
      const service = payments(site.chart);
      const services = [service, ObservedService.from(service)];
      return new ObservabilityStack(site.chart, 'observability', { services, objective: { availability: 99.9 } });
    },
    message: 'observability.services: banking/payments is named twice; watch it once',
  },
  {
    kind: 'stack.objective',
    what: 'a service of which nobody promises anything',
    build: stack({ objective: undefined }),
    message:
      'observability.objective: nothing is promised of banking/payments; give the stack an objective, or ObservedService one for it',
  },
  {
    kind: 'stack.platform',
    what: 'a stack of foreign services that knows no platform',
    build: stack({ services: [ObservedService.of({ name: 'quotes', namespace: 'markets' })] }),
    message: 'observability.platform: is missing, and no service knows its own; give new Platform({ … })',
  },
  {
    kind: 'stack.links',
    what: 'addresses with a query, and without a scheme',
    build: stack({ runbooks: 'https://git.example.com/?path=runbooks', grafana: 'grafana.example.com' }),
    message: several(
      'observability.runbooks: "https://git.example.com/?path=runbooks" is no address; write it like "https://grafana.example.com", without a query',
      'observability.grafana: "grafana.example.com" is no address; write it like "https://grafana.example.com", without a query',
    ),
  },
  {
    kind: 'stack.severities',
    what: 'one word for what wakes people and what does not',
    build: stack({ severities: { page: 'critical', ticket: 'critical' } }),
    message: 'observability.severities: "critical" is the word for both; Alertmanager could not tell whom to wake',
  },
  {
    kind: 'stack.severities',
    what: 'a severity with spaces',
    build: stack({ severities: { page: 'wake me up' } }),
    message: 'observability.severities.page: "wake me up" is no severity; write a word in lower case, like "critical"',
  },
  {
    kind: 'stack.backups',
    what: 'a backup that is too old after a minute',
    build: stack({ backups: [{ schedule: 'daily', maxAge: Duration.minutes(1) }] }),
    message: 'observability.backups[0].maxAge: 60 s is no age of a backup; give an hour or more',
  },
];
