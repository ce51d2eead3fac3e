import { Release } from '../../lib';
import { type Json, World } from '../banking-service/world';
import { budgetsOf, deployments, fewest, identityOf, named, type Objects, renderedBank, scalerOf, trap } from './support';

const bank = renderedBank();
const WEB = 'web';

/** All but the load tester, which keeps its gates in memory and has one replica: nobody asks it but Flagger. */
const serving = (objects: Objects) => deployments(objects).filter(({ metadata }) => metadata.name !== 'load-tester');

const draining = (objects: Objects) =>
  serving(objects).every((one) => {
    const budgets = budgetsOf(objects, one);
    const min = fewest(objects, one);
    return (
      budgets.length === 1 &&
      budgets.every(({ spec }) =>
        spec.minAvailable === undefined ? spec.maxUnavailable >= 1 && spec.maxUnavailable < min : spec.minAvailable < min,
      )
    );
  });

trap(
  'R1 trap: maxUnavailable 1 sold as zero downtime with few replicas, and a disruption budget that blocks every drain',
  bank,
  (objects) =>
    draining(objects) &&
    serving(objects).every((one) => {
      const { maxUnavailable, maxSurge } = one.spec.strategy.rollingUpdate;
      return maxUnavailable * 5 <= fewest(objects, one) && maxUnavailable + maxSurge > 0 && one.spec.minReadySeconds > 0;
    }),
  {
    'one of three missing': (all) => (named(all, 'Deployment', WEB).spec.strategy.rollingUpdate.maxUnavailable = 1),
    'no way to replace a pod': (all) => (named(all, 'Deployment', WEB).spec.strategy.rollingUpdate.maxSurge = 0),
    'a budget of none': (all) => (named(all, 'PodDisruptionBudget', WEB).spec.maxUnavailable = 0),
    'two versions at once do not count as ready': (all) => delete named(all, 'Deployment', WEB).spec.minReadySeconds,
  },
);

trap(
  'R2 trap: Recreate as a silent default',
  bank,
  (objects) => deployments(objects).every(({ spec }) => spec.strategy?.type === 'RollingUpdate'),
  { recreate: (all) => (named(all, 'Deployment', WEB).spec.strategy = { type: 'Recreate' }) },
);

test('R2 trap: Recreate is to be had with a reason only', () => {
  const without = () => new World().service('teller', { release: Release.recreate({} as never) });
  expect(without).toThrow(/stops the service at every release and needs a reason/);
});

trap(
  'S5 trap: replicas beside an autoscaler, no autoscaler at all, and one that the proxy skews',
  bank,
  (objects) =>
    serving(objects).every((one) => {
      const metrics = (scalerOf(objects, one)?.spec.metrics ?? []) as Json[];
      return (
        one.spec.replicas === undefined &&
        metrics.length > 0 &&
        metrics.every(({ containerResource }) => containerResource?.container === identityOf(one))
      );
    }),
  {
    replicas: (all) => (named(all, 'Deployment', WEB).spec.replicas = 3),
    'no autoscaler': (all) => all.splice(all.indexOf(named(all, 'HorizontalPodAutoscaler', WEB)), 1),
    'the whole pod': (all) =>
      (named(all, 'HorizontalPodAutoscaler', WEB).spec.metrics = [{ type: 'Resource', resource: { name: 'cpu' } }]),
  },
);

trap('S6 trap: a disruption budget that is equal to the replicas', bank, draining, {
  'as many must stay as there are': (all) =>
    (named(all, 'PodDisruptionBudget', WEB).spec = { ...named(all, 'PodDisruptionBudget', WEB).spec, minAvailable: 3 }),
  'all may go': (all) => (named(all, 'PodDisruptionBudget', WEB).spec.maxUnavailable = 3),
  'none at all': (all) => all.splice(all.indexOf(named(all, 'PodDisruptionBudget', WEB)), 1),
});
