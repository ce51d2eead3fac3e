import { Duration } from 'cdk8s';
import { ForeignWorkload, LoadTester, Platform } from '../../lib';
import { notesOn } from '../../lib/kube';
import { type Json, World } from '../banking-service/world';

/* Rule 21: the load tester runs what it is sent, so that it takes commands from Flagger alone, and calls nothing on its own. */

const platform = { flagger: { namespace: 'ships', podLabels: { k: 'flag' }, serviceAccount: 'flag-sa' } };

function world(props: Partial<ConstructorParameters<typeof LoadTester>[2]> = {}) {
  const all = new World(platform);
  return { all, tester: new LoadTester(all.chart, 'prober', { namespace: all.namespace, ...props }) };
}

const rules = (all: World): Json[] =>
  all.one('AuthorizationPolicy', 'prober').spec.rules.map(({ from, to }: Json) => ({
    from: from[0].source.principals,
    to: to.map(({ operation }: Json) => operation),
  }));

describe('its commands', () => {
  test('each is taken once, from Flagger, however many canaries ask for it, and for their namespaces in order', () => {
    const { all, tester } = world();
    tester.admit(all.chart, ['/'], 'vault');
    tester.admit(all.chart, ['/', '/gate/check'], 'cards');
    tester.admit(all.chart, ['/gate/check'], 'loans');
    expect(rules(all)).toEqual([
      {
        from: ['cluster.local/ns/ships/sa/flag-sa'],
        to: [
          { methods: ['POST'], paths: ['/'], ports: ['8080'] },
          { methods: ['POST'], paths: ['/gate/check'], ports: ['8080'] },
        ],
      },
    ]);
    expect(all.one('Deployment', 'prober').spec.template.spec.containers[0].args).toEqual([
      '-port=8080',
      '-log-level=info',
      '-timeout=3600s',
      '-namespace-regexp=^(cards|loans|vault)$',
    ]);
  });

  test('whoever calls all of it still gets none of its metrics', () => {
    const { all, tester } = world();
    tester.service.allowFrom(new ForeignWorkload({ platform: all.platform, namespace: 'ops', name: 'console' }));
    expect(rules(all)).toEqual([
      {
        from: ['cluster.local/ns/ops/sa/console'],
        to: [{ notPaths: ['/metrics*', '//*', '/;*'], ports: ['8080'] }],
      },
    ]);
  });
});

describe('what it is made of', () => {
  test('the tests that run have a minute to end when its pod goes, once it gets no more of them', () => {
    const { all } = world();
    const { terminationGracePeriodSeconds, containers } = all.one('Deployment', 'prober').spec.template.spec;
    expect([terminationGracePeriodSeconds, containers[0].lifecycle]).toEqual([85, { preStop: { sleep: { seconds: 15 } } }]);
  });

  test('what it takes, unless it is told otherwise', () => {
    const resources = (all: World): Json => all.one('Deployment', 'prober').spec.template.spec.containers[0].resources;
    expect(resources(world().all)).toEqual({
      requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '256Mi' },
      limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '256Mi' },
    });
    const own = {
      requests: { cpu: '210m', memory: '310Mi' },
      limits: { cpu: '2', memory: '700Mi' },
      ephemeralStorage: '3Gi',
    };
    expect(resources(world({ resources: own }).all)).toEqual({
      requests: { cpu: '210m', memory: '310Mi', 'ephemeral-storage': '3Gi' },
      limits: { cpu: '2', memory: '700Mi', 'ephemeral-storage': '3Gi' },
    });
  });

  test.each([
    [1, '-timeout=1s', '60s'],
    [61, '-timeout=61s', '61s'],
  ])('tests of %d s at most: its routes wait as long, and a minute at least', (seconds, arg, timeout) => {
    const { all } = world({ taskTimeout: Duration.seconds(seconds) });
    expect(all.one('Deployment', 'prober').spec.template.spec.containers[0].args).toContain(arg);
    expect(all.one('VirtualService', 'prober').spec.http.at(-1).timeout).toBe(timeout);
  });

  test('where it is, in a cluster of any domain', () => {
    const all = new World({ clusterDomain: 'corp.example' });
    const { address, name, namespaceName, container } = new LoadTester(all.chart, 'prober', { namespace: all.namespace });
    expect({ address, name, namespaceName, container }).toEqual({
      address: 'http://prober.vault.svc.corp.example:8080',
      name: 'prober',
      namespaceName: 'vault',
      container: 'prober',
    });
  });

  test('its programs call what they are let call', () => {
    const { all, tester } = world();
    const tokens = all.service('tokens', { port: 8075 });
    expect(tester.allowTo(tokens, { methods: ['POST'], paths: ['/token'] })).toBe(tester);
    expect(all.one('Sidecar', 'prober').spec.egress).toEqual([{ hosts: ['vault/tokens.vault.svc.cluster.local'] }]);
    expect(all.one('AuthorizationPolicy', 'tokens').spec.rules).toEqual([
      {
        from: [{ source: { principals: ['cluster.local/ns/vault/sa/prober'] } }],
        to: [{ operation: { methods: ['POST'], paths: ['/token'], ports: ['8075'] } }],
      },
    ]);
  });

  test('a file that it does not have', () => {
    const { tester } = world({ files: { 'a.bats': '@test "a" { true; }' } });
    expect(() => tester.fileAt('b.bats')).toThrow(
      new RangeError('"b.bats" is no file of load tester prober; it has health.proto, a.bats: add it to files'),
    );
  });
});

describe('one that somebody else runs', () => {
  const existing = () =>
    LoadTester.existing(
      new ForeignWorkload({
        platform: new Platform(),
        namespace: 'test',
        name: 'flagger-loadtester',
        ports: [
          { port: 8080, servicePort: 80 },
          { port: 9090, name: 'hooks' },
        ],
      }),
      { port: 'http-hooks' },
    );

  test('is called at the port that is named, and has the health protocol where its image has it', () => {
    const { name, namespaceName, address, podPort, healthProto } = existing();
    expect({ name, namespaceName, address, podPort, healthProto }).toEqual({
      name: 'flagger-loadtester',
      namespaceName: 'test',
      address: 'http://flagger-loadtester.test.svc.cluster.local:9090',
      podPort: 9090,
      healthProto: '/tmp/ghz/health.proto',
    });
  });

  test('lets Flagger in by the hand of those who run it', () => {
    const { chart } = new World();
    existing().admit(chart, ['/', '/gate/check'], 'vault');
    expect(notesOn(chart)).toEqual([
      {
        kind: 'prerequisite',
        text: 'test/flagger-loadtester lets Flagger call POST /, POST /gate/check for canaries of namespace vault.',
      },
    ]);
  });

  test.each([
    ['a.proto', '"a.proto"'],
    [undefined, 'nothing'],
  ])('has its files where they say: %s is no path', (name, shown) => {
    expect(() => existing().fileAt(name as string)).toThrow(
      new RangeError(`${shown} is in a load tester that is not ours; write the whole path in its container`),
    );
  });
});
