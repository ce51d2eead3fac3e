import type { Container } from 'cdk8s-plus-28';
import type { ResourceClaim } from '../../contracts/resource-claim';
import { bytes, milliCpu } from '../../kernel/quantity';
import type { ContainerResources } from '../../platform/props';
import type { Exposure } from '../../traffic/exposure';
import type { ScalingModel } from '../scaling';

interface Needs {
  readonly requestsCpu: number;
  readonly requestsMemory: number;
  readonly requestsEphemeralStorage: number;
  readonly limitsCpu: number;
  readonly limitsMemory: number;
  readonly limitsEphemeralStorage: number;
}

function needsOf({ resources }: Container): Needs {
  const cpu = (text: string | undefined) => (text === undefined ? 0 : milliCpu(text));
  return {
    requestsCpu: cpu(resources?.cpu?.request?.amount),
    requestsMemory: resources?.memory?.request?.toKibibytes() ?? 0,
    requestsEphemeralStorage: resources?.ephemeralStorage?.request?.toKibibytes() ?? 0,
    limitsCpu: resources?.cpu?.limit ? cpu(resources.cpu.limit.amount) : Infinity,
    limitsMemory: resources?.memory?.limit?.toKibibytes() ?? 0,
    limitsEphemeralStorage: resources?.ephemeralStorage?.limit?.toKibibytes() ?? 0,
  };
}

const join = (a: Needs, b: Needs, how: (x: number, y: number) => number): Needs => ({
  requestsCpu: how(a.requestsCpu, b.requestsCpu),
  requestsMemory: how(a.requestsMemory, b.requestsMemory),
  requestsEphemeralStorage: how(a.requestsEphemeralStorage, b.requestsEphemeralStorage),
  limitsCpu: how(a.limitsCpu, b.limitsCpu),
  limitsMemory: how(a.limitsMemory, b.limitsMemory),
  limitsEphemeralStorage: how(a.limitsEphemeralStorage, b.limitsEphemeralStorage),
});

const NOTHING: Needs = { requestsCpu: 0, requestsMemory: 0, requestsEphemeralStorage: 0, limitsCpu: 0, limitsMemory: 0, limitsEphemeralStorage: 0 };

/**
 * What a service can ask for at its largest. While a version changes, up to `surge` new pods stand beside all the old ones,
 * and as many old ones are still shutting down when the next new ones start: a pod counts until it is gone.
 * Of a pod, init containers count by the largest, unless they are native sidecars, which run beside the containers.
 * https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function resourceClaim(
  containers: readonly Container[],
  initContainers: readonly Container[],
  proxy: ContainerResources,
  scaling: ScalingModel,
  surge: number,
  exposure: Exposure,
  ports: number,
): ResourceClaim {
  const injected: Needs = {
    ...NOTHING,
    requestsCpu: milliCpu(proxy.requests.cpu),
    requestsMemory: bytes(proxy.requests.memory) / 1024,
    limitsCpu: proxy.limits.cpu === undefined ? Infinity : milliCpu(proxy.limits.cpu),
    limitsMemory: bytes(proxy.limits.memory) / 1024,
  };
  const add = (x: number, y: number) => x + y;
  const sidecars = initContainers.filter((one) => one.restartPolicy !== undefined);
  const inits = initContainers.filter((one) => one.restartPolicy === undefined);
  const running = [...containers, ...sidecars].map(needsOf).reduce((all, one) => join(all, one, add), injected);
  const pod = inits.map(needsOf).reduce((all, one) => join(all, one, Math.max), running);
  const pods = scaling.max + 2 * surge;
  const kibi = 1024;
  return {
    pods,
    requestsCpu: pods * pod.requestsCpu,
    requestsMemory: pods * pod.requestsMemory * kibi,
    requestsEphemeralStorage: pods * pod.requestsEphemeralStorage * kibi,
    limitsCpu: pod.limitsCpu === Infinity ? undefined : pods * pod.limitsCpu,
    limitsMemory: pods * pod.limitsMemory * kibi,
    limitsEphemeralStorage: pods * pod.limitsEphemeralStorage * kibi,
    loadBalancers: exposure.type === 'LoadBalancer' ? 1 : 0,
    nodePorts: exposure.nodePorts(ports),
  };
}
