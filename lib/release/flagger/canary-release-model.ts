import type { PortProtocol, WorkloadPort } from '../../contracts/port';
import { type Problems, show } from '../../kernel/errors';
import { labelProblems } from '../../kernel/labels';
import { MAX_WORKLOAD_NAME, dnsLabel } from '../../kernel/names';
import type { PlatformModel } from '../../platform/model';
import { type AnalysisModel, resolveAnalysis } from './analysis';
import type { AutoscalerModel, CanaryModel, CanaryServiceModel } from './canary-model';
import type { CanaryAutoscaler, CanaryReleaseProps } from './canary-release-props';
import { flaggerProblems } from './expressible';
import { resolveCanaryService } from './service-model';
import type { Visible } from './thresholds';

/** Flagger's own, and long enough for most. https://docs.flagger.app/usage/how-it-works#canary-target */
const PROGRESS_DEADLINE = 600;

const API_VERSIONS = { HorizontalPodAutoscaler: 'autoscaling/v2', ScaledObject: 'keda.sh/v1alpha1' } as const;

const at = (prop: string) => prop;

/** Validates the props and fills in the defaults. */
export function resolveCanaryRelease(
  name: string,
  props: CanaryReleaseProps,
  namespace: string,
  platform: PlatformModel,
  problems: Problems,
): CanaryModel {
  const { provider = 'istio', port, autoscaler, workload } = props;
  const target = props.target ?? { kind: 'Deployment', name };
  flaggerProblems(platform.flagger.version, problems, 'platform');
  problems.take(() => dnsLabel(name), '', 'name');
  problems.take(() => dnsLabel(target.name, MAX_WORKLOAD_NAME), '', 'target.name');
  labelProblems(props.labels ?? {}).forEach((what) => problems.add(what, 'labels'));
  const facts = { target: target.name, namespace, clusterDomain: platform.clusterDomain, port, provider };
  const service = resolveCanaryService(props.service ?? {}, facts, problems, (prop) => `service.${prop}`);
  const about = {
    canary: name,
    visible: visibleOf(service, provider),
    splits: provider === 'istio',
    severalPorts: service.portDiscovery,
  };
  const deadline = props.progressDeadline?.toSeconds({ integral: false }) ?? PROGRESS_DEADLINE;
  problems.check(
    Number.isInteger(deadline) && deadline >= 1,
    `${deadline} s must be a whole number of seconds from 1 on`,
    'progressDeadline',
  );
  if (workload) {
    const { ports, service: reached } = workload.guard.model;
    problems.check(
      ports.some((one) => one.port === port) && reached === service.name,
      `guards Service ${reached ?? 'none'} with the ports ${ports.map((one) => one.port).join(', ') || 'none'}, and the canary is about ` +
        `Service ${service.name} with port ${show(port)}; make the two the same`,
      'workload',
    );
  }
  const analysis = resolveAnalysis(props, about, problems, at);
  mergedMatches(service, analysis, problems);
  return {
    name,
    provider,
    target: { apiVersion: 'apps/v1', kind: target.kind, name: target.name },
    autoscaler: autoscaler && resolveAutoscaler(autoscaler, target.kind, problems),
    service,
    analysis,
    progressDeadline: deadline,
    suspend: props.suspend ?? false,
    metricsServer: props.metricsServer,
  };
}

/**
 * Flagger puts the headers (and source labels) of an audience, and those of a cookie, in the place of what a match compares, not
 * beside it: https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/istio.go (mergeMatchConditions)
 */
function mergedMatches({ match = [] }: CanaryServiceModel, { shift, sessionAffinity }: AnalysisModel, problems: Problems): void {
  const audiences = shift.kind === 'abTest' ? shift.audiences.map((one) => one.match()) : [];
  const taken = {
    headers: sessionAffinity !== undefined || audiences.some(({ headers }) => headers !== undefined),
    sourceLabels: audiences.some(({ sourceLabels }) => sourceLabels !== undefined),
  };
  for (const key of ['headers', 'sourceLabels'] as const) {
    match.forEach((one, i) =>
      problems.check(
        one[key] === undefined || !taken[key],
        `Flagger would put the ${key} of the ${sessionAffinity ? 'cookie' : 'audience'} in the place of these, and mean more requests than either; ` +
          'leave them out, and match by path',
        `service.match[${i}].${key}`,
      ),
    );
  }
}

function visibleOf({ appProtocol }: CanaryServiceModel, provider: string): Visible {
  if (provider === 'kubernetes') return 'application';
  if (appProtocol === 'tcp') return 'bytes';
  return appProtocol === 'grpc' ? 'grpc' : 'requests';
}

/** The port whose requests are analysed. The number of a named container port is known to the workload alone. */
export function portOf(
  { port, portName, targetPort, appProtocol }: CanaryServiceModel,
  known: readonly WorkloadPort[],
): WorkloadPort {
  return {
    name: portName,
    port,
    targetPort: typeof targetPort === 'number' ? targetPort : (known.find((one) => one.port === port)?.targetPort ?? port),
    protocol: appProtocol as PortProtocol,
  };
}

function resolveAutoscaler({ kind, name, primary = {} }: CanaryAutoscaler, target: string, problems: Problems): AutoscalerModel {
  const { min, max, queries } = primary;
  problems.check(target !== 'DaemonSet', 'scales nothing: a DaemonSet has a pod on each node; leave it out', 'autoscaler');
  // Its copy is called <name>-primary, and so is the HorizontalPodAutoscaler that KEDA makes of it: keda-hpa-<name>-primary.
  problems.take(() => dnsLabel(name, MAX_WORKLOAD_NAME), '', 'autoscaler.name');
  for (const [key, value] of Object.entries({ min, max })) {
    problems.check(
      value === undefined || (Number.isInteger(value) && value >= 1),
      `${key} ${show(value)} must be a whole number of pods from 1 on`,
      'autoscaler.primary',
    );
  }
  problems.check(
    min === undefined || max === undefined || min <= max,
    `min ${min} is above max ${max}; swap them, or raise max`,
    'autoscaler.primary',
  );
  problems.check(
    queries === undefined || kind === 'ScaledObject',
    'queries belong to triggers of KEDA, and a HorizontalPodAutoscaler has none; leave them out',
    'autoscaler.primary',
  );
  return { ref: { apiVersion: API_VERSIONS[kind], kind, name }, primaryMin: min, primaryMax: max, queries };
}
