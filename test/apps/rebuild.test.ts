import { execFileSync } from 'node:child_process';
import { copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import {
  BankingService,
  ExistingWorkload,
  ExternalHost,
  GitOpsApp,
  MeshGateway,
  PortProtocol,
  Reach,
  Scaling,
  ServiceTier,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import { Construct } from 'constructs';
import { DIST, filesIn, newFolder, removeFolders, render, ROOT } from './render';

afterAll(removeFolders);

/** What `npm run build` makes and `npm run synth` runs, in a copy of the package of its own; without the declarations. */
function built(): string {
  const copy = newFolder();
  const build = join(copy, 'build');
  for (const script of ['bundle', 'copy-data']) execFileSync(process.execPath, [join(ROOT, '.ci', `${script}.mjs`), build]);
  copyFileSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return build;
}

describe('the same sources give the same bytes', () => {
  // What a rendering gives; golden.test.ts compares the two.
  const first = filesIn(DIST);

  test('there is something to compare', () => {
    expect(Object.keys(first).length).toBeGreaterThan(30);
  });

  test('on another day', () => {
    jest.useFakeTimers({ now: new Date('2044-02-29T23:59:59Z') });
    try {
      expect(new Date().getUTCFullYear()).toBe(2044);
      expect(render()).toEqual(first);
    } finally {
      jest.useRealTimers();
    }
  });

  test('in another locale, time zone and folder, and in another process', () => {
    const [folder, elsewhere] = [newFolder(), newFolder()];
    const env = { ...process.env, LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati', CDK8S_OUTDIR: folder };
    const run = (...args: string[]): string =>
      execFileSync(process.execPath, args, { cwd: elsewhere, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    // The locale and the time zone are in force, or this test would prove nothing. Kiritimati was at UTC-10:40 then.
    const seen = run('-p', "Intl.DateTimeFormat().resolvedOptions().locale + ' ' + new Date(0).getTimezoneOffset()");
    expect(seen.trim()).toBe('tr-TR 640');
    run(join(built(), 'apps', 'main.js'));
    expect(filesIn(folder)).toEqual(first);
  });
});

/** Where each thing stands in the tree, and under which id. */
interface Places {
  readonly chart: string;
  readonly id: (name: string) => string;
  readonly scope: (chart: Chart, name: string) => Construct;
}

/** A little of everything; each thing has a name of its own. */
function shop({ chart: chartId, id, scope }: Places): string {
  const app = new GitOpsApp();
  const chart = new Chart(app, chartId);
  const at = (name: string): [Construct, string] => [scope(chart, name), id(name)];
  const namespace = new ZeroTrustNamespace(...at('namespace'), { name: 'shop' });
  const common = { namespace, port: 8080 };
  const orders = new BankingService(...at('orders'), {
    ...common,
    name: 'orders',
    image: 'registry.example.com/orders:1.0.0',
    tier: ServiceTier.CRITICAL,
    configuration: { variables: { CURRENCY: 'EUR' }, files: { path: '/etc/orders', content: { 'a.txt': 'a' } } },
    secretEnv: { DB_PASSWORD: { secret: 'orders-db', key: 'password' } },
    secretFiles: [{ secret: 'orders-key', path: '/etc/key' }],
  });
  const basket = new BankingService(...at('basket'), {
    ...common,
    name: 'basket',
    image: 'registry.example.com/basket:1.0.0',
    scaling: Scaling.keda({
      triggers: [
        { type: 'cron', metadata: { timezone: 'Etc/UTC', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: '5' } },
      ],
    }),
    mtlsExceptions: [{ port: 8080, reason: 'Tills in the shops speak plain text' }],
    placement: { near: [orders] },
  });
  const redis = new ExistingWorkload(...at('redis'), {
    namespace,
    name: 'redis',
    ports: [{ port: 6379, protocol: PortProtocol.TCP, name: 'redis' }],
  });
  orders.allowFrom(basket, { methods: ['POST'] }).allowTo(redis);
  basket.allowTo(ExternalHost.https('rates.example.net', { reach: Reach.cidrs('203.0.113.0/28'), tlsOrigination: true }));
  new MeshGateway(...at('edge'), { name: 'edge', hosts: ['shop.example.com'], issuer: 'letsencrypt-prod', namespace })
    .route('/', basket)
    .route('/orders', orders);
  return app.synthYaml();
}

describe('moving constructs in the tree', () => {
  const here = shop({ chart: 'shop', id: (name) => name, scope: (chart) => chart });

  test('there is something to move', () => {
    expect(here.split('\n---\n').length).toBeGreaterThan(25);
  });

  const moves: readonly [string, Places][] = [
    ['to other ids', { chart: 'shop', id: (name) => `the-${name}-of-old`, scope: (chart) => chart }],
    ['to another chart', { chart: 'a-market', id: (name) => name, scope: (chart) => chart }],
    [
      'below parents of their own',
      { chart: 'shop', id: () => 'default', scope: (chart, name) => new Construct(chart, `team-${name}`) },
    ],
    [
      'deep down',
      {
        chart: 'shop',
        id: () => 'resource',
        scope: (chart, name) => new Construct(new Construct(new Construct(chart, name), 'z'), 'a'),
      },
    ],
  ];
  test.each(moves)('%s changes no object', (_, places) => {
    expect(shop(places)).toBe(here);
  });
});
