import { Testing } from 'cdk8s';
import { blueGreenIngress } from '../../../apps/patterns/r3-blue-green-ingress';
import { type BankingService, BlueGreen, Monitors, ObservabilityStack, Release, Scaling } from '../../../lib';
import { podPattern } from '../../../lib/observability/pod-pattern';
import { atRest, canariesOf, statesOf } from '../../support/flagger';
import type { KubeObject } from '../../support/reachability';
import { STATES } from '../../support/release/states';
import { type Sidecar, type Target, targetsOf } from '../../support/scrape';
import { bankWithItsStack, foreign, objectsOf, watched } from './world';

/** Every pod once, and nothing else. */
function onceEach(objects: readonly KubeObject[], sidecar: Sidecar): Target[] {
  const { pods, targets } = targetsOf(objects, sidecar);
  expect(targets.map(({ labels }) => labels['pod']).sort()).toEqual(pods.map(({ name }) => name).sort());
  for (const { labels, url } of targets) {
    const { ip } = pods.find(({ name }) => name === labels['pod'])!;
    expect(url).toBe(`http://${ip.includes(':') ? `[${ip}]` : ip}:15020/stats/prometheus`);
  }
  return targets;
}

const FORMS = { PodMonitor: Monitors.podMonitors(), ServiceMonitor: Monitors.serviceMonitors() };
const SIDECARS: readonly Sidecar[] = ['classic', 'native'];
const scaling = Scaling.horizontal({ min: 3, max: 13 });

/** The tracks that are scraped, the same whichever way the proxy runs. */
function tracksSeen(objects: readonly KubeObject[]): (string | undefined)[] {
  const [classic, native] = SIDECARS.map((sidecar) => onceEach(objects, sidecar).map(({ labels }) => labels['workload']));
  expect(classic).toEqual(native);
  return [...new Set(native)];
}

describe.each(Object.entries(FORMS))('O1: one target a pod, by %s', (_form, monitors) => {
  test.each(Object.entries(STATES))('%s', (_name, release) => {
    const objects = objectsOf(watched({ release: release(), scaling }, monitors));
    const tracks = objects.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata!.name);
    expect(tracksSeen(objects)).toEqual(tracks);
  });

  test('every state of a release by Flagger, the primary among them', () => {
    const objects = objectsOf(watched({ release: Release.canary({ steps: [20, 100] }), scaling }, monitors));
    const seen = statesOf(objects, canariesOf(objects)[0]!).map((state) => tracksSeen(state.objects));
    expect(seen).toContainEqual(['teller', 'teller-primary']);
    // While no release goes on the target has no pods.
    expect(seen).toContainEqual(['teller-primary']);
    expect(new Set(seen.flat()).size).toBe(2);
  });
});

describe('what tells targets apart', () => {
  const state = BlueGreen.staged('green');
  const release = Release.blueGreen({ blue: { image: 'a:4.7.1' }, green: { image: 'a:4.8.0' }, state });
  let blue: Target;
  beforeAll(() => ([blue] = onceEach(objectsOf(watched({ release })), 'native') as [Target]));

  test('namespace, pod, workload, identity and version, and no container: the metrics are of two', () => {
    expect(blue).toEqual({
      job: 'podMonitor/vault/teller/0',
      url: 'http://10.0.0.7:15020/stats/prometheus',
      labels: {
        job: 'vault/teller',
        namespace: 'vault',
        pod: 'teller-blue-7c9f8d5b6c-x2vbq',
        workload: 'teller-blue',
        service_istio_io_canonical_name: 'teller',
        service_istio_io_canonical_revision: '4.7.1',
      },
    });
  });

  test('the alerts that read `up` of the pods find them', () => {
    expect(blue.labels['pod']).toMatch(new RegExp(`^(?:${podPattern(['teller-blue', 'teller-green'])})$`));
  });
});

test.each(Object.entries(FORMS))(
  'blue and green behind an Ingress have a Service each: one target a pod, by %s',
  (_form, monitors) => {
    const chart = blueGreenIngress(Testing.app());
    const brochures = chart.node.findChild('brochures') as BankingService;
    new ObservabilityStack(chart, 'stack', { services: [brochures], objective: { availability: 99 }, monitors });
    expect(tracksSeen(Testing.synth(chart) as KubeObject[])).toEqual(['brochures-blue', 'brochures-green']);
  },
);

test('O1 trap: a pod without a proxy is no target, since nobody would answer on 15020', () => {
  expect(targetsOf(objectsOf(watched({})), 'none').targets).toEqual([]);
});

test('a service that this library did not make, by its names alone', () => {
  const template = {
    metadata: { labels: { app: 'quotes' } },
    spec: { containers: [{ name: 'app', ports: [{ containerPort: 8080 }] }] },
  };
  const deployment = { kind: 'Deployment', metadata: { name: 'quotes', namespace: 'markets' }, spec: { template } };
  const service = {
    kind: 'Service',
    metadata: { name: 'quotes', namespace: 'markets' },
    spec: { selector: { app: 'quotes' }, ports: [{ port: 80, targetPort: 8080 }] },
  };
  const stranger = { ...deployment, metadata: { name: 'quotes', namespace: 'edge' } };
  for (const monitors of Object.values(FORMS)) {
    const { targets } = targetsOf([deployment, service, stranger, ...foreign({}, monitors)], 'native');
    expect(targets.map(({ labels }) => [labels['namespace'], labels['workload']])).toEqual([
      ['markets', 'quotes'],
      ['markets', 'quotes'],
    ]);
  }
});

describe('the simulation itself notices', () => {
  let resting: KubeObject[];
  beforeAll(() => {
    const objects = objectsOf(watched({ release: Release.canary(), scaling }, Monitors.serviceMonitors()));
    resting = atRest(objects);
  });
  const changed = (kind: string, change: (spec: any) => void) =>
    resting.map((one) => {
      const copy = JSON.parse(JSON.stringify(one)) as KubeObject;
      if (one.kind === kind) change(copy['spec']);
      return copy;
    });
  const perPod = (all: readonly KubeObject[]) =>
    targetsOf(all, 'native').targets.filter(({ labels }) => labels['pod']!.startsWith('teller-primary-')).length / 2;

  test('O1 trap: apex and primary lead to the same pods', () => {
    expect(perPod(resting)).toBe(1);
    expect(perPod(changed('ServiceMonitor', ({ endpoints }) => endpoints[0].relabelings.shift()))).toBe(2);
  });

  test('O1 trap: a monitor without a port finds every port of a pod', () => {
    const all = [...resting, ...objectsOf(watched({})).filter(({ kind }) => kind === 'PodMonitor')].filter(
      ({ kind }) => kind !== 'ServiceMonitor',
    );
    expect(perPod(all)).toBe(1);
    const open = all.map((one) => (one.kind === 'PodMonitor' ? withoutPort(one) : one));
    expect(perPod(open)).toBeGreaterThan(1);
  });

  test('O1 trap: a port that no container declares is never found', () => {
    const by15020 = changed('ServiceMonitor', ({ endpoints }) => (endpoints[0].targetPort = 'http-merged'));
    expect(targetsOf(by15020, 'native').targets).toEqual([]);
  });
});

function withoutPort(monitor: KubeObject): KubeObject {
  const copy = JSON.parse(JSON.stringify(monitor)) as { spec: { podMetricsEndpoints: { port?: string }[] } } & KubeObject;
  delete copy.spec.podMetricsEndpoints[0]!.port;
  return copy;
}

test('the bank, while no release goes on', () => {
  const objects = atRest(bankWithItsStack());
  const seen = tracksSeen(objects.filter(({ metadata }) => metadata?.namespace === 'banking' && metadata.name !== 'load-tester'));
  expect(seen.sort()).toEqual([
    'accounts',
    'enterprise-loan-system-blue',
    'enterprise-loan-system-green',
    'payments-primary',
    'web',
  ]);
});
