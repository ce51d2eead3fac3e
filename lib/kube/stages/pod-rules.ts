import type { Manifest } from '../manifest';
import { podSpec } from './pod-templates';
import { above, at, less, maps, number, type Rule, weaker } from './rule';

interface Pair {
  readonly name: string;
  readonly staging: Record<string, unknown>;
  readonly production: Record<string, unknown>;
  readonly stagingPod: Record<string, unknown>;
  readonly productionPod: Record<string, unknown>;
}

/** Containers of the same name in both. What only one of them has cannot be compared. */
function pairs(staging: Manifest, production: Manifest): Pair[] {
  const [stagingPod, productionPod] = [podSpec(staging), podSpec(production)];
  if (!stagingPod || !productionPod) return [];
  return ['containers', 'initContainers'].flatMap((list) =>
    maps(stagingPod[list]).flatMap((s) => {
      const p = maps(productionPod[list]).find((c) => c.name === s.name);
      return p ? [{ name: `container ${String(s.name)}`, staging: s, production: p, stagingPod, productionPod }] : [];
    }),
  );
}

/** A field that may stand at the container or at the pod; the container's word counts. */
function effective(container: unknown, pod: unknown, ...keys: readonly string[]): unknown {
  return at(container, 'securityContext', ...keys) ?? at(pod, 'securityContext', ...keys);
}

const runAsNonRoot: Rule = (s, p) =>
  pairs(s, p).flatMap(({ name, staging, production, stagingPod, productionPod }) => {
    const is = effective(production, productionPod, 'runAsNonRoot');
    return effective(staging, stagingPod, 'runAsNonRoot') === true && is !== true
      ? [weaker(`${name}: runAsNonRoot`, is, true)]
      : [];
  });

const seccomp: Rule = (s, p) =>
  pairs(s, p).flatMap(({ name, staging, production, stagingPod, productionPod }) => {
    const was = effective(staging, stagingPod, 'seccompProfile', 'type');
    const is = effective(production, productionPod, 'seccompProfile', 'type');
    const confined = (type: unknown): boolean => type === 'RuntimeDefault' || type === 'Localhost';
    return confined(was) && !confined(is) ? [weaker(`${name}: seccompProfile.type`, is, was)] : [];
  });

const readOnlyRoot: Rule = (s, p) =>
  pairs(s, p).flatMap(({ name, staging, production }) => {
    const is = at(production, 'securityContext', 'readOnlyRootFilesystem');
    const was = at(staging, 'securityContext', 'readOnlyRootFilesystem');
    return was === true && is !== true ? [weaker(`${name}: readOnlyRootFilesystem`, is, true)] : [];
  });

const privilegeEscalation: Rule = (s, p) =>
  pairs(s, p).flatMap(({ name, staging, production }) => {
    const is = at(production, 'securityContext', 'allowPrivilegeEscalation');
    const was = at(staging, 'securityContext', 'allowPrivilegeEscalation');
    return was === false && is !== false ? [weaker(`${name}: allowPrivilegeEscalation`, is, false)] : [];
  });

const privileged: Rule = (s, p) =>
  pairs(s, p).flatMap(({ name, staging, production }) => {
    const is = at(production, 'securityContext', 'privileged');
    const was = at(staging, 'securityContext', 'privileged');
    return was !== true && is === true ? [weaker(`${name}: privileged`, true, false)] : [];
  });

const droppedCapabilities: Rule = (s, p) =>
  pairs(s, p).flatMap(({ name, staging, production }) => {
    const drops = (container: unknown): boolean => list(at(container, 'securityContext', 'capabilities', 'drop')).includes('ALL');
    return drops(staging) && !drops(production) ? [`${name}: capabilities.drop lacks ALL, which staging has; add it`] : [];
  });

const addedCapabilities: Rule = (s, p) =>
  pairs(s, p).flatMap(({ name, staging, production }) => {
    const adds = (container: unknown): unknown[] => list(at(container, 'securityContext', 'capabilities', 'add'));
    const more = adds(production).filter((c) => !adds(staging).includes(c));
    return more.length > 0 ? [`${name}: capabilities.add has ${more.join(', ')}, which staging lacks; remove it`] : [];
  });

const probes: Rule = (s, p) =>
  pairs(s, p).flatMap(({ name, staging, production }) =>
    ['livenessProbe', 'readinessProbe', 'startupProbe']
      .filter((probe) => staging[probe] !== undefined && production[probe] === undefined)
      .map((probe) => `${name}: it has no ${probe}, but staging has; add it`),
  );

const requests: Rule = (s, p) =>
  pairs(s, p).flatMap(({ name, staging, production }) =>
    ['cpu', 'memory'].flatMap((resource) => {
      const was = at(staging, 'resources', 'requests', resource);
      const is = at(production, 'resources', 'requests', resource);
      const [before, after] = [quantity(was), quantity(is)];
      return less(after ?? 0, before) ? [weaker(`${name}: resources.requests.${resource}`, is, was)] : [];
    }),
  );

const hostNamespaces: Rule = (s, p) =>
  ['hostNetwork', 'hostPID', 'hostIPC']
    .filter((field) => at(podSpec(s), field) !== true && at(podSpec(p), field) === true)
    .map((field) => weaker(field, true, false));

/** Kubernetes' default is RollingUpdate with 25 %. */
const strategy: Rule = (s, p) => {
  const type = (d: Manifest): unknown => at(d, 'spec', 'strategy', 'type');
  if (type(s) === 'Recreate') return [];
  if (type(p) === 'Recreate') return [weaker('strategy.type', 'Recreate', 'RollingUpdate')];
  const down = (d: Manifest): unknown => at(d, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable') ?? '25%';
  return above(down(p), down(s)) ? [weaker('strategy.rollingUpdate.maxUnavailable', down(p), down(s))] : [];
};

/** An absent number means that an autoscaler has the word; its own rule compares it. */
const replicas: Rule = (s, p) => {
  const [was, is] = [number(at(s, 'spec', 'replicas')), number(at(p, 'spec', 'replicas'))];
  return less(is, was) ? [weaker('replicas', is, was)] : [];
};

/** A quantity in its base unit. Unlike the parsers for props, it takes any that the API server takes. */
function quantity(value: unknown): number | undefined {
  const match = /^(\d+(?:\.\d+)?|\.\d+)(m|[kMGTPE]|[KMGTPE]i|e\d+)?$/.exec(String(value));
  if (!match) return undefined;
  const [, digits, unit = ''] = match;
  if (unit.startsWith('e')) return Number(`${digits}${unit}`);
  if (unit === 'm') return Number(digits) / 1000;
  // Of no unit, the zeroth.
  const power = ' KMGTPE'.indexOf(unit.charAt(0).toUpperCase());
  return Number(digits) * (unit.endsWith('i') ? 1024 : 1000) ** power;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** For every kind that makes pods. */
export const POD_RULES: readonly Rule[] = [
  runAsNonRoot,
  seccomp,
  readOnlyRoot,
  privilegeEscalation,
  privileged,
  droppedCapabilities,
  addedCapabilities,
  probes,
  requests,
  hostNamespaces,
];

export const DEPLOYMENT_RULES: readonly Rule[] = [strategy, replicas];
export const STATEFUL_SET_RULES: readonly Rule[] = [replicas];
