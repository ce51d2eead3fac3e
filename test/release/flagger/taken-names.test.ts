import { ApiObject } from 'cdk8s';
import { type CanaryProps, Exposure, Health, HealthProbe, type ICanaryMetric, PortProtocol, Release } from '../../../lib';
import type { CanaryContext } from '../../../lib/release/flagger/contract';
import { World } from '../../banking-service/world';

/* What a Canary makes has names of its own: no object of the app may have them too (rule 4); and where its requests go. */

function written(props: CanaryProps, kind: string, name: string): () => unknown {
  const all = new World();
  all.service('teller', { release: Release.canary(props) });
  const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'v1';
  new ApiObject(all.chart, 'other', { apiVersion, kind, metadata: { name, namespace: 'vault' } });
  return () => all.objects();
}

describe('the names of what Flagger makes are taken', () => {
  const [deployment, service] = [
    ['Deployment', 'teller-primary'],
    ['Service', 'teller'],
  ] as const;

  test.each<[string, CanaryProps, readonly [string, string]]>([
    ['its primary', {}, deployment],
    ['its primary, while it takes over', { takeOver: true }, deployment],
    ['its Service', {}, service],
  ])('%s', (_name, props, [kind, name]) => {
    expect(written(props, kind, name)).toThrow(`${kind} vault/${name} is made by Flagger for canary teller; remove or rename it`);
  });

  test('but for the Service that is ours while Flagger takes over', () => {
    const all = new World();
    all.service('teller', { release: Release.canary({ takeOver: true }) });
    expect(all.one('Service', 'teller').spec.selector).toEqual({ 'banking.workload/name': 'teller' });
  });
});

test('what is asked of a canary knows the hosts of both tracks, and of either', () => {
  const bound: CanaryContext[] = [];
  const up: ICanaryMetric = {
    validate() {},
    bind(_scope, context) {
      bound.push(context);
      return { name: 'up', query: 'up', thresholdRange: { min: 1 }, describes: 'it is up' };
    },
  };
  const all = new World();
  const teller = all.service('teller', { release: Release.canary({ metrics: [up] }), servicePort: 87 });
  expect(bound).toHaveLength(1);
  const { namespace, guard, ...said } = bound[0]!;
  expect([namespace, guard]).toEqual([all.namespace, teller.guard]);
  expect(said).toMatchObject({
    canary: 'teller',
    target: 'teller',
    host: 'teller.vault.svc.cluster.local',
    canaryHost: 'teller-canary.vault.svc.cluster.local',
    primaryHost: 'teller-primary.vault.svc.cluster.local',
    servicePort: 87,
  });
});

test('what is asked and split is the first port that carries requests', () => {
  const all = new World();
  const health = Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['/ready']) });
  const ports = { port: 9071, protocol: PortProtocol.TCP, ports: [{ port: 8073, servicePort: 8073 }] };
  all.service('teller', { release: Release.canary(), health, ...ports });
  expect(all.one('Canary').spec.service).toMatchObject({ port: 8073, portName: 'http', targetPort: 8073 });
});

test.each([
  [true, undefined],
  [false, { enabled: false }],
])(
  'while Flagger takes over, requests stay near only where the exposure says so: topologyAware %s',
  (topologyAware, expected) => {
    const all = new World();
    all.service('teller', { release: Release.canary({ takeOver: true }), exposure: Exposure.clusterIp({ topologyAware }) });
    expect(all.one('DestinationRule', 'teller').spec.trafficPolicy.loadBalancer.localityLbSetting).toEqual(expected);
  },
);
