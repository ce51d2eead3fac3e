import { Chart, Duration } from 'cdk8s';
import {
  AlertChannel,
  Dashboards,
  GitOpsApp,
  Monitors,
  ObservabilityStack,
  Objective,
  ObservedService,
  Platform,
  RequestSource,
} from 'cdk8s-banking';
import { js } from '../wrong-input';
import { type Targets, serviceWith, time } from './shared';

const LATENCIES = { p50: time, p75: time, p90: time, p95: time, p99: time, p999: time };
const OBJECTIVE = {
  availability: 99.9,
  ...LATENCIES,
  window: Duration.days(14),
  minimumFailures: 7,
  measuredBy: RequestSource.springBoot(),
  routes: { 'POST /a/{id}': { availability: 99, p95: time } },
};
const NAMES = {
  name: 'quotes',
  namespace: 'markets',
  deployments: ['quotes'],
  services: ['quotes'],
  autoscalers: ['quotes'],
  disruptionBudgets: ['quotes'],
  canary: 'quotes',
  podLabels: { 'example.com/service': 'quotes' },
  takesRequests: true,
  strictMtls: true,
  reportsEjections: true,
  objective: { availability: 99.9, p95: time },
};
const pager = AlertChannel.pagerDuty({ name: 'on-call', routingKey: { secret: 'pagerduty', key: 'routing' } });
const WAITS = { groupWait: time, groupInterval: time, repeatInterval: Duration.days(1) };
const ALERTING = {
  pages: [pager],
  tickets: [pager],
  routes: [{ alerts: ['CrashLooping'], pages: [pager], tickets: [pager], continue: true }],
  ticketHours: { weekdays: ['monday'], from: '07:00', to: '16:00' },
  pageTiming: WAITS,
  ticketTiming: WAITS,
};
const STACK = {
  name: 'retail',
  dashboards: Dashboards.grafanaOperator(),
  monitors: Monitors.annotations(),
  objective: { availability: 99 },
  runbooks: 'https://git.example.com/runbooks',
  grafana: 'https://grafana.example.com',
  severities: { page: 'critical', ticket: 'warning' },
  alerting: ALERTING,
  certificates: ['istio-ingress'],
  backups: [{ schedule: 'daily', maxAge: Duration.hours(26) }],
};

const MONITORS = { interval: Duration.seconds(15), scrapeTimeout: Duration.seconds(7), sampleLimit: 9000, drop: ['jvm_gc_*'] };
const platform = new Platform();
const service = serviceWith(new Chart(new GitOpsApp(), 'observed'), {});
const isMap = (props: unknown): props is object => typeof props === 'object' && props !== null && !Array.isArray(props);

/** What is promised and what is watched, with props that are right. */
export const OBSERVABILITY: Targets = {
  'Objective.of': [OBJECTIVE, (props) => Objective.of(props)],
  'RequestSource.istio': [{ reporter: 'source', buckets: [time] }, (props) => RequestSource.istio(props)],
  'RequestSource.springBoot': [{ buckets: [time] }, (props) => RequestSource.springBoot(props)],
  'RequestSource.openTelemetry': [{ buckets: [time] }, (props) => RequestSource.openTelemetry(props)],
  'Monitors.podMonitors': [MONITORS, (props) => Monitors.podMonitors(props)],
  'Monitors.serviceMonitors': [MONITORS, (props) => Monitors.serviceMonitors(props)],
  'Dashboards.configMaps': [{ folder: 'Retail' }, (props) => Dashboards.configMaps(props)],
  'Dashboards.grafanaOperator': [{ folder: 'Retail' }, (props) => Dashboards.grafanaOperator(props)],
  'ObservedService.of': [NAMES, (props) => ObservedService.of(props)],
  'ObservedService.from': [{ objective: { availability: 99.9 } }, (props) => ObservedService.from(service, props)],
  ObservabilityStack: [
    STACK,
    (props, chart) =>
      new ObservabilityStack(chart, 'stack', js(isMap(props) ? { services: [service], platform, ...(props as object) } : props)),
  ],
  'ObservabilityStack, of services': [
    { services: [service] },
    (props, chart) =>
      new ObservabilityStack(chart, 'stack', js(isMap(props) ? { platform, ...STACK, ...(props as object) } : props)),
  ],
};
