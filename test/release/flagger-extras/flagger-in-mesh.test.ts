import { ExistingWorkload, Webhook } from '../../../lib';
import { FlaggerCaller } from '../../../lib/release/flagger/load-tester/flagger-caller';
import { CanaryCallee } from '../../../lib/release/flagger/load-tester/canary-callee';
import { connect } from '../../../lib/zero-trust/connect';
import { linesOf } from '../said';
import { CanaryWorld } from './world';

test('what must be true of Flagger, before its webhooks are let in, names each of its labels', () => {
  const podLabels = { 'app.kubernetes.io/name': 'flagger', team: 'ships' };
  const world = new CanaryWorld({ platform: { flagger: { namespace: 'ships', podLabels, serviceAccount: 'flag-sa' } } });
  world.bind(Webhook.loadTest(world.tester(), { requestsPerSecond: 7 }));
  expect(world.notes('prerequisite')).toContain(
    'Flagger runs as app.kubernetes.io/name=flagger,team=ships in namespace ships under service account flag-sa, ' +
      'with the proxy of the mesh in its pods: by that identity its webhooks are let in.',
  );
  const [rule] = world.one('AuthorizationPolicy', 'prober').spec.rules;
  expect(rule.from[0].source.principals).toEqual(['cluster.local/ns/ships/sa/flag-sa']);
  expect(world.one('NetworkPolicy', 'prober').spec.ingress).toContainEqual(
    expect.objectContaining({
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ships' } },
          podSelector: { matchLabels: podLabels },
        },
      ],
    }),
  );
});

test('Flagger is called by its name where it can not be let in', () => {
  const world = new CanaryWorld();
  const reason = 'The old gate has no proxy until May';
  const gate = new ExistingWorkload(world.chart, 'gate', {
    ...{ name: 'gate', namespace: world.namespace, ports: [{ port: 8075 }] },
    mtlsExceptions: [{ port: 8075, mode: 'DISABLE', reason }],
  });
  expect(linesOf(() => world.bind(Webhook.toService('confirm-rollout', gate)))).toEqual([
    "gate: port 8075 takes plain text only, where Flagger can't show its identity and would always be refused; set the exception's mode to PERMISSIVE",
  ]);
});

test('Flagger is told by its pods and its identity, and whom it calls by the host that leads to the new version alone', () => {
  const { platform, namespace, teller, ...world } = new CanaryWorld();
  const flagger = new FlaggerCaller(platform.model);
  expect(flagger).toMatchObject({
    sources: [{ kind: 'pods', namespace: 'ships', podLabels: { k: 'flag' } }],
    principal: 'cluster.local/ns/ships/sa/flag-sa',
  });
  const callee = new CanaryCallee(teller.guard, world.context.canaryHost);
  expect(callee.meshHosts()).toEqual([`${namespace.name}/teller-canary.vault.svc.cluster.local`]);
  expect(linesOf(() => connect(flagger, callee, { port: 9 }))).toEqual([
    'Flagger → the new version of teller: has no port 9; it has 81 (http)',
  ]);
});
