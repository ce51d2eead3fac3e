import { Duration } from 'cdk8s';
import { Health, HealthProbe, PortProtocol, Priority, Release, Scaling, ServiceTier, SidecarMode } from '../../lib';
import { containerOf, podOf, World } from './world';

const s = (value: number) => Duration.seconds(value);

test('what a Deployment says beside its pods', () => {
  const world = new World();
  world.service('teller', {
    release: Release.rolling({ maxUnavailable: 1, maxSurge: 3 }),
    scaling: Scaling.horizontal({ min: 5 }),
    availability: { minReady: s(17), progressDeadline: s(613) },
  });
  const { template: _template, ...spec } = world.one('Deployment').spec;
  expect(spec).toEqual({
    selector: { matchLabels: { app: 'teller' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 3 } },
    minReadySeconds: 17,
    progressDeadlineSeconds: 613,
  });
});

test('labels of the pod: the stable identity, what the Deployment selects, what telemetry reads, and the user’s own', () => {
  const world = new World();
  world.service('teller', { labels: { team: 'cash' }, version: 'v9' });
  expect(world.one('Deployment').spec.template.metadata.labels).toEqual({
    app: 'teller',
    'banking.workload/name': 'teller',
    version: 'v9',
    'service.istio.io/canonical-name': 'teller',
    'service.istio.io/canonical-revision': 'v9',
    'app.kubernetes.io/name': 'teller',
    'app.kubernetes.io/part-of': 'vault',
    'app.kubernetes.io/managed-by': 'cdk8s-banking',
    team: 'cash',
  });
});

test.each([
  [SidecarMode.AUTO, undefined],
  [SidecarMode.NATIVE, 'true'],
  [SidecarMode.CLASSIC, 'false'],
])('annotations of the pod with a proxy that is %s', (sidecar, native) => {
  const world = new World({ istio: { sidecar } });
  world.service('teller', {
    health: Health.springBootActuator({ port: 9077 }),
    ports: [{ port: 9077, name: 'admin' }],
    shutdown: { preStop: s(7), drain: s(61) },
    podAnnotations: { 'example.com/owner': 'cash' },
  });
  const { annotations } = world.one('Deployment').spec.template.metadata;
  expect(annotations).toEqual({
    'proxy.istio.io/config': 'holdApplicationUntilProxyStarts: true\nterminationDrainDuration: 68s\n',
    ...(native ? { 'sidecar.istio.io/nativeSidecar': native } : {}),
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9077',
    'prometheus.io/path': '/actuator/prometheus',
    'example.com/owner': 'cash',
  });
});

test('the pod, without its containers', () => {
  const {
    containers: _containers,
    topologySpreadConstraints: _spread,
    ...pod
  } = podOf({
    tier: ServiceTier.CRITICAL,
    security: { user: 20003, group: 20005, writablePaths: ['/var/run/teller'] },
    secretFiles: [{ secret: 'teller-tls', path: '/etc/tls' }],
    imagePullSecrets: ['registry-1'],
    shutdown: { preStop: s(7), drain: s(61), margin: s(13) },
    serviceAccountToken: true,
  });
  expect(pod).toMatchInlineSnapshot(`
    {
      "automountServiceAccountToken": true,
      "enableServiceLinks": false,
      "imagePullSecrets": [
        {
          "name": "registry-1",
        },
      ],
      "priorityClassName": "vault-critical",
      "securityContext": {
        "fsGroup": 20005,
        "fsGroupChangePolicy": "OnRootMismatch",
        "runAsGroup": 20005,
        "runAsNonRoot": true,
        "runAsUser": 20003,
        "seccompProfile": {
          "type": "RuntimeDefault",
        },
      },
      "serviceAccountName": "teller",
      "terminationGracePeriodSeconds": 81,
      "volumes": [
        {
          "emptyDir": {},
          "name": "tmp",
        },
        {
          "emptyDir": {},
          "name": "scratch-0",
        },
        {
          "name": "secret-0",
          "secret": {
            "defaultMode": 288,
            "secretName": "teller-tls",
          },
        },
      ],
    }
  `);
});

test('spread over zones and hosts, by the label that the Deployment selects', () => {
  const { topologySpreadConstraints } = podOf({ availability: { zoneSpread: 'DoNotSchedule' } });
  const base = { labelSelector: { matchLabels: { app: 'teller' } }, matchLabelKeys: ['pod-template-hash'], maxSkew: 1 };
  expect(topologySpreadConstraints).toEqual([
    { ...base, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', nodeTaintsPolicy: 'Honor' },
    { ...base, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
  ]);
});

test('the container of the application', () => {
  const container = containerOf({
    ports: [{ port: 9073, protocol: PortProtocol.GRPC, name: 'x', servicePort: 93 }],
    resources: { requests: { cpu: '310m', memory: '410Mi' }, limits: { cpu: 'none', memory: '1500M' }, ephemeralStorage: '2Gi' },
    imagePullPolicy: 'IfNotPresent',
    command: ['/bin/teller'],
    args: ['--till', '7'],
    security: { user: 20003, group: 20005 },
  });
  const { livenessProbe: _liveness, readinessProbe: _readiness, startupProbe: _startup, ...rest } = container;
  expect(rest).toMatchInlineSnapshot(`
    {
      "args": [
        "--till",
        "7",
      ],
      "command": [
        "/bin/teller",
      ],
      "image": "registry.example.com/vault/teller:4.7.1",
      "imagePullPolicy": "IfNotPresent",
      "lifecycle": {
        "preStop": {
          "sleep": {
            "seconds": 15,
          },
        },
      },
      "name": "teller",
      "ports": [
        {
          "containerPort": 8071,
          "name": "http",
          "protocol": "TCP",
        },
        {
          "containerPort": 9073,
          "name": "grpc-x",
          "protocol": "TCP",
        },
      ],
      "resources": {
        "limits": {
          "ephemeral-storage": "2Gi",
          "memory": "1500M",
        },
        "requests": {
          "cpu": "310m",
          "ephemeral-storage": "2Gi",
          "memory": "410Mi",
        },
      },
      "securityContext": {
        "allowPrivilegeEscalation": false,
        "capabilities": {
          "drop": [
            "ALL",
          ],
        },
        "readOnlyRootFilesystem": true,
        "runAsGroup": 20005,
        "runAsNonRoot": true,
        "runAsUser": 20003,
      },
      "volumeMounts": [
        {
          "mountPath": "/tmp",
          "name": "tmp",
        },
      ],
    }
  `);
});

test.each([
  ['1.30', { sleep: { seconds: 9 } }],
  ['1.29', { exec: { command: ['sleep', '9'] } }],
])('before it stops on Kubernetes %s, it waits', (kubernetes, preStop) => {
  expect(containerOf({ shutdown: { preStop: s(9) } }, { kubernetes }).lifecycle).toEqual({ preStop });
});

describe('probes', () => {
  const timing = { initialDelay: s(2), period: s(17), timeout: s(5), failureThreshold: 7 };
  const wire = { initialDelaySeconds: 2, periodSeconds: 17, timeoutSeconds: 5, failureThreshold: 7 };

  test.each([
    [HealthProbe.http('/ok', timing), { httpGet: { path: '/ok', port: 8071 } }],
    [HealthProbe.http('/ok', { ...timing, port: 9077 }), { httpGet: { path: '/ok', port: 9077 } }],
    [HealthProbe.tcp(timing), { tcpSocket: { port: 8071 } }],
    [HealthProbe.grpc({ ...timing, port: 9077, service: 'till' }), { grpc: { port: 9077, service: 'till' } }],
    [HealthProbe.exec(['/bin/check', '-q'], timing), { exec: { command: ['/bin/check', '-q'] } }],
  ])('%#', (startup, handler) => {
    const health = Health.of({ liveness: HealthProbe.tcp({ period: s(31) }), readiness: HealthProbe.http('/r'), startup });
    expect(containerOf({ health }).startupProbe).toEqual({ ...handler, ...wire });
  });

  test('behind a startup probe the others do not wait', () => {
    const container = containerOf({ health: Health.springBootActuator() });
    const { livenessProbe, readinessProbe, startupProbe } = container;
    expect(livenessProbe).toEqual({
      httpGet: { path: '/actuator/health/liveness', port: 8071 },
      periodSeconds: 30,
      timeoutSeconds: 10,
      failureThreshold: 3,
    });
    expect(readinessProbe).toEqual({
      httpGet: { path: '/actuator/health/readiness', port: 8071 },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    });
    expect(startupProbe).toMatchObject({ initialDelaySeconds: 30, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 12 });
  });

  test('without one they do', () => {
    const health = Health.of({ liveness: HealthProbe.tcp({ initialDelay: s(41) }), readiness: HealthProbe.http('/r') });
    const { livenessProbe, startupProbe } = containerOf({ health });
    expect([livenessProbe.initialDelaySeconds, startupProbe]).toEqual([41, undefined]);
  });
});

describe('placement', () => {
  test('a dedicated pool both tolerates its taint and draws the pods there', () => {
    const pod = podOf({
      placement: {
        nodeSelector: { disk: 'ssd' },
        nodeRequirements: [{ key: 'cores', operator: 'Gt', values: ['7'] }],
        dedicatedPool: { key: 'pool', value: 'cash', effect: 'NoExecute' },
        gpu: { count: 3, resource: 'amd.com/gpu' },
        schedulerName: 'late',
      },
    });
    expect([pod.nodeSelector, pod.schedulerName]).toEqual([{ disk: 'ssd' }, 'late']);
    expect(pod.tolerations).toEqual([
      { key: 'pool', operator: 'Equal', value: 'cash', effect: 'NoExecute' },
      { key: 'amd.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
    ]);
    expect(pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms).toEqual([
      {
        matchExpressions: [
          { key: 'cores', operator: 'Gt', values: ['7'] },
          { key: 'pool', operator: 'In', values: ['cash'] },
        ],
      },
    ]);
    expect(pod.containers[0].resources.limits['amd.com/gpu']).toBe('3');
  });

  test('near another service, by its stable identity', () => {
    const world = new World();
    const broker = world.service('broker');
    world.service('teller', { placement: { near: [broker] } });
    expect(world.one('Deployment', 'teller').spec.template.spec.affinity).toEqual({
      podAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              labelSelector: { matchLabels: { 'banking.workload/name': 'broker' } },
              namespaces: ['vault'],
              topologyKey: 'topology.kubernetes.io/zone',
            },
          },
        ],
      },
    });
  });
});

test('two services of a tier share one PriorityClass, and it says whose it is', () => {
  const world = new World();
  const priority = Priority.ofTier({ value: 700_007, preempt: false });
  for (const id of ['teller', 'broker']) world.service(id, { tier: ServiceTier.CRITICAL, priority });
  const { metadata, ...rest } = world.one('PriorityClass');
  expect(metadata.name).toBe('vault-critical');
  expect(rest).toEqual({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    value: 700_007,
    globalDefault: false,
    preemptionPolicy: 'Never',
    description: 'Critical services of namespace vault.',
  });
  expect(world.one('Deployment', 'broker').spec.template.spec.priorityClassName).toBe('vault-critical');
});

test.each([
  [{ maxUnavailable: 2 }, { maxUnavailable: 2 }],
  [{ minAvailable: 2 }, { minAvailable: 2 }],
])('a disruption budget with %j', (availability, expected) => {
  const world = new World();
  world.service('teller', { availability });
  expect(world.one('PodDisruptionBudget').spec).toEqual({
    selector: { matchLabels: { 'banking.workload/name': 'teller' } },
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    ...expected,
  });
});

test('the ServiceAccount gives no token of itself', () => {
  const world = new World();
  world.service('teller', { serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::7:role/teller' } });
  const account = world.one('ServiceAccount', 'teller');
  expect(account.automountServiceAccountToken).toBe(false);
  expect(account.metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::7:role/teller' });
});
