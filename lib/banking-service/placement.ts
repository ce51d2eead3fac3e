import type { NetworkPeer } from '../contracts/peer';
import { type Problems, show } from '../kernel/errors';
import { isLabelKey, isLabelValue, labelProblems } from '../kernel/labels';
import { dnsSubdomain } from '../kernel/names';
import { ANYTHING, NUMBER, TEXT, listOf, mapOf, oneOf, propsOf, type Shape } from '../kernel/shape';

/** One condition on a node's labels. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/ */
export interface NodeRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  readonly values?: readonly string[];
}

/** Anything that pods can be placed near to. */
export interface Placed {
  readonly guard: { readonly sources: readonly NetworkPeer[] };
}

export interface PlacementProps {
  /** Labels that a node must have. @default - any node */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Conditions that a node must meet, all of them. @default - none */
  readonly nodeRequirements?: readonly NodeRequirement[];
  /**
   * A pool of nodes kept for such pods: tainted so that others stay away, and labelled the same so that these are drawn
   * there. A toleration alone only allows.
   * @default - none
   */
  readonly dedicatedPool?: { readonly key: string; readonly value: string; readonly effect?: 'NoSchedule' | 'NoExecute' };
  /** Services whose pods it should stand near to: in the same zone, if there is room. @default - none */
  readonly near?: readonly Placed[];
  /** GPUs of a pod, and the resource's name. @default - none */
  readonly gpu?: { readonly count: number; readonly resource?: string };
  /** @default - the cluster's */
  readonly schedulerName?: string;
}

const OPERATORS: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];

const NEAR: Shape = {
  what: 'a BankingService or an ExistingWorkload',
  fits: (value) => Array.isArray((value as Partial<Placed> | null)?.guard?.sources),
};

export const PLACEMENT: Shape = propsOf<PlacementProps>({
  nodeSelector: mapOf(TEXT),
  nodeRequirements: listOf(propsOf<NodeRequirement>({ key: ANYTHING, operator: ANYTHING, values: listOf(TEXT) })),
  dedicatedPool: propsOf({ key: ANYTHING, value: ANYTHING, effect: oneOf('NoSchedule', 'NoExecute') }),
  near: listOf(NEAR),
  gpu: propsOf({ count: NUMBER, resource: TEXT }),
  schedulerName: TEXT,
});

/** Parts of a pod's spec, on the wire. */
export interface PlacementModel {
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly requirements: readonly NodeRequirement[];
  readonly tolerations: readonly Readonly<Record<string, string>>[];
  readonly near: readonly NetworkPeer[];
  readonly gpu?: { readonly count: number; readonly resource: string };
  readonly schedulerName?: string;
}

/** Checks that a node can meet all conditions at once, and gives them back as one. */
export function resolvePlacement(props: PlacementProps, problems: Problems): PlacementModel {
  const part = 'placement';
  const { nodeSelector, dedicatedPool, gpu } = props;
  labelProblems(nodeSelector ?? {}).forEach((what) => problems.add(what, `${part}.nodeSelector`));
  const requirements = [
    ...(props.nodeRequirements ?? []),
    ...(dedicatedPool ? [{ key: dedicatedPool.key, operator: 'In' as const, values: [dedicatedPool.value] }] : []),
  ];
  const sound = requirements.filter((one) => {
    const wrong = requirementProblems(one);
    wrong.forEach((what) => problems.add(what, part));
    return wrong.length === 0;
  });
  const selected = Object.entries(nodeSelector ?? {}).map(([key, value]): NodeRequirement => ({
    key,
    operator: 'In',
    values: [value],
  }));
  const all = [...selected, ...sound];
  all.forEach((a, i) =>
    all.slice(i + 1).forEach((b) => {
      if (contradict(a, b) || contradict(b, a))
        problems.add(`${say(a)} and ${say(b)} can't both hold, so no node would do; drop one`, part);
    }),
  );
  if (props.schedulerName !== undefined) problems.take(() => dnsSubdomain(props.schedulerName!), '', `${part}.schedulerName`);
  if (gpu) {
    problems.check(
      Number.isInteger(gpu.count) && gpu.count >= 1,
      `gpu.count ${show(gpu.count)} must be a whole number from 1 on`,
      part,
    );
    problems.check(
      isLabelKey(gpu.resource ?? 'nvidia.com/gpu'),
      `gpu.resource ${show(gpu.resource)} is not a resource name, like "nvidia.com/gpu"`,
      part,
    );
  }
  const resource = gpu?.resource ?? 'nvidia.com/gpu';
  return {
    nodeSelector,
    requirements,
    tolerations: [
      ...(dedicatedPool
        ? [
            {
              key: dedicatedPool.key,
              operator: 'Equal',
              value: dedicatedPool.value,
              effect: dedicatedPool.effect ?? 'NoSchedule',
            },
          ]
        : []),
      // GPU nodes are tainted with the resource's name, so that others stay away.
      ...(gpu ? [{ key: resource, operator: 'Exists', effect: 'NoSchedule' }] : []),
    ],
    near: (props.near ?? []).flatMap((one) => one.guard.sources),
    gpu: gpu && { count: gpu.count, resource },
    schedulerName: props.schedulerName,
  };
}

const say = ({ key, operator, values }: NodeRequirement) =>
  `${key} ${operator}${values?.length ? ` [${values.join(', ')}]` : ''}`;

function requirementProblems({ key, operator, values }: NodeRequirement): string[] {
  if (!isLabelKey(key)) return [`${show(key)} is not a label key; use [prefix/]name with up to 63 characters`];
  if (!OPERATORS.includes(operator)) return [`${key} has the operator ${show(operator)}; use ${OPERATORS.join(', ')}`];
  const many = values?.length ?? 0;
  const bad = (values ?? []).find((value) => !isLabelValue(value));
  if (bad !== undefined) return [`${key}: ${show(bad)} is not a label value; use up to 63 letters, digits, "-", "_" and "."`];
  if ((operator === 'In' || operator === 'NotIn') && many === 0)
    return [`${key} ${operator} needs values; name them, or use Exists`];
  if ((operator === 'Exists' || operator === 'DoesNotExist') && many > 0)
    return [`${key} ${operator} takes no values; leave them out, or use In`];
  if ((operator === 'Gt' || operator === 'Lt') && !(many === 1 && /^[0-9]+$/.test(values![0]!)))
    return [`${key} ${operator} needs one whole number, as in ["4"]`];
  return [];
}

/** Whether `a` leaves `b` no node. */
function contradict(a: NodeRequirement, b: NodeRequirement): boolean {
  if (a.key !== b.key) return false;
  if (a.operator === 'DoesNotExist') return b.operator !== 'DoesNotExist' && b.operator !== 'NotIn';
  if (a.operator !== 'In') return false;
  const left = a.values!.filter((value) => {
    if (b.operator === 'In') return b.values!.includes(value);
    if (b.operator === 'NotIn') return !b.values!.includes(value);
    if (b.operator === 'Gt') return Number(value) > Number(b.values![0]);
    if (b.operator === 'Lt') return Number(value) < Number(b.values![0]);
    return true;
  });
  return left.length === 0;
}
