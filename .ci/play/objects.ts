import { bytes, milliCpu } from '../../lib/kernel/quantity';
import type { KubeObject } from '../judge/systems';
import { type Played, ofKind } from './bank';
import { RELEASE, WEIGHT } from './story';
import { always, at, counted } from './steps';
import { NAMESPACE, type Sample, type Target, WORKLOADS, podsOf, specOf } from './world';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly resources?: { readonly requests?: Record<string, string>; readonly limits?: Record<string, string> };
}

interface PodTemplate {
  readonly template: { readonly spec: { readonly containers: readonly Container[] } };
}

interface Scaler {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly scaleTargetRef: { readonly name: string };
}

/** A scrape that misses it must be a real one: what is written as the past has no marks of an end. */
const WAITS_UNTIL = 75;

const PROXY: Container = {
  name: 'istio-proxy',
  image: 'docker.io/istio/proxyv2:1.30.3',
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '2', memory: '1Gi' } },
};

/** What Flagger is thought to have measured; it changes while the play goes on. */
export interface Measured {
  readonly [metric: string]: number;
}

interface Deployed {
  readonly name: string;
  readonly replicas: number;
  readonly containers: readonly Container[];
  readonly from?: number;
}

/** The Deployments that are in Git, and the one that Flagger copies. */
function deployed(played: Played): Deployed[] {
  const scalers = ofKind(played, 'HorizontalPodAutoscaler').map((one) => specOf<Scaler>(one));
  const known = ofKind(played, 'Deployment').map((one): Deployed => {
    const { name } = one.metadata;
    return {
      name,
      replicas: scalers.find(({ scaleTargetRef }) => scaleTargetRef.name === name)?.minReplicas ?? 1,
      containers: [...specOf<PodTemplate>(one).template.spec.containers, PROXY],
      from: WORKLOADS.find((workload) => workload.name === name)?.from,
    };
  });
  return known.flatMap((one) => (one.name === 'payments' ? [one, { ...one, name: 'payments-primary', from: undefined }] : [one]));
}

const sample = (name: string, labels: Record<string, string>, value: number): Sample => ({ name, labels, value });

/** kube-state-metrics, the kubelets' cAdvisor, Flagger and cert-manager, as far as anybody reads them. */
export function controllers(played: Played, measured: () => Measured): Target[] {
  const all = deployed(played);
  const living = (t: number) => all.filter(({ from }) => from === undefined || from <= t);
  return [
    {
      path: '/kube-state-metrics',
      labels: { job: 'kube-state-metrics', namespace: 'monitoring', service: 'kube-state-metrics' },
      honoured: true,
      samples: (t) => [
        ...living(t).flatMap(deploymentSamples),
        ...living(t).flatMap((one) => podSamples(one, t)),
        ...scalerSamples(played),
        ...budgetSamples(played),
        ...quotaSamples(played),
      ],
    },
    {
      path: '/cadvisor',
      labels: { job: 'kubelet', metrics_path: '/metrics/cadvisor', namespace: 'kube-system', service: 'kubelet' },
      honoured: true,
      samples: (t) => living(t).flatMap((one) => cadvisorSamples(one, t)),
    },
    {
      path: '/flagger',
      labels: { job: 'flagger', namespace: 'flagger-system', pod: 'flagger-6d8f7c9b5d-x7k2p' },
      honoured: false,
      samples: (t) => flaggerSamples(t, measured()),
    },
    {
      path: '/cert-manager',
      labels: { job: 'cert-manager', namespace: 'cert-manager', pod: 'cert-manager-6d8f7c9b5d-x7k2p' },
      honoured: false,
      samples: () => ofKind(played, 'Certificate').flatMap(certificateSamples),
    },
  ];
}

function deploymentSamples({ name, replicas }: Deployed): Sample[] {
  const labels = { namespace: NAMESPACE, deployment: name };
  return [
    sample('kube_deployment_spec_replicas', labels, replicas),
    sample('kube_deployment_status_replicas_ready', labels, replicas),
    sample('kube_deployment_status_replicas_available', labels, replicas),
    ...['true', 'false', 'unknown'].flatMap((status) =>
      ['Available', 'Progressing'].map((condition) =>
        sample('kube_deployment_status_condition', { ...labels, condition, status }, status === 'true' ? 1 : 0),
      ),
    ),
  ];
}

function podSamples({ name, containers }: Deployed, t: number): Sample[] {
  return podsOf(name).flatMap((pod, i) =>
    containers.flatMap(({ name: container, image, resources }) => {
      const labels = { namespace: NAMESPACE, pod, container };
      const amounts = (kind: 'requests' | 'limits') =>
        Object.entries(resources?.[kind] ?? {}).map(([resource, amount]) =>
          sample(
            `kube_pod_container_resource_${kind}`,
            { ...labels, resource: resource.replace('-', '_'), unit: resource === 'cpu' ? 'core' : 'byte' },
            resource === 'cpu' ? milliCpu(amount) / 1000 : bytes(amount),
          ),
        );
      return [
        sample('kube_pod_container_info', { ...labels, image }, 1),
        sample('kube_pod_container_status_restarts_total', labels, 0),
        // One waits for its image, and kube-state-metrics knows of no container that waits for nothing.
        ...(name === 'payments' && i === 1 && t < WAITS_UNTIL
          ? [sample('kube_pod_container_status_waiting_reason', { ...labels, reason: 'ContainerCreating' }, 1)]
          : []),
        ...amounts('requests'),
        ...amounts('limits'),
      ];
    }),
  );
}

function scalerSamples(played: Played): Sample[] {
  return ofKind(played, 'HorizontalPodAutoscaler').flatMap((one) => {
    const { minReplicas, maxReplicas } = specOf<Scaler>(one);
    const names = one.metadata.name === 'payments' ? ['payments', 'payments-primary'] : [one.metadata.name];
    return names.flatMap((name) => {
      const labels = { namespace: NAMESPACE, horizontalpodautoscaler: name };
      return [
        sample('kube_horizontalpodautoscaler_spec_min_replicas', labels, minReplicas),
        sample('kube_horizontalpodautoscaler_spec_max_replicas', labels, maxReplicas),
        sample('kube_horizontalpodautoscaler_status_current_replicas', labels, minReplicas),
        sample('kube_horizontalpodautoscaler_status_desired_replicas', labels, minReplicas),
      ];
    });
  });
}

function budgetSamples(played: Played): Sample[] {
  return ofKind(played, 'PodDisruptionBudget').flatMap(({ metadata: { name } }) => {
    const labels = { namespace: NAMESPACE, poddisruptionbudget: name };
    return [
      sample('kube_poddisruptionbudget_status_pod_disruptions_allowed', labels, 1),
      sample('kube_poddisruptionbudget_status_expected_pods', labels, 3),
    ];
  });
}

function quotaSamples(played: Played): Sample[] {
  return ofKind(played, 'ResourceQuota').flatMap((one) =>
    Object.entries(specOf<{ hard: Record<string, string> }>(one).hard).flatMap(([resource, amount]) => {
      const hard = resource.includes('cpu')
        ? milliCpu(amount) / 1000
        : resource.includes('memory') || resource.includes('storage')
          ? bytes(amount)
          : Number(amount);
      return (['hard', 'used'] as const).map((type) =>
        sample(
          'kube_resourcequota',
          { namespace: NAMESPACE, resourcequota: one.metadata.name, resource, type },
          type === 'hard' ? hard : hard * 0.58,
        ),
      );
    }),
  );
}

function cadvisorSamples({ name, containers }: Deployed, t: number): Sample[] {
  const busy = name === 'enterprise-loan-system-green' ? 0.01 : 0.28;
  return podsOf(name).flatMap((pod, i) =>
    containers.flatMap(({ name: container, image, resources }) => {
      const labels = { namespace: NAMESPACE, pod, container, image, id: `/kubepods/${pod}/${container}` };
      const memory = resources?.limits?.memory;
      const seconds = counted(always(1000 * busy), t) / 1000;
      return [
        sample('container_cpu_usage_seconds_total', labels, seconds * (container === 'istio-proxy' ? 0.2 : 1)),
        sample('container_cpu_cfs_periods_total', labels, counted(always(10), t)),
        sample('container_cpu_cfs_throttled_periods_total', labels, counted(always(0.02), t)),
        ...(memory
          ? [sample('container_memory_working_set_bytes', labels, bytes(memory) * (0.52 + 0.03 * i + 0.02 * Math.sin(t / 400)))]
          : []),
      ];
    }),
  );
}

function flaggerSamples(t: number, measured: Measured): Sample[] {
  const canary = { name: 'payments', namespace: NAMESPACE };
  const releases = { ...canary, deployment_strategy: 'canary', analysis_status: 'completed' };
  const weight = Math.round(at(WEIGHT, t) * 100);
  return [
    sample('flagger_canary_status', canary, t < RELEASE ? 1 : 0),
    sample('flagger_canary_weight', { workload: 'payments-primary', namespace: NAMESPACE }, 100 - weight),
    sample('flagger_canary_weight', { workload: 'payments', namespace: NAMESPACE }, weight),
    sample('flagger_canary_duration_seconds_sum', canary, 3300),
    sample('flagger_canary_duration_seconds_count', canary, 12),
    sample('flagger_canary_successes_total', releases, 11),
    sample('flagger_canary_failures_total', releases, 1),
    ...(t < RELEASE + 60
      ? []
      : Object.entries(measured).map(([metric, value]) =>
          sample('flagger_canary_metric_analysis', { ...canary, metric }, value),
        )),
  ];
}

function certificateSamples({ metadata: { name, namespace } }: KubeObject): Sample[] {
  const labels = { name, namespace: namespace! };
  const now = Math.floor(Date.now() / 1000);
  return [
    sample('certmanager_certificate_expiration_timestamp_seconds', labels, now + 61 * 86_400),
    sample('certmanager_certificate_renewal_timestamp_seconds', labels, now + 31 * 86_400),
    ...['True', 'False', 'Unknown'].map((condition) =>
      sample('certmanager_certificate_ready_status', { ...labels, condition }, condition === 'True' ? 1 : 0),
    ),
  ];
}
