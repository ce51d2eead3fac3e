import { Duration } from 'cdk8s';
import { Health, PortProtocol, Release, Scaling, ServiceTier, SidecarMode } from '../../lib';
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
    'proxy.istio.io/config':
      'holdApplicationUntilProxyStarts: true\nterminationDrainDuration: 68s\ntracingServiceName: CANONICAL_NAME_AND_NAMESPACE\n',
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

test('the ServiceAccount gives no token of itself', () => {
  const world = new World();
  world.service('teller', { serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::7:role/teller' } });
  const account = world.one('ServiceAccount', 'teller');
  expect(account.automountServiceAccountToken).toBe(false);
  expect(account.metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::7:role/teller' });
});
