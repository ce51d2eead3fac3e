import { Duration } from 'cdk8s';
import {
  Audience,
  BlueGreen,
  CircuitBreaker,
  Exposure,
  ForeignWorkload,
  type IRelease,
  type PlatformProps,
  PortProtocol,
  Release,
} from '../../lib';
import { IMAGE, type Json, World } from '../banking-service/world';

const GREEN = 'registry.example.com/vault/teller:4.8.0';

/** Each form that makes a Service by itself, and what that is called. */
const FORMS: Readonly<Record<string, (world: World) => readonly [IRelease, string]>> = {
  'one track': () => [Release.rolling(), 'teller'],
  'taken over by Flagger': () => [Release.canary({ takeOver: true }), 'teller'],
  'a colour behind an Ingress': ({ platform }) => [
    Release.blueGreenIngress({
      blue: { image: IMAGE },
      green: { image: GREEN },
      state: BlueGreen.staged('green'),
      ingress: {
        ...{ className: 'internal', host: 'teller.example.com', issuer: 'ca' },
        controller: new ForeignWorkload({
          ...{ platform, namespace: 'ingress', name: 'controller', inMesh: false },
          podLabels: { 'app.kubernetes.io/name': 'controller' },
        }),
      },
    }),
    'teller-green',
  ],
};

function serviceOf(form: string, exposure: Exposure | undefined, platform: PlatformProps = {}): Json {
  const world = new World(platform);
  const [release, name] = FORMS[form]!(world);
  world.service('teller', {
    image: name === 'teller' ? IMAGE : undefined,
    servicePort: 87,
    exposure,
    release,
    mtlsExceptions:
      name === 'teller' ? undefined : [{ port: 8071, reason: 'The ingress controller of the cluster has no proxy' }],
  });
  return world.one('Service', name);
}

describe.each(Object.keys(FORMS))('the Service of %s says all of its exposure', (form) => {
  const near = Exposure.clusterIp({ topologyAware: true, annotations: { 'example.com/owner': 'tills' } });

  test.each([
    ['1.30', undefined, 'Auto'],
    ['1.31', 'PreferClose', undefined],
    ['1.34', 'PreferClose', undefined],
    ['1.35', 'PreferSameZone', undefined],
  ])('near endpoints first, as Kubernetes %s says it', (kubernetes, distribution, annotation) => {
    const { metadata, spec } = serviceOf(form, near, { kubernetes });
    expect(spec.trafficDistribution).toBe(distribution);
    expect(metadata.annotations['service.kubernetes.io/topology-mode']).toBe(annotation);
    expect(metadata.annotations['example.com/owner']).toBe('tills');
    // What else there is stays.
    expect(spec.ports).toEqual([{ name: 'http', appProtocol: 'http', port: 87, targetPort: 8071, protocol: 'TCP' }]);
    expect(spec.selector).toBeDefined();
  });

  test('which nobody asked for', () => {
    const { metadata, spec } = serviceOf(form, undefined);
    expect(spec).not.toHaveProperty('trafficDistribution');
    expect(metadata.annotations ?? {}).not.toHaveProperty('service.kubernetes.io/topology-mode');
  });
});

test.each(['one track', 'a colour behind an Ingress'])('clients stay with a pod of %s', (form) => {
  const { spec } = serviceOf(form, Exposure.clusterIp({ clientIpAffinity: Duration.seconds(613) }));
  expect([spec.sessionAffinity, spec.sessionAffinityConfig]).toEqual(['ClientIP', { clientIP: { timeoutSeconds: 613 } }]);
});

test('what is taken over keeps its limits of requests, also beside a port that speaks bytes', () => {
  const world = new World();
  world.service('teller', {
    ports: [{ port: 9090, protocol: PortProtocol.TCP }],
    traffic: { circuitBreaker: CircuitBreaker.strict({ maxPendingRequests: 13 }) },
    release: Release.canary({ takeOver: true }),
  });
  const { connectionPool, loadBalancer } = world.one('DestinationRule', 'teller').spec.trafficPolicy;
  expect(connectionPool.http.http1MaxPendingRequests).toBe(13);
  expect(loadBalancer.localityLbSetting).toEqual({ enabled: false });
});

test.each([
  ['b', Release.abTest({ b: { image: 'a b' }, audience: Audience.header('x-group', 'b') })],
  ['shadow', Release.mirrored({ shadow: { image: 'a b' } })],
])('an image that is refused is that of its track: %s', (track, release) => {
  expect(() => new World().service('teller', { release })).toThrow(
    `teller.release.${track}.image: "a b" has blanks, which an image has not; write it like`,
  );
});
