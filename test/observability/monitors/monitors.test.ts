import { Duration } from 'cdk8s';
import { Monitors, Platform, Release } from '../../../lib';
import { SCRAPED_METRICS, dropRegex } from '../../../lib/observability/monitors/drop';
import { KNOWN_METRICS } from '../../../lib/observability/sources/catalogue';
import { CADVISOR } from '../../../lib/observability/sources/cadvisor';
import { CERT_MANAGER } from '../../../lib/observability/sources/cert-manager';
import { FLAGGER } from '../../../lib/observability/sources/flagger';
import { KUBE_STATE_METRICS } from '../../../lib/observability/sources/kube-state-metrics';
import { PROMETHEUS } from '../../../lib/observability/sources/prometheus';
import { VELERO } from '../../../lib/observability/sources/velero';
import type { Json } from '../../banking-service/world';
import { foreign, watched } from './world';

const monitors = (objects: readonly Json[]) => objects.filter(({ kind }) => /Monitor$/.test(kind as string));
const RELABELINGS = [
  { sourceLabels: ['__address__'], regex: '(.+):[0-9]+', targetLabel: '__address__', replacement: '$1:15020' },
  {
    sourceLabels: ['__meta_kubernetes_pod_controller_kind', '__meta_kubernetes_pod_controller_name'],
    regex: 'ReplicaSet;(.+)-[^-]+|[^;]+;(.+)',
    targetLabel: 'workload',
    replacement: '$1$2',
  },
  { action: 'labeldrop', regex: 'container|endpoint' },
];
const POD_TARGET_LABELS = ['service.istio.io/canonical-name', 'service.istio.io/canonical-revision'];

describe('O1: a PodMonitor for each service', () => {
  test('by default, every 30 s, on the stable label, with the label by which the installed Prometheus finds it', () => {
    expect(monitors(watched({}).objects())).toEqual([
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PodMonitor',
        metadata: {
          name: 'teller',
          namespace: 'vault',
          labels: {
            'app.kubernetes.io/managed-by': 'cdk8s-banking',
            'app.kubernetes.io/name': 'teller',
            'app.kubernetes.io/part-of': 'vault',
            release: 'kube-prometheus-stack',
          },
        },
        spec: {
          selector: { matchLabels: { 'banking.workload/name': 'teller' } },
          podTargetLabels: POD_TARGET_LABELS,
          sampleLimit: 50_000,
          podMetricsEndpoints: [
            { port: 'http-envoy-prom', path: '/stats/prometheus', interval: '30s', relabelings: RELABELINGS },
          ],
        },
      },
    ]);
  });

  test('with figures and a discovery label of the user', () => {
    const own = Monitors.podMonitors({
      interval: Duration.seconds(13),
      scrapeTimeout: Duration.seconds(7),
      sampleLimit: 9_100,
      drop: ['istio_request_bytes_bucket', 'jvm_gc_*'],
    });
    const platform = new Platform({ prometheus: { discoveryLabels: { prometheus: 'bank' } } });
    const [monitor] = monitors(watched({}, own, { platform }).objects());
    expect(monitor!.metadata.labels).toMatchObject({ prometheus: 'bank' });
    expect(monitor!.metadata.labels).not.toHaveProperty('release');
    expect(monitor!.spec).toMatchObject({
      sampleLimit: 9_100,
      podMetricsEndpoints: [
        {
          interval: '13s',
          scrapeTimeout: '7s',
          metricRelabelings: [{ action: 'drop', sourceLabels: ['__name__'], regex: 'istio_request_bytes_bucket|jvm_gc_.*' }],
        },
      ],
    });
  });

  test('of a service that this library did not make: by the label that the injector sets, or by one that is named', () => {
    const [monitor] = monitors(foreign({}));
    expect(monitor!.metadata).toMatchObject({ name: 'quotes', namespace: 'markets' });
    expect(monitor!.spec.selector).toEqual({ matchLabels: { 'service.istio.io/canonical-name': 'quotes' } });
    const podLabels = { 'example.com/service': 'quotes', stage: 'prod' };
    expect(monitors(foreign({ podLabels }))[0]!.spec.selector).toEqual({ matchLabels: podLabels });
  });
});

describe('O1: a ServiceMonitor for each service', () => {
  const services = (props: Json) => {
    const [monitor] = monitors(watched(props, Monitors.serviceMonitors({ interval: Duration.seconds(17) })).objects());
    return monitor!;
  };

  test('sees the Services by name, and the proxy behind them', () => {
    const { kind, metadata, spec } = services({});
    expect([kind, metadata.namespace, metadata.name]).toEqual(['ServiceMonitor', 'vault', 'teller']);
    expect(spec).toEqual({
      selector: {},
      podTargetLabels: POD_TARGET_LABELS,
      sampleLimit: 50_000,
      endpoints: [
        {
          targetPort: 'http-envoy-prom',
          path: '/stats/prometheus',
          interval: '17s',
          relabelings: [{ action: 'keep', sourceLabels: ['__meta_kubernetes_service_name'], regex: 'teller' }, ...RELABELINGS],
        },
      ],
    });
  });

  test('O1 trap: under Flagger not the Service that leads to the primary a second time', () => {
    expect(services({ release: Release.canary() }).spec.endpoints[0].relabelings[0].regex).toBe('teller-primary|teller-canary');
    expect(
      monitors(foreign({ canary: 'quotes', services: ['prices'] }, Monitors.serviceMonitors()))[0]!.spec.endpoints[0],
    ).toMatchObject({ relabelings: [{ regex: 'prices-primary|prices-canary' }, {}, {}, {}] });
  });
});

test.each(['annotations', 'none'] as const)('no objects where somebody else finds the pods: %s', (kind) => {
  expect(monitors(watched({}, Monitors[kind]()).objects())).toEqual([]);
});

describe('what is not kept', () => {
  test('every metric comes from the pods, or from a program whose monitor is not ours', () => {
    const others = [CADVISOR, CERT_MANAGER, FLAGGER, KUBE_STATE_METRICS, PROMETHEUS, VELERO].flatMap(({ metrics }) =>
      Object.values<string>(metrics),
    );
    expect([...SCRAPED_METRICS, ...others].sort()).toEqual([...KNOWN_METRICS].sort());
  });

  test('nothing by default', () => {
    const [monitor] = monitors(watched({}).objects());
    expect(monitor!.spec.podMetricsEndpoints[0]).not.toHaveProperty('metricRelabelings');
  });

  test.each([...SCRAPED_METRICS])('%s, which a query reads, can not be dropped', (metric) => {
    for (const drop of [metric, `${metric.slice(0, -3)}*`, `*${metric.slice(4)}`, '*']) {
      expect(() => Monitors.podMonitors({ drop: [drop] })).toThrow('rules and dashboards read');
    }
  });

  test('a star stands for any characters, and for nothing else', () => {
    const regex = new RegExp(`^(?:${dropRegex(['jvm_*_bytes', 'go_info'])})$`);
    const dropped = ['jvm_memory_used_bytes', 'go_info', 'jvm_bytes', 'go_infos', 'my_go_info'].filter((one) => regex.test(one));
    expect(dropped).toEqual(['jvm_memory_used_bytes', 'go_info']);
  });
});
