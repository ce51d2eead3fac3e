import { Priority, ServiceTier } from '../../lib';
import { podOf, World } from './world';

test('spread over zones and hosts, by the label that the Deployment selects', () => {
  const { topologySpreadConstraints } = podOf({ availability: { zoneSpread: 'DoNotSchedule' } });
  const base = { labelSelector: { matchLabels: { app: 'teller' } }, matchLabelKeys: ['pod-template-hash'], maxSkew: 1 };
  expect(topologySpreadConstraints).toEqual([
    { ...base, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', nodeTaintsPolicy: 'Honor' },
    { ...base, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
  ]);
});

describe('placement', () => {
  test('a dedicated pool both tolerates its taint and draws the pods there', () => {
    const pod = podOf({
      placement: {
        nodeSelector: { disk: 'ssd' },
        nodeRequirements: [{ key: 'cores', operator: 'Gt', values: ['7'] }],
        dedicatedPool: { key: 'pool', value: 'cash', effect: 'NoExecute' },
        gpu: { count: 3, resource: 'amd.com/gpu' },
        schedulerName: 'late',
      },
    });
    expect([pod.nodeSelector, pod.schedulerName]).toEqual([{ disk: 'ssd' }, 'late']);
    expect(pod.tolerations).toEqual([
      { key: 'pool', operator: 'Equal', value: 'cash', effect: 'NoExecute' },
      { key: 'amd.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
    ]);
    expect(pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms).toEqual([
      {
        matchExpressions: [
          { key: 'cores', operator: 'Gt', values: ['7'] },
          { key: 'pool', operator: 'In', values: ['cash'] },
        ],
      },
    ]);
    expect(pod.containers[0].resources.limits['amd.com/gpu']).toBe('3');
  });

  test('near another service, by its stable identity', () => {
    const world = new World();
    const broker = world.service('broker');
    world.service('teller', { placement: { near: [broker] } });
    expect(world.one('Deployment', 'teller').spec.template.spec.affinity).toEqual({
      podAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              labelSelector: { matchLabels: { 'banking.workload/name': 'broker' } },
              namespaces: ['vault'],
              topologyKey: 'topology.kubernetes.io/zone',
            },
          },
        ],
      },
    });
  });
});

test('two services of a tier share one PriorityClass, and it says whose it is', () => {
  const world = new World();
  const priority = Priority.ofTier({ value: 700_007, preempt: false });
  for (const id of ['teller', 'broker']) world.service(id, { tier: ServiceTier.CRITICAL, priority });
  const { metadata, ...rest } = world.one('PriorityClass');
  expect(metadata.name).toBe('vault-critical');
  expect(rest).toEqual({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    value: 700_007,
    preemptionPolicy: 'Never',
    description: 'Critical services of namespace vault.',
  });
  expect(world.one('Deployment', 'broker').spec.template.spec.priorityClassName).toBe('vault-critical');
});

test.each([
  [{ maxUnavailable: 2 }, { maxUnavailable: 2 }],
  [{ minAvailable: 2 }, { minAvailable: 2 }],
])('a disruption budget with %j', (availability, expected) => {
  const world = new World();
  world.service('teller', { availability });
  expect(world.one('PodDisruptionBudget').spec).toEqual({
    selector: { matchLabels: { 'banking.workload/name': 'teller' } },
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    ...expected,
  });
});
