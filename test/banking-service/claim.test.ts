import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  type BankingServiceProps,
  type ConfigError,
  Exposure,
  GitOpsApp,
  Release,
  Scaling,
  ZeroTrustNamespace,
  BankingService,
} from '../../lib';
import { IMAGE, type Json, World } from './world';

/** The proxy of this platform: 70m to 900m, 90Mi to 300Mi; its disk is the namespace's default, 1Gi. */
const proxy = { requests: { cpu: '70m', memory: '90Mi' }, limits: { cpu: '900m', memory: '300Mi' } };
const resources = {
  requests: { cpu: '310m', memory: '410Mi' },
  limits: { cpu: '1100m', memory: '510Mi' },
  ephemeralStorage: '3Gi',
};

const given = (): Partial<BankingServiceProps> => ({ resources, scaling: Scaling.horizontal({ min: 3, max: 5 }) });

function world(props: Partial<BankingServiceProps> = {}): { world: World; service: BankingService; hard: () => Json } {
  const all = new World({ istio: { proxy } });
  const service = all.service('teller', { ...given(), ...props });
  return { world: all, service, hard: () => all.one('ResourceQuota').spec.hard as Json };
}

const container = (name: string, cpu: [number, number], memory: [number, number]) => ({
  name,
  image: IMAGE,
  resources: {
    cpu: { request: kplus.Cpu.millis(cpu[0]), limit: kplus.Cpu.millis(cpu[1]) },
    memory: { request: Size.mebibytes(memory[0]), limit: Size.mebibytes(memory[1]) },
  },
});

test('pods are the maximum and twice the surge, each with its proxy', () => {
  expect(world().hard()).toEqual({
    pods: '7',
    'requests.cpu': `${7 * 380}m`,
    'requests.memory': `${7 * 500}Mi`,
    'limits.cpu': '14',
    'limits.memory': `${7 * 810}Mi`,
    'requests.ephemeral-storage': `${7 * (3072 + 128)}Mi`,
    'limits.ephemeral-storage': '28Gi',
    'services.loadbalancers': '0',
    'services.nodeports': '0',
  });
});

test.each([
  ['a rolling update with a surge of 3', () => Release.rolling({ maxSurge: 3 }), 11],
  ['recreate', () => Release.recreate({ acceptDowntime: 'two versions cannot share the ledger' }), 5],
])('%s', (_name, release, pods) => {
  expect(world({ release: release() }).hard()).toMatchObject({ pods: String(pods), 'requests.memory': `${pods * 500}Mi` });
});

test('a container that was added counts in every pod, with the defaults of the namespace for what it does not say', () => {
  const { service, hard } = world();
  service.deployment.addContainer(container('log', [13, 17], [19, 23]));
  expect(hard()).toMatchObject({
    'requests.cpu': `${7 * 393}m`,
    'limits.cpu': `${7 * 2017}m`,
    'requests.memory': `${7 * 519}Mi`,
    'limits.memory': `${7 * 833}Mi`,
    'requests.ephemeral-storage': `${7 * (3072 + 128 + 128)}Mi`,
  });
});

test.each<[string, kplus.ContainerResources | undefined, object]>([
  // Without a word: the defaults of the namespace.
  ['nothing', undefined, { cpu: 100, memory: 128, disk: 128, most: 256 }],
  [
    'requests alone',
    {
      cpu: { request: kplus.Cpu.millis(13) },
      memory: { request: Size.mebibytes(19) },
      ephemeralStorage: { request: Size.gibibytes(2) },
    },
    { cpu: 13, memory: 19, disk: 2048, most: 256 },
  ],
  [
    'limits alone, which are requested then',
    {
      cpu: { limit: kplus.Cpu.millis(17) },
      memory: { limit: Size.mebibytes(23) },
      ephemeralStorage: { limit: Size.gibibytes(3) },
    },
    { cpu: 17, memory: 23, disk: 3072, most: 23 },
  ],
])('a container that was added says %s', (_what, said, expected) => {
  const { service, hard } = world();
  service.deployment.addContainer({ name: 'log', image: IMAGE, resources: said ?? {} });
  const { cpu, memory, disk, most } = expected as Record<string, number>;
  expect(hard()).toMatchObject({
    'requests.cpu': `${7 * (380 + cpu!)}m`,
    'requests.memory': `${7 * (500 + memory!)}Mi`,
    'limits.memory': `${7 * (810 + most!)}Mi`,
    'requests.ephemeral-storage': `${7 * (3072 + 128 + disk!)}Mi`,
  });
});

test('of init containers the largest counts, where it is larger than what runs afterwards', () => {
  const { service, hard } = world();
  service.deployment.addInitContainer(container('wait', [11, 4000], [13, 17]));
  service.deployment.addInitContainer(container('load', [7, 3000], [1700, 1900]));
  expect(hard()).toMatchObject({
    'requests.cpu': `${7 * 380}m`,
    // The native proxy is up before them: 900m, 90Mi and 300Mi of its own.
    'limits.cpu': `${7 * 4900}m`,
    'requests.memory': `${7 * 1790}Mi`,
    'limits.memory': `${7 * 2200}Mi`,
  });
});

test('an init container that keeps running is counted beside the others', () => {
  const { service, hard } = world();
  service.deployment.addInitContainer({
    ...container('tunnel', [11, 13], [17, 19]),
    restartPolicy: kplus.ContainerRestartPolicy.ALWAYS,
  });
  expect(hard()).toMatchObject({
    'requests.cpu': `${7 * 391}m`,
    'requests.memory': `${7 * 517}Mi`,
    'limits.memory': `${7 * 829}Mi`,
  });
});

test('one container without a CPU limit takes the limit off the namespace, and off its defaults', () => {
  const { world: all, hard } = world({ resources: { ...resources, limits: { cpu: 'none', memory: '510Mi' } } });
  all.service('broker', given());
  expect(hard()['limits.cpu']).toBeUndefined();
  expect(hard()['requests.cpu']).toBe(`${2 * 7 * 380}m`);
  expect(all.one('LimitRange').spec.limits[0].default).toEqual({ memory: '256Mi', 'ephemeral-storage': '1Gi' });
});

test('published ports', () => {
  const exposure = Exposure.loadBalancer({ sourceRanges: ['203.0.113.0/24'] });
  const mtlsExceptions = [8071, 9077].map((port) => ({ port, reason: 'partners dial in without a proxy' }));
  const ports = [{ port: 9077, name: 'admin' }];
  expect(world({ exposure, mtlsExceptions, ports }).hard()).toMatchObject({
    'services.loadbalancers': '1',
    'services.nodeports': '2',
  });
});

test('disk need not be a whole number of gibibytes', () => {
  const { world: all, hard } = world({ resources: { ...resources, ephemeralStorage: '1500Mi' } });
  expect(all.one('Deployment').spec.template.spec.containers[0].resources.requests['ephemeral-storage']).toBe('1500Mi');
  expect(hard()['requests.ephemeral-storage']).toBe(`${7 * (1500 + 128)}Mi`);
});

test('a quota that is too small is an error that does the sum', () => {
  const app = new GitOpsApp();
  const chart = new Chart(app, 'world');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'vault', quota: { pods: 9, limitsMemory: '8Gi' } });
  for (const id of ['teller', 'broker']) new BankingService(chart, id, { namespace, image: IMAGE, port: 8071, ...given() });
  const problems = (): string[] => {
    try {
      app.synthYaml();
      return [];
    } catch (e) {
      return (e as ConfigError).problems.map(({ what }) => what);
    }
  };
  expect(problems().join('\n')).toMatch(/pods 9 is short by 5: .*broker 7 \+ teller 7 = 14; raise pods to at least 14/);
  expect(problems().join('\n')).toMatch(/limits.memory 8Gi is short by/);
});
