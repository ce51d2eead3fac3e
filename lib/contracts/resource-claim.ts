/** What a workload can ask for at maximum scale, proxies and surge included. CPU in millicores, the rest in bytes. */
export interface ResourceClaim {
  readonly pods: number;
  readonly requestsCpu: number;
  readonly requestsMemory: number;
  readonly requestsEphemeralStorage: number;
  /** Undefined when a container goes without a CPU limit: then the namespace can't have a quota on it. */
  readonly limitsCpu: number | undefined;
  readonly limitsMemory: number;
  readonly limitsEphemeralStorage: number;
  readonly loadBalancers: number;
  readonly nodePorts: number;
}
