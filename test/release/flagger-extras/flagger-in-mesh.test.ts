import { Webhook } from '../../../lib';
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
