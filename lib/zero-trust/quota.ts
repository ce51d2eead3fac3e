import type { ResourceClaim } from '../contracts/resource-claim';
import { bytes, formatBytes, formatCpu, milliCpu } from '../kernel/quantity';
import { compare } from '../kernel/order';
import { ANYTHING, propsOf, type Shape } from '../kernel/shape';
import { show } from '../kernel/errors';

/** Hard limits of a namespace, by the keys of a ResourceQuota. https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export interface QuotaProps {
  readonly pods?: number;
  readonly requestsCpu?: string;
  readonly requestsMemory?: string;
  readonly requestsEphemeralStorage?: string;
  readonly limitsCpu?: string;
  readonly limitsMemory?: string;
  readonly limitsEphemeralStorage?: string;
  readonly loadBalancers?: number;
  readonly nodePorts?: number;
}

/** Amounts are read by their own parsers. */
export const QUOTA: Shape = propsOf<QuotaProps>({
  pods: ANYTHING,
  requestsCpu: ANYTHING,
  requestsMemory: ANYTHING,
  requestsEphemeralStorage: ANYTHING,
  limitsCpu: ANYTHING,
  limitsMemory: ANYTHING,
  limitsEphemeralStorage: ANYTHING,
  loadBalancers: ANYTHING,
  nodePorts: ANYTHING,
});

type Amount = {
  readonly key: string;
  readonly prop: keyof QuotaProps;
  readonly parse: (v: string | number) => number;
  readonly format: (v: number) => string;
};

const count = (v: string | number): number => {
  if (typeof v !== 'number' || !Number.isSafeInteger(v) || v < 0)
    throw new RangeError(`${show(v)} is not a count; use a whole number from 0 on`);
  return v;
};
const cpu = (v: string | number) => milliCpu(v as string);
const storage = (v: string | number) => bytes(v as string);

const AMOUNTS: readonly Amount[] = [
  { key: 'pods', prop: 'pods', parse: count, format: String },
  { key: 'requests.cpu', prop: 'requestsCpu', parse: cpu, format: formatCpu },
  { key: 'requests.memory', prop: 'requestsMemory', parse: storage, format: formatBytes },
  { key: 'requests.ephemeral-storage', prop: 'requestsEphemeralStorage', parse: storage, format: formatBytes },
  { key: 'limits.cpu', prop: 'limitsCpu', parse: cpu, format: formatCpu },
  { key: 'limits.memory', prop: 'limitsMemory', parse: storage, format: formatBytes },
  { key: 'limits.ephemeral-storage', prop: 'limitsEphemeralStorage', parse: storage, format: formatBytes },
  { key: 'services.loadbalancers', prop: 'loadBalancers', parse: count, format: String },
  { key: 'services.nodeports', prop: 'nodePorts', parse: count, format: String },
];

/** What all claims ask for together. The CPU limit is undefined as soon as one goes without. */
export function total(claims: readonly ResourceClaim[]): ResourceClaim {
  const sum = (key: keyof ResourceClaim) => claims.reduce((all, claim) => all + (claim[key] ?? 0), 0);
  return {
    pods: sum('pods'),
    requestsCpu: sum('requestsCpu'),
    requestsMemory: sum('requestsMemory'),
    requestsEphemeralStorage: sum('requestsEphemeralStorage'),
    limitsCpu: claims.some((claim) => claim.limitsCpu === undefined) ? undefined : sum('limitsCpu'),
    limitsMemory: sum('limitsMemory'),
    limitsEphemeralStorage: sum('limitsEphemeralStorage'),
    loadBalancers: sum('loadBalancers'),
    nodePorts: sum('nodePorts'),
  };
}

/** Problems of the quantities themselves, a sentence each. */
export function quotaProblems(quota: QuotaProps): string[] {
  return AMOUNTS.flatMap(({ prop, parse }) => {
    if (quota[prop] === undefined) return [];
    try {
      parse(quota[prop]);
      return [];
    } catch (e) {
      return [`${prop}: ${(e as Error).message}`];
    }
  });
}

/** By how much a quota is too small for what the workloads can ask for, a sentence for each amount. */
export function shortfalls(quota: QuotaProps, claims: ReadonlyMap<string, ResourceClaim>): string[] {
  const need = total([...claims.values()]);
  return AMOUNTS.flatMap(({ key, prop, parse, format }) => {
    const given = quota[prop];
    const needed = need[prop];
    if (given === undefined) return [];
    if (needed === undefined) {
      return [`${key} ${given} would refuse every pod of a workload without CPU limit; leave ${prop} out`];
    }
    if (parse(given) >= needed) return [];
    const parts = [...claims]
      .filter(([, claim]) => (claim[prop] ?? 0) > 0)
      .sort((a, b) => compare(a[0], b[0]))
      .map(([name, claim]) => `${name} ${format(claim[prop] ?? 0)}`);
    return [
      `${key} ${given} is short by ${format(needed - parse(given))}: at maximum scale with surge and proxies ` +
        `${parts.join(' + ')} = ${format(needed)}; raise ${prop} to at least ${format(needed)}`,
    ];
  });
}

/** The `hard` map of what is given, and nothing else. */
export function givenLimits(quota: QuotaProps): Record<string, string> {
  return Object.fromEntries(
    AMOUNTS.flatMap(({ key, prop }): [string, string][] => (quota[prop] === undefined ? [] : [[key, String(quota[prop])]])),
  );
}

/** The `hard` map: what is given, and for the rest exactly what the workloads can ask for. */
export function hardLimits(quota: QuotaProps, claims: readonly ResourceClaim[]): Record<string, string> {
  const need = total(claims);
  const needed = AMOUNTS.flatMap(({ key, prop, format }): [string, string][] => {
    const amount = need[prop];
    return amount === undefined ? [] : [[key, format(amount)]];
  });
  return { ...Object.fromEntries(needed), ...givenLimits(quota) };
}

/** Room that nobody asks for. CPU in millicores, memory in bytes. */
export type QuotaLeft = Pick<ResourceClaim, 'pods' | 'requestsCpu' | 'requestsMemory'>;

/** What a quota leaves when every workload is at its largest. */
export function remaining(quota: QuotaProps, claims: readonly ResourceClaim[]): QuotaLeft {
  const need = total(claims);
  const left = (prop: 'pods' | 'requestsCpu' | 'requestsMemory') => {
    const { parse } = AMOUNTS.find((one) => one.prop === prop)!;
    return quota[prop] === undefined ? 0 : parse(quota[prop]) - need[prop];
  };
  return { pods: left('pods'), requestsCpu: left('requestsCpu'), requestsMemory: left('requestsMemory') };
}
