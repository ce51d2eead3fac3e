import type { IConstruct } from 'constructs';
import { note } from '../../kube';
import type { PlatformModel } from '../../platform/model';
import { streams } from '../../traffic/streams';
import type { ReleasableService } from '../release';
import type { AnalysisModel } from './analysis';
import type { CanaryModel, ResolvedCanary } from './canary-model';
import type { BoundLooks } from './looks';
import { BUILT_IN, percentileOf } from './metrics/names';

/** What must be in the cluster before Flagger can release anything, a sentence each. */
function flaggerPrerequisites({ flagger }: PlatformModel, window: number): string[] {
  return [
    `Flagger ${flagger.version} runs in namespace ${flagger.namespace}, in the mesh, with Istio as its mesh provider and Prometheus as its metrics server.`,
    `Prometheus scrapes Istio's proxies at least every ${Math.floor(window / 2)} s: a check that finds fewer than two samples fails.`,
  ];
}

/** Without a mesh, what Flagger measures is what the application counts. */
function meshlessPrerequisites({ flagger }: PlatformModel, { builtIn }: AnalysisModel): string[] {
  const counts = builtIn.successRate !== undefined || builtIn.p99 !== undefined;
  return [
    `Flagger ${flagger.version} runs in namespace ${flagger.namespace}, with Prometheus as its metrics server.`,
    // https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/metrics/observers/http.go
    ...(counts
      ? [
          'The application counts its requests in http_request_duration_seconds, by status, with the labels kubernetes_namespace and kubernetes_pod_name.',
        ]
      : []),
  ];
}

/** Tells what must be there for a service under Flagger. */
export function canaryNotes(
  scope: IConstruct,
  { name, namespace, facts }: ReleasableService,
  { takeOver, suspend }: ResolvedCanary,
  looks: BoundLooks,
): void {
  const prerequisites = [
    ...flaggerPrerequisites(namespace.platform, looks.window),
    ...facts.secrets.map(
      (secret) =>
        `Secret ${secret} in namespace ${namespace.name} carries the annotation flagger.app/config-tracking: disabled; otherwise ${name} ` +
        'runs on a copy of it, which gets a new value with the next release only.',
    ),
    ...(takeOver && !suspend
      ? [
          `${name} is being taken over by Flagger: when Canary ${name} is Initialized, take takeOver out of its release and commit.`,
        ]
      : []),
  ];
  prerequisites.forEach((text) => note(scope, { kind: 'prerequisite', text }));
  const durations = streams(facts.traffic) ? durationsIn(looks) : [];
  if (durations.length > 0) {
    const text =
      `Canary ${name} is judged by ${durations.join(' and ')}, where a stream counts with all the time that it lasts, so that one that ends may ` +
      'stop a good version; leave them out, and ask the application for the durations of its other routes: CanaryMetric.promql';
    note(scope, { kind: 'warning', text });
  }
}

/** The checks of durations, which the mesh measures of all requests alike: those that CanaryMetric and an objective make. */
function durationsIn({ builtIn: { p99 }, metrics }: BoundLooks): string[] {
  const names = metrics.map(({ name }) => name).filter((name) => percentileOf(name) !== undefined);
  return [...(p99 === undefined ? [] : [BUILT_IN.p99]), ...names];
}

/** What must be true of a workload that something else makes, a sentence each. */
export function standalonePrerequisites(
  { target, service, autoscaler, provider, analysis }: CanaryModel,
  namespace: string,
  platform: PlatformModel,
  window: number,
  guarded: boolean,
): string[] {
  const { kind, name } = target;
  const made = provider === 'istio' ? 'Service, VirtualService or DestinationRule' : 'Service';
  return [
    ...(provider === 'istio' ? flaggerPrerequisites(platform, window) : meshlessPrerequisites(platform, analysis)),
    `${kind} ${name} in namespace ${namespace} selects its pods by app, name or app.kubernetes.io/name, which Flagger changes to ` +
      `<value>-primary on the pods that serve; its spread and affinity terms follow only where they name ${name}.`,
    ...(guarded
      ? []
      : [
          `Whatever selects the pods of ${name} (policies, disruption budgets, monitors) does so by another label, one that both tracks carry.`,
        ]),
    kind === 'DaemonSet'
      ? `The manifest of DaemonSet ${name} leaves nodeSelector out, by which Flagger stops its pods, and rolls by RollingUpdate.`
      : `The manifest of Deployment ${name} says no replicas, which Flagger sets to 0 between releases, and rolls with maxUnavailable 0.`,
    ...(autoscaler
      ? [`${autoscaler.ref.kind} ${autoscaler.ref.name} in namespace ${namespace} scales ${name}, to 2 pods at least.`]
      : []),
    `No manifest in Git makes a ${made} called ${service.name}, ${service.name}-primary or ${service.name}-canary: Flagger does.`,
  ];
}
