import { type Problems, show } from '../kernel/errors';
import { bytes, milliCpu } from '../kernel/quantity';
import { pathProblem } from './configuration';
import type { ResourcesProps, SecurityProps } from './props';
import type { TierDefaults } from './tiers';

/** What the application's container asks for and may use. Quantities as Kubernetes writes them; no CPU limit where it is undefined. */
export interface ResourcesModel {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu?: string; readonly memory: string };
  readonly ephemeralStorage: string;
}

/** Who the container runs as, and where it may write. */
export interface SecurityModel {
  readonly user: number;
  readonly group: number;
  readonly writablePaths: readonly string[];
}

/** Fills in the tier's resources and adds what is wrong. */
export function resolveResources(
  props: ResourcesProps,
  tier: Pick<TierDefaults, 'requests' | 'limits'>,
  problems: Problems,
): ResourcesModel {
  const { requests, limits, ephemeralStorage = '1Gi' } = props;
  const cpuLimit = limits?.cpu ?? tier.limits.cpu;
  const all = {
    requests: { cpu: requests?.cpu ?? tier.requests.cpu, memory: requests?.memory ?? tier.requests.memory },
    limits: { cpu: cpuLimit === 'none' ? undefined : cpuLimit, memory: limits?.memory ?? tier.limits.memory },
    ephemeralStorage,
  };
  const cpu = problems.take(() => milliCpu(all.requests.cpu), 0, 'resources.requests.cpu');
  const memory = problems.take(() => bytes(all.requests.memory), 0, 'resources.requests.memory');
  const mostCpu =
    all.limits.cpu === undefined ? Infinity : problems.take(() => milliCpu(all.limits.cpu!), Infinity, 'resources.limits.cpu');
  const mostMemory = problems.take(() => bytes(all.limits.memory), Infinity, 'resources.limits.memory');
  problems.take(() => bytes(ephemeralStorage), 0, 'resources.ephemeralStorage');
  const more = (what: string, request: string, limit: string | undefined) =>
    `${what} request ${request} is above the limit of ${limit}; a container must request no more than it may use`;
  problems.check(cpu <= mostCpu, more('cpu', all.requests.cpu, all.limits.cpu), 'resources');
  problems.check(memory <= mostMemory, more('memory', all.requests.memory, all.limits.memory), 'resources');
  // Below 1 Mi the runtime can't start: it is nearly always "512m", which means half a byte, or a forgotten suffix.
  problems.check(
    memory === 0 || memory >= 1024 ** 2,
    `memory ${all.requests.memory} is ${memory} bytes, too little to start with; write it like "512Mi"`,
    'resources',
  );
  return all;
}

/** Fills in the defaults of the security context and adds what is wrong. */
export function resolveSecurity(props: SecurityProps, problems: Problems): SecurityModel {
  const { user = 10001, group = 10001, writablePaths = [] } = props;
  for (const [key, id] of Object.entries({ user, group })) {
    problems.check(
      id !== 1337,
      `${key} 1337 is the proxy's, whose traffic is not intercepted: it would bypass the mesh; use another id`,
      'security',
    );
    problems.check(
      Number.isInteger(id) && id >= 1000 && id <= 2 ** 31 - 1,
      `${key} ${show(id)} must be a whole number from 1000 to 2147483647 (10001 by default): lower ids are root's and the system's`,
      'security',
    );
  }
  writablePaths.forEach((path) => pathProblem(path).forEach((what) => problems.add(what, 'security.writablePaths')));
  return { user, group, writablePaths };
}
