import {
  type BankingServiceProps,
  ConfigurationChange,
  Exposure,
  Health,
  Priority,
  Release,
  Scaling,
  ServiceTier,
} from '../../lib';
import { notesOn } from '../../lib/kube/notes';
import { sectionsOn } from '../../lib/kube/sections';
import { planText } from '../../lib/banking-service/release-plan';
import { type Json, World } from './world';

/* What a service needs of its cluster, what it tells its reader, and what it is with several Deployments. */

const METRICS_SERVER = 'metrics-server is installed: autoscalers read the use of CPU and memory from it.';
const fixed = () => Scaling.fixed(3);
const metrics = [{ type: 'External', external: { metric: { name: 'queue' }, target: { type: 'Value' } } }];
const plainText = [{ port: 8071, reason: 'partners dial in without a proxy' }];

test.each<[string, () => Partial<BankingServiceProps>, string[]]>([
  ['nothing but pods', () => ({ scaling: fixed() }), []],
  ['the default', () => ({}), [METRICS_SERVER]],
  [
    'metrics of its own',
    () => ({ scaling: Scaling.horizontal({ metrics }) }),
    [METRICS_SERVER, 'An adapter serves the custom metrics that teller scales by.'],
  ],
  ['no metrics of its own', () => ({ scaling: Scaling.horizontal({ metrics: [] }) }), [METRICS_SERVER]],
  [
    'events',
    () => ({ scaling: Scaling.keda({ triggers: [{ type: 'kafka', metadata: {} }] }) }),
    ['KEDA is installed: it scales services by their events.'],
  ],
  [
    'Secrets, each of them once',
    () => ({
      scaling: fixed(),
      secretEnv: { A: { secret: 'db', key: 'a' }, B: { secret: 'db', key: 'b' } },
      secretFiles: [{ secret: 'tls', path: '/etc/tls' }],
      imagePullSecrets: ['registry', 'db'],
    }),
    ['db', 'tls', 'registry'].map((name) => `Secret ${name} is in namespace vault before teller starts.`),
  ],
  [
    'a configuration that restarts its pods',
    () => ({ scaling: fixed(), configuration: { variables: { A: '1' }, change: ConfigurationChange.RELOADER } }),
    ['Reloader is installed: it restarts pods when their configuration changes.'],
  ],
  [
    'GPUs',
    () => ({ scaling: fixed(), placement: { gpu: { count: 2 } } }),
    ['A device plugin offers nvidia.com/gpu, with one set to spare while versions change.'],
  ],
  [
    'a PriorityClass that exists',
    () => ({ scaling: fixed(), priority: Priority.existing('vip') }),
    ['PriorityClass vip exists.'],
  ],
  ['a PriorityClass of its own', () => ({ scaling: fixed(), tier: ServiceTier.CRITICAL }), []],
])('a service needs in its cluster what it uses: %s', (_what, props, expected) => {
  const service = new World().service('teller', props());
  expect(notesOn(service)).toEqual(expected.map((text) => ({ kind: 'prerequisite', text })));
});

test('a load balancer that leads to pods needs its controller, and what is open to clients is told', () => {
  const exposure = Exposure.networkLoadBalancer({ sourceRanges: ['203.0.113.0/24'] });
  const service = new World().service('teller', { scaling: fixed(), exposure, mtlsExceptions: plainText });
  const notes = notesOn(service);
  expect(notes.filter(({ kind }) => kind === 'prerequisite').map(({ text }) => text)).toEqual([
    'The AWS Load Balancer Controller is installed.',
  ]);
  expect(notes.filter(({ kind }) => kind === 'acceptance')).toHaveLength(1);
});

test('clients that a Service is open to may call each of its ports, and no others may', () => {
  const world = new World();
  const exposure = Exposure.loadBalancer({ sourceRanges: ['203.0.113.0/24', '198.51.100.7/32'] });
  const mtlsExceptions = [...plainText, { port: 9077, reason: 'partners dial in without a proxy' }];
  world.service('teller', { exposure, mtlsExceptions, ports: [{ port: 9077, name: 'admin' }] });
  const from = [{ ipBlock: { cidr: '198.51.100.7/32' } }, { ipBlock: { cidr: '203.0.113.0/24' } }];
  expect(world.one('NetworkPolicy', 'teller').spec.ingress).toEqual([
    { from, ports: [{ port: 8071, protocol: 'TCP' }] },
    { from, ports: [{ port: 9077, protocol: 'TCP' }] },
  ]);
});

test('the report has the plan of each release, complete once everything is declared', () => {
  const service = new World().service('teller');
  const [plan, ...more] = sectionsOn(service).map(({ heading, title, body }) => ({ heading, title, body: body() }));
  expect(plan).toEqual({ heading: 'Releases', title: 'teller', body: planText(service.releasePlan) });
  expect(more).toEqual([]);
});

describe('a service of one Deployment, and one of two', () => {
  const canary = { image: 'registry.example.com/vault/teller:4.8.0' };
  const two = (more: Partial<BankingServiceProps> = {}) =>
    new World().service('teller', { ...more, release: Release.weighted({ canary, weight: 25 }) });

  test('versions that are alive, each of them once', () => {
    expect(new World().service('teller').aliveVersions).toEqual(['4.7.1']);
    expect(two().aliveVersions).toEqual(['4.7.1', '4.8.0']);
    expect(two({ version: '4.8.0' }).aliveVersions).toEqual(['4.8.0']);
  });

  test('the Deployment and its container, where there is one', () => {
    const { deployment, container, deployments } = new World().service('teller');
    expect(deployments.map((one) => [one.name, one.deployment === deployment, one.container === container])).toEqual([
      ['teller', true, true],
    ]);
    const service = two();
    const [first, second] = service.deployments.map(({ name }) => name);
    const several = `teller: has the Deployments ${first}, ${second}; go through \`deployments\``;
    expect(first).toBe('teller');
    expect(() => service.deployment).toThrow(several);
    expect(() => service.container).toThrow(several);
  });

  test.each<[string, () => Scaling, unknown]>([
    ['a fixed number', () => Scaling.fixed(3), undefined],
    ['CPU', () => Scaling.horizontal(), { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: 'teller' }],
    [
      'events',
      () => Scaling.keda({ triggers: [{ type: 'kafka', metadata: {} }] }),
      { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'teller' },
    ],
  ])('what scales it by %s', (_what, scaling, autoscaler) => {
    const [track] = new World().service('teller', { scaling: scaling() }).deployments;
    expect(track!.autoscaler).toEqual(autoscaler);
  });

  test('what goes down to be released goes down as a whole', () => {
    const world = new World();
    world.service('teller', { release: Release.recreate({ acceptDowntime: 'two versions cannot share the ledger' }) });
    expect(world.one('Deployment').spec.strategy).toEqual({ type: 'Recreate' });
  });

  test('its pods are drawn near to pods, not to addresses', () => {
    const world = new World();
    const near = [
      {
        guard: {
          sources: [
            { kind: 'block' as const, cidr: '192.0.2.0/24', except: [] },
            { kind: 'pods' as const, namespace: 'data', podLabels: { app: 'pg' } },
          ],
        },
      },
    ];
    world.service('teller', { placement: { near } });
    const { podAffinity, nodeAffinity } = world.one('Deployment').spec.template.spec.affinity as Json;
    expect(podAffinity.preferredDuringSchedulingIgnoredDuringExecution).toEqual([
      {
        weight: 100,
        podAffinityTerm: {
          labelSelector: { matchLabels: { app: 'pg' } },
          namespaces: ['data'],
          topologyKey: 'topology.kubernetes.io/zone',
        },
      },
    ]);
    expect(nodeAffinity).toBeUndefined();
  });

  test('without another word its pods get no token, pull their image always, and no Secret to pull it', () => {
    const world = new World();
    world.service('teller', { health: Health.healthz() });
    const { automountServiceAccountToken, containers, imagePullSecrets, volumes } = world.one('Deployment').spec.template.spec;
    expect([automountServiceAccountToken, containers[0].imagePullPolicy, imagePullSecrets]).toEqual([false, 'Always', undefined]);
    expect(volumes).toEqual([{ name: 'tmp', emptyDir: {} }]);
    expect(world.one('Deployment').spec.selector).toEqual({ matchLabels: { app: 'teller' } });
    expect(world.one('ServiceAccount', 'teller').metadata.annotations).toBeUndefined();
  });

  test('its container says in the types of cdk8s-plus what it asks for, rounded up to what they can say', () => {
    const resources = {
      requests: { cpu: '2', memory: '410Mi' },
      limits: { cpu: '2500m', memory: '1500M' },
      ephemeralStorage: '1500Mi',
    };
    const { cpu, memory, ephemeralStorage } = new World().service('teller', { resources }).container.resources!;
    expect([cpu!.request!.amount, cpu!.limit!.amount]).toEqual(['2', '2500m']);
    expect([memory!.request!.toMebibytes(), memory!.limit!.toMebibytes()]).toEqual([410, 1431]);
    expect([ephemeralStorage!.request!.toGibibytes(), ephemeralStorage!.limit!.toGibibytes()]).toEqual([2, 2]);
    const unlimited = new World().service('teller', { resources: { ...resources, limits: { cpu: 'none', memory: '3Gi' } } });
    expect(unlimited.container.resources!.cpu!.limit).toBeUndefined();
    expect(new World().service('teller').model.managementPaths).toEqual([]);
  });
});
