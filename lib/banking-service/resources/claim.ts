import type { Container } from 'cdk8s-plus-28';
import type { ResourceClaim } from '../../contracts/resource-claim';
import { bytes, milliCpu } from '../../kernel/quantity';
import type { NamespaceModel } from '../../zero-trust/model';
import type { ServiceModel } from '../model';
import type { Capacity } from '../release-plan';

/** Of one pod: millicores or bytes. */
export interface Needs {
  readonly requestsCpu: number;
  readonly requestsMemory: number;
  readonly requestsEphemeralStorage: number;
  readonly limitsCpu: number;
  readonly limitsMemory: number;
  readonly limitsEphemeralStorage: number;
}

/** What a container says of one resource: millicores or bytes. */
export interface Said {
  readonly request?: number;
  readonly limit?: number;
}

type Defaults = NamespaceModel['containerDefaults'];

const cpuOf = (text: string | undefined) => (text === undefined ? undefined : milliCpu(text));

/**
 * A container as it is admitted. A request that is left out is the limit; what is left out altogether, the namespace's
 * LimitRange fills in, for injected containers too: the API server asks it again after the webhooks. A container without a
 * CPU limit keeps none, since the LimitRange then names none.
 * https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#reinvocation-policy
 */
export function admitted(cpu: Said, memory: Said, disk: Said, { requests, limits }: Defaults): Needs {
  return {
    requestsCpu: cpu.request ?? cpu.limit ?? milliCpu(requests.cpu),
    requestsMemory: memory.request ?? memory.limit ?? bytes(requests.memory),
    requestsEphemeralStorage: disk.request ?? disk.limit ?? bytes(requests.ephemeralStorage),
    limitsCpu: cpu.limit ?? Infinity,
    limitsMemory: memory.limit ?? bytes(limits.memory),
    limitsEphemeralStorage: disk.limit ?? bytes(limits.ephemeralStorage),
  };
}

/** The application's container, by its exact quantities: cdk8s-plus has them rounded up. */
function ownNeeds({ resources: { requests, limits, ephemeralStorage } }: ServiceModel, defaults: Defaults): Needs {
  const disk = bytes(ephemeralStorage);
  return admitted(
    { request: milliCpu(requests.cpu), limit: cpuOf(limits.cpu) },
    { request: bytes(requests.memory), limit: bytes(limits.memory) },
    { request: disk, limit: disk },
    defaults,
  );
}

/** A container that was added through cdk8s-plus. */
function addedNeeds({ resources }: Container, defaults: Defaults): Needs {
  const { cpu, memory, ephemeralStorage: disk } = resources ?? {};
  const size = (of: typeof memory): Said => {
    const [request, limit] = [of?.request?.toKibibytes(), of?.limit?.toKibibytes()];
    return { request: request && request * 1024, limit: limit && limit * 1024 };
  };
  return admitted({ request: cpuOf(cpu?.request?.amount), limit: cpuOf(cpu?.limit?.amount) }, size(memory), size(disk), defaults);
}

const join = (a: Needs, b: Needs, how: (x: number, y: number) => number): Needs => ({
  requestsCpu: how(a.requestsCpu, b.requestsCpu),
  requestsMemory: how(a.requestsMemory, b.requestsMemory),
  requestsEphemeralStorage: how(a.requestsEphemeralStorage, b.requestsEphemeralStorage),
  limitsCpu: how(a.limitsCpu, b.limitsCpu),
  limitsMemory: how(a.limitsMemory, b.limitsMemory),
  limitsEphemeralStorage: how(a.limitsEphemeralStorage, b.limitsEphemeralStorage),
});

/** A Deployment, as far as it takes room. */
export interface ClaimingTrack {
  readonly deployment: {
    readonly containers: readonly Container[];
    readonly initContainers: readonly Container[];
  };
  readonly mostPods: number;
}

type NamespaceFacts = Pick<NamespaceModel, 'platform' | 'containerDefaults'>;

/**
 * What one pod asks for, its proxy included. Init containers count by the largest, unless they are native sidecars, which
 * run beside the containers.
 * https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function podNeeds(
  service: ServiceModel,
  { containers, initContainers }: ClaimingTrack['deployment'],
  { platform, containerDefaults }: NamespaceFacts,
): Needs {
  const { requests, limits } = platform.istio.proxy;
  const injected = admitted(
    { request: milliCpu(requests.cpu), limit: cpuOf(limits.cpu) },
    { request: bytes(requests.memory), limit: bytes(limits.memory) },
    {},
    containerDefaults,
  );
  const needs = (one: Container) =>
    one.name === service.name ? ownNeeds(service, containerDefaults) : addedNeeds(one, containerDefaults);
  const sidecars = initContainers.filter((one) => one.restartPolicy !== undefined);
  const running = [...containers, ...sidecars].map(needs).reduce((all, one) => join(all, one, (x, y) => x + y), injected);
  // A native proxy is up before any init container starts, and counts beside it. A sidecar among them is no more than what runs.
  const starting = initContainers.map((one) => join(needs(one), injected, (x, y) => x + y));
  return starting.reduce((all, one) => join(all, one, Math.max), running);
}

/** What a service can ask for at its largest: all the pods of all its tracks that can exist while versions change. */
export function resourceClaim(service: ServiceModel, tracks: readonly ClaimingTrack[], namespace: NamespaceFacts): ResourceClaim {
  const { exposure, ports } = service;
  const all = tracks.map(({ mostPods, deployment }) => ({ mostPods, needs: podNeeds(service, deployment, namespace) }));
  const sum = (of: (needs: Needs) => number) => all.reduce((total, one) => total + one.mostPods * of(one.needs), 0);
  const limitsCpu = sum((pod) => pod.limitsCpu);
  return {
    pods: sum(() => 1),
    requestsCpu: sum((pod) => pod.requestsCpu),
    requestsMemory: sum((pod) => pod.requestsMemory),
    requestsEphemeralStorage: sum((pod) => pod.requestsEphemeralStorage),
    limitsCpu: limitsCpu === Infinity ? undefined : limitsCpu,
    limitsMemory: sum((pod) => pod.limitsMemory),
    limitsEphemeralStorage: sum((pod) => pod.limitsEphemeralStorage),
    loadBalancers: exposure.type === 'LoadBalancer' ? 1 : 0,
    nodePorts: exposure.nodePorts(ports.length),
  };
}

/** What so many pods ask for, each like those of the service's largest track. */
export function peakCapacity(
  service: ServiceModel,
  tracks: readonly ClaimingTrack[],
  peakPods: Readonly<Record<string, number>>,
  namespace: NamespaceFacts,
): Capacity {
  const pods = Object.values(peakPods).reduce((all, one) => all + one, 0);
  const needs = tracks.map((track) => podNeeds(service, track.deployment, namespace)).reduce((a, b) => join(a, b, Math.max));
  return { pods, requestsCpu: pods * needs.requestsCpu, requestsMemory: pods * needs.requestsMemory };
}
