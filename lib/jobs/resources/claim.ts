import { admitted } from '../../banking-service/resources/claim';
import type { ResourceClaim } from '../../contracts/resource-claim';
import { bytes, milliCpu } from '../../kernel/quantity';
import type { NamespaceModel } from '../../zero-trust/model';
import type { JobModel } from '../model';

const cpuOf = (text: string | undefined) => (text === undefined ? undefined : milliCpu(text));

/** What a Job asks for while it runs: one pod, with its proxy. Pods that have ended count for nothing. */
export function jobClaim(
  { resources: { requests, limits, ephemeralStorage } }: Pick<JobModel, 'resources'>,
  { platform, containerDefaults }: Pick<NamespaceModel, 'platform' | 'containerDefaults'>,
): ResourceClaim {
  const { proxy } = platform.istio;
  const disk = bytes(ephemeralStorage);
  const own = admitted(
    { request: milliCpu(requests.cpu), limit: cpuOf(limits.cpu) },
    { request: bytes(requests.memory), limit: bytes(limits.memory) },
    { request: disk, limit: disk },
    containerDefaults,
  );
  const injected = admitted(
    { request: milliCpu(proxy.requests.cpu), limit: cpuOf(proxy.limits.cpu) },
    { request: bytes(proxy.requests.memory), limit: bytes(proxy.limits.memory) },
    {},
    containerDefaults,
  );
  const limitsCpu = own.limitsCpu + injected.limitsCpu;
  return {
    pods: 1,
    requestsCpu: own.requestsCpu + injected.requestsCpu,
    requestsMemory: own.requestsMemory + injected.requestsMemory,
    requestsEphemeralStorage: own.requestsEphemeralStorage + injected.requestsEphemeralStorage,
    limitsCpu: limitsCpu === Infinity ? undefined : limitsCpu,
    limitsMemory: own.limitsMemory + injected.limitsMemory,
    limitsEphemeralStorage: own.limitsEphemeralStorage + injected.limitsEphemeralStorage,
    loadBalancers: 0,
    nodePorts: 0,
  };
}
