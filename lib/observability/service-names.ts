import { type Problems, show } from '../kernel/errors';
import { REWRITTEN_KEYS, labelProblems } from '../kernel/labels';
import { MAX_WORKLOAD_NAME, dnsLabel, dnsSubdomain } from '../kernel/names';
import type { ObservedFacts } from './observed-facts';

/** The parts of a service that this library did not make, by name. */
export interface ServiceNames {
  /** Its name in the metrics of the mesh: the label `service.istio.io/canonical-name` of its pods. */
  readonly name: string;
  readonly namespace: string;
  /** Names of its Deployments, those of each track. @default - its name */
  readonly deployments?: readonly string[];
  /** Names of the Services that lead to it. @default - its name */
  readonly services?: readonly string[];
  /** Names of its HorizontalPodAutoscalers; of one that KEDA made, `keda-hpa-<ScaledObject>`. @default - none */
  readonly autoscalers?: readonly string[];
  /** Names of its PodDisruptionBudgets. @default - none */
  readonly disruptionBudgets?: readonly string[];
  /** Labels that its pods carry, on every track. @default { 'service.istio.io/canonical-name': <name> }, which Istio's injector sees to */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** The Deployment that Flagger releases. What Flagger makes beside it is watched too. @default - none */
  readonly canary?: string;
}

/** Adds what is wrong with the names. */
export function nameProblems(names: ServiceNames, problems: Problems): void {
  const { canary } = names;
  problems.take(() => dnsLabel(names.name, MAX_WORKLOAD_NAME), '', 'name');
  problems.take(() => dnsLabel(names.namespace), '', 'namespace');
  if (canary !== undefined) problems.take(() => dnsLabel(canary, MAX_WORKLOAD_NAME), '', 'canary');
  for (const part of ['deployments', 'services', 'autoscalers', 'disruptionBudgets'] as const) {
    const list = names[part];
    problems.check(list?.length !== 0, 'is empty; leave it out, or name what there is', part);
    list?.forEach((one) => problems.take(() => dnsSubdomain(one), '', part));
  }
  const { podLabels } = names;
  problems.check(
    podLabels === undefined || Object.keys(podLabels).length > 0,
    'is empty; leave it out, or name what the pods carry',
    'podLabels',
  );
  labelProblems(podLabels ?? {}).forEach((what) => problems.add(what, 'podLabels'));
  for (const key of Object.keys(podLabels ?? {}).filter((one) => canary !== undefined && REWRITTEN_KEYS.includes(one))) {
    problems.add(`Flagger may write another ${key} on the pods of the primary; name a label that it leaves alone`, 'podLabels');
  }
  const deployments = names.deployments ?? [canary];
  problems.check(
    canary === undefined || deployments.includes(canary),
    () => `${show(canary)} is none of the deployments ${deployments.join(', ')}; name it there too`,
    'canary',
  );
}

type Parts = Pick<ObservedFacts, 'hosts' | 'deployments' | 'autoscalers' | 'disruptionBudgets' | 'canary'>;

/** The parts by name, with those that Flagger makes: `x-primary` beside each, and the Services `x-canary`. */
export function partsOf(names: ServiceNames): Parts {
  const { name, canary, services = [name], deployments = [canary ?? name], autoscalers = [], disruptionBudgets = [] } = names;
  if (canary === undefined) return { hosts: services, deployments, autoscalers, disruptionBudgets };
  const primary = (one: string) => `${one}-primary`;
  return {
    hosts: [...services, ...services.map(primary), ...services.map((one) => `${one}-canary`)],
    deployments: [...deployments, primary(canary)],
    autoscalers: [...autoscalers, ...autoscalers.map(primary)],
    disruptionBudgets,
    canary: { target: canary },
  };
}
