/**
 * The services of `ours` as one writes them with cdk8s and cdk8s-plus: its constructs where it has one, patches for what they can't
 * say, and the object itself for the other kinds. The same objects come out, with some defaults more; `test/repo/bench.test.ts` sees
 * to it.
 */
import { ApiObject, App, Chart, Duration, JsonPatch, Size, YamlOutputType } from 'cdk8s';
import {
  Capability,
  type ContainerProps,
  Cpu,
  Deployment,
  DeploymentStrategy,
  FsGroupChangePolicy,
  Handler,
  HorizontalPodAutoscaler,
  LabelSelector,
  Metric,
  MetricTarget,
  Namespaces,
  NetworkPolicy,
  NetworkPolicyPort,
  PercentOrAbsolute,
  Pods,
  Probe,
  Protocol,
  Replicas,
  Service,
  ServiceAccount,
  Volume,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { Files } from './files';

const CONSTRUCTED = ['NetworkPolicy', 'ServiceAccount', 'Service', 'Deployment', 'HorizontalPodAutoscaler'];
const NAMESPACE = 'bench';
const PORT = 8080;

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

interface Caller {
  readonly pods: Pods;
  readonly policy: NetworkPolicy;
}

/** @param files what `ours` has written: it tells the services of each file, and the objects of kinds without a construct */
export function plainCdk8s(files: Files, outdir: string): void {
  const app = new App({ outdir, yamlOutputType: YamlOutputType.FILE_PER_CHART });
  let former: Caller | undefined;
  for (const [file, objects] of Object.entries(files as Readonly<Record<string, readonly Manifest[]>>).sort(byNumber)) {
    const chart = new Chart(app, file.replace(/\.yaml$/, ''));
    const names = objects.flatMap(({ kind, metadata }) => (kind === 'Deployment' ? ([[metadata.name]] as const) : []));
    for (const [name] of names.sort(byNumber)) former = service(chart, name, former);
    const services = new Set(names.map(([name]) => name));
    objects.forEach((object, i) => {
      if (services.has(object.metadata.name) && CONSTRUCTED.includes(object.kind)) return;
      new ApiObject(chart, `object-${i}`, object);
    });
  }
  app.synth();
}

/** service-2 before service-10, and what has no number first. */
function byNumber([a]: readonly [string, ...unknown[]], [b]: readonly [string, ...unknown[]]): number {
  const number = (text: string) => Number(/\d+/.exec(text)?.[0] ?? -1);
  return number(a) - number(b);
}

function service(chart: Chart, name: string, former: Caller | undefined): Caller {
  const scope = new Construct(chart, name);
  const labels = {
    'app.kubernetes.io/managed-by': 'cdk8s-banking',
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': NAMESPACE,
  };
  const identity = { 'banking.workload/name': name };
  const metadata = { name, namespace: NAMESPACE, labels };
  const account = new ServiceAccount(scope, 'account', { metadata, automountToken: false });
  const deployment = deploymentOf(scope, metadata, identity, account);
  const pods = Pods.select(scope, 'pods', {
    labels: identity,
    namespaces: Namespaces.select(scope, 'namespaces', { names: [NAMESPACE] }),
  });
  const apex = new Service(scope, 'service', {
    metadata,
    selector: pods,
    ports: [{ name: 'http', port: PORT, targetPort: PORT, protocol: Protocol.TCP }],
  });
  ApiObject.of(apex).addJsonPatch(JsonPatch.add('/spec/ports/0/appProtocol', 'http'));
  autoscaler(scope, metadata, deployment);
  const policy = new NetworkPolicy(scope, 'policy', { metadata, selector: pods });
  if (former) {
    policy.addIngressRule(former.pods, [NetworkPolicyPort.tcp(PORT)]);
    former.policy.addEgressRule(pods, [NetworkPolicyPort.tcp(PORT)]);
  }
  return { pods, policy };
}

type Labels = Readonly<Record<string, string>>;

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
}

function deploymentOf(scope: Construct, metadata: Metadata, identity: Labels, serviceAccount: ServiceAccount): Deployment {
  const { name, labels } = metadata;
  const version = '1.0.0';
  const deployment = new Deployment(scope, 'deployment', {
    metadata,
    serviceAccount,
    automountServiceAccountToken: false,
    select: false,
    minReady: Duration.seconds(10),
    progressDeadline: Duration.minutes(10),
    terminationGracePeriod: Duration.seconds(55),
    strategy: DeploymentStrategy.rollingUpdate({
      maxSurge: PercentOrAbsolute.absolute(1),
      maxUnavailable: PercentOrAbsolute.absolute(0),
    }),
    podMetadata: {
      labels: {
        ...labels,
        ...identity,
        app: name,
        'service.istio.io/canonical-name': name,
        'service.istio.io/canonical-revision': version,
        version,
      },
      annotations: {
        'prometheus.io/path': '/actuator/prometheus',
        'prometheus.io/port': String(PORT),
        'prometheus.io/scrape': 'true',
        'proxy.istio.io/config':
          'holdApplicationUntilProxyStarts: true\nterminationDrainDuration: 45s\ntracingServiceName: CANONICAL_NAME_AND_NAMESPACE\n',
      },
    },
    securityContext: { ...USER, fsGroup: 10001, fsGroupChangePolicy: FsGroupChangePolicy.ON_ROOT_MISMATCH },
    containers: [container(scope, name, `registry.example.com/${name}:${version}`)],
  });
  deployment.select(LabelSelector.of({ labels: { app: name } }));
  const spread = { labelSelector: { matchLabels: { app: name } }, matchLabelKeys: ['pod-template-hash'], maxSkew: 1 };
  const always = { whenUnsatisfiable: 'ScheduleAnyway' };
  ApiObject.of(deployment).addJsonPatch(
    JsonPatch.add('/spec/template/spec/enableServiceLinks', false),
    JsonPatch.add('/spec/template/spec/securityContext/seccompProfile', { type: 'RuntimeDefault' }),
    JsonPatch.add('/spec/template/spec/topologySpreadConstraints', [
      { ...spread, ...always, topologyKey: 'topology.kubernetes.io/zone', nodeTaintsPolicy: 'Honor' },
      { ...spread, ...always, topologyKey: 'kubernetes.io/hostname' },
    ]),
  );
  return deployment;
}

const USER = { ensureNonRoot: true, user: 10001, group: 10001 };

function container(scope: Construct, name: string, image: string): ContainerProps {
  const gibibyte = Size.gibibytes(1);
  return {
    name,
    image,
    ports: [{ name: 'http', number: PORT, protocol: Protocol.TCP }],
    liveness: probe('liveness', { period: 30, timeout: 10, failures: 3 }),
    readiness: probe('readiness', { period: 10, timeout: 5, failures: 3 }),
    startup: probe('liveness', { period: 10, timeout: 5, failures: 12, initialDelay: 30 }),
    resources: {
      cpu: { request: Cpu.millis(500), limit: Cpu.units(1) },
      memory: { request: Size.mebibytes(512), limit: gibibyte },
      ephemeralStorage: { request: gibibyte, limit: gibibyte },
    },
    // The class of Kubernetes 1.28 drops the action `sleep`, from a patch too.
    lifecycle: { preStop: Handler.fromCommand(['sleep', '15']) },
    securityContext: { ...USER, readOnlyRootFilesystem: true, capabilities: { drop: [Capability.ALL] } },
    volumeMounts: [{ path: '/tmp', volume: Volume.fromEmptyDir(scope, 'tmp', 'tmp') }],
  };
}

interface Times {
  readonly period: number;
  readonly timeout: number;
  readonly failures: number;
  readonly initialDelay?: number;
}

function probe(group: string, { period, timeout, failures, initialDelay }: Times): Probe {
  return Probe.fromHttpGet(`/actuator/health/${group}`, {
    port: PORT,
    periodSeconds: Duration.seconds(period),
    timeoutSeconds: Duration.seconds(timeout),
    failureThreshold: failures,
    ...(initialDelay !== undefined && { initialDelaySeconds: Duration.seconds(initialDelay) }),
  });
}

function autoscaler(scope: Construct, metadata: Metadata, target: Deployment): void {
  const policies = (percent: number) => [{ replicas: Replicas.percent(percent), duration: Duration.minutes(1) }];
  new HorizontalPodAutoscaler(scope, 'autoscaler', {
    metadata,
    target,
    minReplicas: 3,
    maxReplicas: 20,
    metrics: [Metric.containerCpu({ container: target.containers[0]!, target: MetricTarget.averageUtilization(70) })],
    scaleUp: { policies: policies(50), stabilizationWindow: Duration.minutes(1) },
    scaleDown: { policies: policies(10), stabilizationWindow: Duration.minutes(5) },
  });
}
