import { Duration } from 'cdk8s';
import { Scaling } from '../../lib';
import { type Json, World } from './world';

const s = (value: number) => Duration.seconds(value);
const behavior = { upPercent: 170, upStabilization: s(61), downPercent: 13, downStabilization: s(307) };

function rendered(scaling: Scaling): World {
  const world = new World();
  world.service('teller', { scaling });
  return world;
}

test('by the CPU and memory of the application’s own container', () => {
  const { spec } = rendered(Scaling.horizontal({ min: 3, max: 11, cpu: 67, memory: 83, ...behavior })).one(
    'HorizontalPodAutoscaler',
  );
  expect(spec).toMatchInlineSnapshot(`
    {
      "behavior": {
        "scaleDown": {
          "policies": [
            {
              "periodSeconds": 60,
              "type": "Percent",
              "value": 13,
            },
          ],
          "stabilizationWindowSeconds": 307,
        },
        "scaleUp": {
          "policies": [
            {
              "periodSeconds": 60,
              "type": "Percent",
              "value": 170,
            },
          ],
          "stabilizationWindowSeconds": 61,
        },
      },
      "maxReplicas": 11,
      "metrics": [
        {
          "containerResource": {
            "container": "teller",
            "name": "cpu",
            "target": {
              "averageUtilization": 67,
              "type": "Utilization",
            },
          },
          "type": "ContainerResource",
        },
        {
          "containerResource": {
            "container": "teller",
            "name": "memory",
            "target": {
              "averageUtilization": 83,
              "type": "Utilization",
            },
          },
          "type": "ContainerResource",
        },
      ],
      "minReplicas": 3,
      "scaleTargetRef": {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "name": "teller",
      },
    }
  `);
});

test('the default: CPU 70 %, half more a minute, a tenth less', () => {
  const { spec } = rendered(Scaling.horizontal()).one('HorizontalPodAutoscaler');
  expect([spec.minReplicas, spec.maxReplicas]).toEqual([3, 20]);
  expect(spec.metrics.map((one: Json) => [one.containerResource.name, one.containerResource.target.averageUtilization])).toEqual([
    ['cpu', 70],
  ]);
  expect(spec.behavior).toEqual({
    scaleUp: { stabilizationWindowSeconds: 60, policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }] },
    scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }] },
  });
});

test('metrics of one’s own, without the CPU', () => {
  const metrics = [{ type: 'External', external: { metric: { name: 'queue' }, target: { type: 'Value' } } }];
  const { spec } = rendered(Scaling.horizontal({ cpu: undefined, metrics })).one('HorizontalPodAutoscaler');
  expect(spec.metrics).toEqual(metrics);
});

test('by events', () => {
  const scaling = Scaling.keda({
    min: 2,
    max: 13,
    pollingInterval: s(17),
    fallback: { failureThreshold: 7, replicas: 5 },
    triggers: [
      { type: 'kafka', name: 'lag', metadata: { topic: 'orders' }, metricType: 'AverageValue', authentication: 'kafka-auth' },
    ],
    ...behavior,
  });
  const world = rendered(scaling);
  expect(world.one('ScaledObject').spec).toMatchInlineSnapshot(`
    {
      "advanced": {
        "horizontalPodAutoscalerConfig": {
          "behavior": {
            "scaleDown": {
              "policies": [
                {
                  "periodSeconds": 60,
                  "type": "Percent",
                  "value": 13,
                },
              ],
              "stabilizationWindowSeconds": 307,
            },
            "scaleUp": {
              "policies": [
                {
                  "periodSeconds": 60,
                  "type": "Percent",
                  "value": 170,
                },
              ],
              "stabilizationWindowSeconds": 61,
            },
          },
        },
      },
      "fallback": {
        "behavior": "currentReplicasIfHigher",
        "failureThreshold": 7,
        "replicas": 5,
      },
      "maxReplicaCount": 13,
      "minReplicaCount": 2,
      "pollingInterval": 17,
      "scaleTargetRef": {
        "name": "teller",
      },
      "triggers": [
        {
          "authenticationRef": {
            "name": "kafka-auth",
          },
          "metadata": {
            "topic": "orders",
          },
          "metricType": "AverageValue",
          "name": "lag",
          "type": "kafka",
        },
      ],
    }
  `);
  expect(world.objects().some(({ kind }) => kind === 'HorizontalPodAutoscaler')).toBe(false);
});

test('KEDA has no fallback for what is an average over pods already', () => {
  const fallback = (...types: string[]): unknown => {
    const triggers = types.map((type) => ({ type, metadata: { value: '71' } }));
    return rendered(Scaling.keda({ triggers, min: 4 })).one('ScaledObject').spec.fallback;
  };
  for (const types of [['cpu'], ['memory'], ['cpu', 'memory']]) expect(fallback(...types)).toBeUndefined();
  expect(fallback('cpu', 'kafka')).toEqual({ failureThreshold: 3, replicas: 4, behavior: 'currentReplicasIfHigher' });
});

test('a trigger needs no credentials', () => {
  const scaling = Scaling.keda({ triggers: [{ type: 'cron', metadata: { timezone: 'UTC' } }] });
  expect(rendered(scaling).one('ScaledObject').spec.triggers).toEqual([{ type: 'cron', metadata: { timezone: 'UTC' } }]);
});

test.each([
  ['horizontal', () => Scaling.horizontal(), undefined],
  ['keda', () => Scaling.keda({ triggers: [{ type: 'kafka', metadata: {} }] }), undefined],
  ['fixed', () => Scaling.fixed(7), 7],
])('%s: the number of replicas has one owner', (_name, scaling, replicas) => {
  const world = rendered(scaling());
  expect(world.one('Deployment').spec.replicas).toBe(replicas);
  const scalers = world.objects().filter(({ kind }) => ['HorizontalPodAutoscaler', 'ScaledObject'].includes(kind as string));
  expect(scalers).toHaveLength(replicas === undefined ? 1 : 0);
});
