import type { Json } from '../support/rules/objects';
import { canariesOf, predict, statesOf, type State } from '../support/flagger';
import { lostSettings } from '../support/flagger/lost-settings';
import type { KubeObject } from '../support/reachability';
import { canarySpec, STRATEGIES } from './strategies';
import { office, workload } from './office';

const DONE = 'succeeded';

const STATES = new Map<string, State[]>();

/** An object of a phase; undefined where there is none. */
function at(strategy: string, phase: string, kind: string, name: string): any {
  const objects = STRATEGIES[strategy]!;
  const states = STATES.get(strategy) ?? statesOf(objects, canariesOf(objects)[0]!);
  STATES.set(strategy, states);
  const state = states.find((one) => one.phase.name === phase)!;
  return state.objects.find((object) => object.kind === kind && object.metadata?.name === name);
}

describe('the primary (rules 1 and 2)', () => {
  const primary = (phase: string): any => at('configuration of every kind', phase, 'Deployment', 'payments-primary');

  it('has the target’s pods, under one other label', () => {
    const { metadata, spec } = primary('initialized');
    expect(metadata.labels).toEqual({ app: 'payments-primary' });
    expect(spec.selector).toEqual({ matchLabels: { app: 'payments-primary' } });
    expect(spec.template.metadata.labels).toEqual({
      app: 'payments-primary',
      'app.kubernetes.io/name': 'payments',
      'banking.workload/name': 'payments',
      version: '2.4.1',
    });
    expect(spec.template.metadata.annotations).toMatchObject({ 'prometheus.io/scrape': 'true', 'flagger-id': expect.anything() });
  });

  it('takes replicas, deadline and history over', () => {
    expect(primary('initialized').spec).toMatchObject({
      replicas: 4,
      minReadySeconds: 9,
      progressDeadlineSeconds: 601,
      revisionHistoryLimit: 3,
    });
  });

  it('spreads among its own kind, where a term names the Deployment by the selector label and keeps apart (rule 26)', () => {
    const { affinity, topologySpreadConstraints } = primary('initialized').spec.template.spec;
    const { podAffinity, podAntiAffinity } = affinity;
    const [preferred] = podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution;
    const [required] = podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    expect(preferred.podAffinityTerm.labelSelector.matchExpressions[0].values).toEqual(['other', 'payments-primary']);
    expect(required.labelSelector.matchLabels).toEqual({ app: 'payments-primary', tier: 'payments' });
    expect(podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchLabels).toEqual({ app: 'payments' });
    expect(topologySpreadConstraints[0].labelSelector.matchLabels).toEqual({ app: 'payments-primary' });
  });

  it('reads copies of what is tracked, and the originals of the rest (rule 24)', () => {
    const { volumes, containers, initContainers } = primary('initialized').spec.template.spec;
    expect(volumes[0].configMap.name).toBe('tracked-primary');
    expect(volumes[1].secret.secretName).toBe('registry');
    expect(volumes[2].projected.sources).toEqual([
      { secret: { name: 'from-env-primary' } },
      { configMap: { name: 'tracked-primary' } },
    ]);
    expect(volumes[3].secret.secretName).toBe('made-by-others-primary');
    expect(containers[0].envFrom).toEqual([
      { configMapRef: { name: 'untracked' } },
      { secretRef: { name: 'absent', optional: true } },
    ]);
    expect(containers[0].env[0].valueFrom.configMapKeyRef.name).toBe('tracked-primary');
    expect(initContainers[0].env[0].valueFrom.secretKeyRef.name).toBe('from-env-primary');
  });

  it('runs the former version until it is promoted, with the version label of its own', () => {
    const versioned = (version: string): KubeObject[] => {
      const target = workload('payments') as Json;
      target.spec.template.metadata.labels.version = version;
      return office(canarySpec({ analysis: { stepWeights: [50, 100] } }), target);
    };
    const objects = versioned('3.0.0');
    const versions = statesOf(objects, canariesOf(objects)[0]!, { previous: versioned('2.9.9') }).map(
      ({ phase, objects: all }) => {
        const of = (name: string): string =>
          (all.find(({ kind, metadata }) => kind === 'Deployment' && metadata?.name === name)! as Json).spec.template.metadata
            .labels.version;
        return `${phase.name}: ${of('payments-primary')} and ${of('payments')}`;
      },
    );
    expect(versions).toEqual([
      'initializing: 2.9.9 and 2.9.9',
      'initialized: 2.9.9 and 2.9.9',
      'progressing, canary 0 %: 2.9.9 and 3.0.0',
      'progressing, canary 50 %: 2.9.9 and 3.0.0',
      'progressing, canary 100 %: 2.9.9 and 3.0.0',
      'promoting, canary 100 %: 3.0.0 and 3.0.0',
      'finalising: 3.0.0 and 3.0.0',
      'succeeded: 3.0.0 and 3.0.0',
      'failed, canary 0 %: 2.9.9 and 3.0.0',
      'promotion failed, canary 100 %: 3.0.0 and 3.0.0',
    ]);
  });

  it('loses the annotations of the object itself when it is promoted', () => {
    const target = workload('payments');
    target.metadata!.annotations = { 'reloader.example/auto': 'true' };
    const objects = office(canarySpec({ analysis: { stepWeights: [100] } }), target);
    const [canary] = canariesOf(objects);
    const annotations = (phase: string): unknown =>
      predict(objects, { canary: canary!, phase }).find(
        ({ kind, metadata }) => kind === 'Deployment' && metadata?.name === 'payments-primary',
      )!.metadata!.annotations;
    expect(annotations('initialized')).toEqual({ 'reloader.example/auto': 'true' });
    expect(annotations(DONE)).toEqual({});
  });
});

it('copies data, and neither binary data nor labels (rule 24)', () => {
  const copy = (kind: string, name: string): any => at('configuration of every kind', 'initialized', kind, name);
  const owner = [expect.objectContaining({ kind: 'Canary', name: 'payments', controller: true })];
  expect(copy('ConfigMap', 'tracked-primary')).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'tracked-primary', namespace: 'vaults', labels: {}, ownerReferences: owner },
    data: { b: '7' },
  });
  expect(copy('Secret', 'from-env-primary')).toMatchObject({ type: 'Opaque', data: { a: 'cGxhaW4=' } });
  expect(copy('ConfigMap', 'untracked-primary')).toBeUndefined();
  expect(copy('Secret', 'registry-primary')).toBeUndefined();
});

describe('replicas (rules 5 to 7)', () => {
  const replicas = (strategy: string, phase: string): [number, number] => [
    at(strategy, phase, 'Deployment', 'payments').spec.replicas,
    at(strategy, phase, 'Deployment', 'payments-primary').spec.replicas,
  ];

  it.each<[string, string, [number, number]]>([
    ['listed steps', 'initialized', [0, 1]],
    ['listed steps', 'progressing, canary 0 %', [3, 1]], // the autoscaler's minimum, whatever the primary has
    ['listed steps', DONE, [0, 1]],
    ['listed steps', 'promotion failed, canary 100 %', [3, 1]], // a failed promotion keeps the canary
    ['listed steps', 'failed, canary 0 %', [0, 1]],
    ['configuration of every kind', 'progressing, canary 5 %', [4, 4]],
    ['KEDA', 'progressing, canary 5 %', [3, 1]],
  ])('%s, %s', (strategy, phase, expected) => {
    expect(replicas(strategy, phase)).toEqual(expected);
  });

  it('scales the primary by the limits of its own', () => {
    const limits = (strategy: string): unknown => {
      const { minReplicas, maxReplicas, scaleTargetRef } = at(
        strategy,
        'initialized',
        'HorizontalPodAutoscaler',
        'payments-primary',
      ).spec;
      return [minReplicas, maxReplicas, scaleTargetRef.name];
    };
    expect(limits('listed steps')).toEqual([3, 11, 'payments-primary']);
    expect(limits('replicas of the primary')).toEqual([5, 13, 'payments-primary']);
  });

  it('pauses KEDA’s scaler of the target, and asks for the primary in the query of its own', () => {
    const paused = (phase: string): unknown =>
      at('KEDA', phase, 'ScaledObject', 'payments').metadata.annotations?.['autoscaling.keda.sh/paused-replicas'];
    expect([paused('initialized'), paused('progressing, canary 5 %'), paused(DONE)]).toEqual(['0', undefined, '0']);
    const { spec } = at('KEDA', 'initialized', 'ScaledObject', 'payments-primary');
    expect(spec.triggers[0].metadata.query).toBe('rate(x{pod=~"payments-primary.*|payments-primary-[0-9]+"}[1m])');
    expect(spec.advanced.horizontalPodAutoscalerConfig.name).toBe('keda-payments-primary');
  });

  it('parks a DaemonSet by a node selector', () => {
    const selector = (name: string, phase: string): unknown =>
      at('a DaemonSet on chosen nodes', phase, 'DaemonSet', name).spec.template.spec.nodeSelector;
    expect(selector('payments', 'initialized')).toEqual({ disk: 'ssd', 'flagger.app/scale-to-zero': 'true' });
    expect(selector('payments', 'progressing, canary 0 %')).toEqual({ disk: 'ssd' });
    expect(selector('payments-primary', DONE)).toEqual({ disk: 'ssd' });
  });
});

describe('Services', () => {
  const service = (name: string): any => at('metadata of the Services', 'initialized', 'Service', name);
  const offForFlux = {
    'kustomize.toolkit.fluxcd.io/reconcile': 'disabled',
    'helm.toolkit.fluxcd.io/driftDetection': 'disabled',
  };

  it.each([
    ['pay', 'payments-primary', { a: '1', app: 'pay' }, { b: '2' }],
    ['pay-primary', 'payments-primary', { c: '3', app: 'pay-primary' }, {}],
    ['pay-canary', 'payments', { app: 'pay-canary' }, { d: '4' }],
  ])('%s leads to %s', (name, app, labels, annotations) => {
    const { metadata, spec } = service(name);
    expect(spec).toEqual({
      type: 'ClusterIP',
      clusterIP: 'None',
      trafficDistribution: 'PreferClose',
      selector: { app },
      ports: [{ name: 'http', protocol: 'TCP', port: 8081, targetPort: 8087 }],
    });
    expect(metadata).toMatchObject({ labels, annotations: { ...annotations, ...offForFlux } });
  });

  it('gives the VirtualService the labels of the apex Service', () => {
    expect(at('metadata of the Services', 'initialized', 'VirtualService', 'pay').metadata.labels).toEqual({
      a: '1',
      app: 'pay',
    });
    expect(at('listed steps', 'initialized', 'VirtualService', 'payments').metadata.labels).toEqual({});
  });

  it('discovers ports, but not those of the proxy', () => {
    const { ports } = at('discovered ports by name', 'initialized', 'Service', 'payments').spec;
    expect(ports.map(({ name, port, targetPort, appProtocol }: any) => [name, port, targetPort, appProtocol])).toEqual([
      ['grpc', 8081, 'http', 'grpc'],
      ['metrics', 9090, 9090, undefined],
      ['tcp-payments-2', 9091, 9091, undefined],
    ]);
  });
});

describe('objects that were there before', () => {
  const found = (phase: string, kind: string, name: string): any => at('objects that were there before', phase, kind, name);

  it('leaves the Service to serve until the primary is ready, and then leads it there without owning it', () => {
    expect(found('initializing', 'Service', 'payments').spec.selector).toEqual({ 'banking.workload/name': 'payments' });
    const { metadata, spec } = found('initialized', 'Service', 'payments');
    expect(spec.selector).toEqual({ app: 'payments-primary' });
    expect(metadata.ownerReferences).toBeUndefined();
  });

  it('takes the VirtualService over, and remembers what it was', () => {
    const { metadata, spec } = found('initialized', 'VirtualService', 'payments');
    expect(spec.hosts).toEqual(['payments']);
    expect(metadata.ownerReferences).toBeUndefined();
    expect(JSON.parse(metadata.annotations['flagger.kubernetes.io/original-configuration'])).toEqual({
      hosts: ['payments.vaults.svc.cluster.local'],
      http: [{ route: [{ destination: { host: 'payments.vaults.svc.cluster.local' }, weight: 100 }], timeout: '3s' }],
    });
  });

  it('overwrites DestinationRules of its two hosts, and leaves the one of the apex alone', () => {
    expect(found('initialized', 'DestinationRule', 'payments-primary').spec).toEqual({ host: 'payments-primary' });
    expect(found('initialized', 'DestinationRule', 'payments').spec).toEqual({ host: 'payments.vaults.svc.cluster.local' });
  });
});

describe('what Flagger does not pass on (rule 16)', () => {
  const losing = (service: object): string[] => lostSettings(canariesOf(office(canarySpec({ analysis: {}, service })))[0]!);

  it.each<[string, object, string[]]>([
    [
      'nothing of what it knows',
      { trafficPolicy: { outlierDetection: { consecutive5xxErrors: 0 } }, retries: { attempts: 0 } },
      [],
    ],
    [
      'a zone setting that is switched off, which then is on',
      { trafficPolicy: { loadBalancer: { simple: 'LEAST_REQUEST', localityLbSetting: { enabled: false } } } },
      ['spec.service.trafficPolicy.loadBalancer.localityLbSetting.enabled: false'],
    ],
    [
      'a field that its types do not name',
      { retries: { attempts: 2, retryRemoteLocalities: true } },
      ['spec.service.retries.retryRemoteLocalities: true'],
    ],
    [
      'a list of failover labels, for which it has another name',
      { trafficPolicy: { loadBalancer: { localityLbSetting: { failoverPriority: ['zone'] } } } },
      ['spec.service.trafficPolicy.loadBalancer.localityLbSetting.failoverPriority: ["zone"]'],
    ],
    [
      'a percentage of nought',
      { trafficPolicy: { outlierDetection: { maxEjectionPercent: 0 } } },
      ['spec.service.trafficPolicy.outlierDetection.maxEjectionPercent: 0'],
    ],
  ])('%s', (_, service, lost) => {
    expect(losing(service)).toEqual(lost);
  });
});
