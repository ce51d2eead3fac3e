import { ExistingWorkload, type ResourceClaim } from '../../lib';
import { hardLimits, shortfalls, total } from '../../lib/zero-trust/quota';
import { type Json, World } from '../banking-service/world';

const Gi = 1024 ** 3;
const claim = (pods: number, limitsCpu: number | undefined = 100 * pods): ResourceClaim => ({
  pods,
  requestsCpu: 10 * pods,
  requestsMemory: Gi * pods,
  requestsEphemeralStorage: 2 * Gi * pods,
  limitsCpu,
  limitsMemory: 3 * Gi * pods,
  limitsEphemeralStorage: 4 * Gi * pods,
  loadBalancers: 5 * pods,
  nodePorts: pods,
});

test('what all ask for together', () => {
  expect(total([claim(3), claim(4)])).toEqual(claim(7));
  expect(total([claim(3), { ...claim(4), limitsCpu: undefined }]).limitsCpu).toBeUndefined();
});

test('the limits are exactly what is asked for, unless something else is given', () => {
  expect(hardLimits({ pods: 50, limitsMemory: '64Gi' }, [claim(7)])).toEqual({
    pods: '50',
    'requests.cpu': '70m',
    'requests.memory': '7Gi',
    'requests.ephemeral-storage': '14Gi',
    'limits.cpu': '700m',
    'limits.memory': '64Gi',
    'limits.ephemeral-storage': '28Gi',
    'services.loadbalancers': '35',
    'services.nodeports': '7',
  });
});

test('where one goes without a CPU limit, none is set', () => {
  const { 'limits.cpu': cpu, ...rest } = hardLimits({}, [claim(3), { ...claim(4), limitsCpu: undefined }]);
  expect([cpu, rest['requests.cpu'], rest['limits.memory']]).toEqual([undefined, '70m', '21Gi']);
});

test('a quota that is too small, and one that is just large enough', () => {
  const claims = new Map([
    ['b', claim(3)],
    ['a', claim(4)],
    ['asks-for-nothing', claim(0)],
  ]);
  expect(shortfalls({ pods: 7, requestsMemory: '7Gi', requestsCpu: '70m' }, claims)).toEqual([]);
  const [problem, ...more] = shortfalls({ requestsMemory: '6Gi', pods: 7 }, claims);
  expect(problem).toMatch(/requests.memory 6Gi is short by 1Gi: .* a 4Gi \+ b 3Gi = 7Gi; raise requestsMemory to at least 7Gi/);
  expect(more).toEqual([]);
});

test('a CPU limit for the namespace, where a workload goes without one, would refuse its pods', () => {
  const claims = new Map([['a', { ...claim(3), limitsCpu: undefined }]]);
  expect(shortfalls({ limitsCpu: '99' }, claims)).toEqual([
    expect.stringMatching(/would refuse every pod .*leave limitsCpu out/),
  ]);
});

test('an empty namespace is not closed to what will come, but for what opens it to the outside', () => {
  const hard = (quota?: object) => new World({}, { quota }).one('ResourceQuota').spec.hard as Json;
  expect(hard()).toEqual({ 'services.loadbalancers': '0', 'services.nodeports': '0' });
  // A limit of zero is one: somebody wants the namespace to stay empty.
  expect(hard({ pods: 0 })).toEqual({ pods: '0', 'services.loadbalancers': '0', 'services.nodeports': '0' });
  expect(hard({ pods: 17 })).toEqual({ pods: '17', 'services.loadbalancers': '0', 'services.nodeports': '0' });
});

test('where the needs of one are unknown, nothing is limited but what was given, and what opens the namespace to the outside', () => {
  const world = new World({}, { quota: { limitsMemory: '64Gi', loadBalancers: 7 } });
  world.namespace.claim('known', () => ({ ...claim(3), loadBalancers: 2 }));
  new ExistingWorkload(world.chart, 'postgres', { namespace: world.namespace });
  expect(world.one('ResourceQuota').spec.hard).toEqual({
    'limits.memory': '64Gi',
    'services.loadbalancers': '7',
    'services.nodeports': '3',
  });
});
