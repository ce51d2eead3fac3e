import { Duration } from 'cdk8s';
import { Exposure, PortProtocol } from '../../lib';
import { service } from '../../lib/traffic/resources/service';
import { type Json, World } from '../banking-service/world';

const mtlsExceptions = [{ port: 8071, reason: 'partners dial in without a proxy' }];
const sourceRanges = ['203.0.113.16/28'];

function serviceOf(exposure: Exposure, kubernetes = '1.34'): Json {
  const world = new World({ kubernetes });
  world.service('teller', {
    servicePort: exposure.form.headless ? undefined : 87,
    exposure,
    mtlsExceptions: exposure.sourceRanges && mtlsExceptions,
  });
  return world.one('Service');
}

const form = (json: Json): Json => {
  const { ports: _ports, selector: _selector, ...rest } = json.spec as Json;
  return rest;
};

test('ports have a name and an appProtocol, and go to the port of the container', () => {
  const world = new World();
  world.service('teller', {
    servicePort: 87,
    ports: [
      { port: 9091, protocol: PortProtocol.GRPC, name: 'admin', servicePort: 91 },
      { port: 5433, protocol: PortProtocol.TCP },
    ],
  });
  const { selector, ports } = world.one('Service').spec;
  expect(selector).toEqual({ 'banking.workload/name': 'teller' });
  expect(ports).toEqual([
    { name: 'http', appProtocol: 'http', port: 87, targetPort: 8071, protocol: 'TCP' },
    { name: 'grpc-admin', appProtocol: 'grpc', port: 91, targetPort: 9091, protocol: 'TCP' },
    { name: 'tcp', appProtocol: 'tcp', port: 5433, targetPort: 5433, protocol: 'TCP' },
  ]);
});

const FORMS: [string, () => Exposure, Json][] = [
  ['cluster IP', () => Exposure.clusterIp(), { type: 'ClusterIP' }],
  ['headless', () => Exposure.headless(), { type: 'ClusterIP', clusterIP: 'None' }],
  [
    'client IP affinity',
    () => Exposure.clusterIp({ clientIpAffinity: Duration.minutes(7) }),
    { type: 'ClusterIP', sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 420 } } },
  ],
  [
    'load balancer',
    () => Exposure.loadBalancer({ sourceRanges }),
    { type: 'LoadBalancer', loadBalancerSourceRanges: sourceRanges, externalTrafficPolicy: 'Local' },
  ],
  [
    'network load balancer',
    () => Exposure.networkLoadBalancer({ sourceRanges }),
    { type: 'LoadBalancer', loadBalancerSourceRanges: sourceRanges, allocateLoadBalancerNodePorts: false },
  ],
  ['node port', () => Exposure.nodePort({ sourceRanges, nodePort: 31077 }), { type: 'NodePort', externalTrafficPolicy: 'Local' }],
  [
    'topology-aware',
    () => Exposure.clusterIp({ topologyAware: true }),
    { type: 'ClusterIP', trafficDistribution: 'PreferClose' },
  ],
];

test.each(FORMS)('%s', (_name, exposure, expected) => {
  expect(form(serviceOf(exposure()))).toEqual(expected);
});

test('the node port is that of the main port; the cluster chooses the others', () => {
  const given = [9071, 9072].map((port) => ({ name: `p-${port}`, port, targetPort: port, protocol: PortProtocol.TCP }));
  const { ports } = service({}, given, Exposure.nodePort({ sourceRanges, nodePort: 31077 }));
  expect(ports!.map(({ nodePort }) => nodePort)).toEqual([31077, undefined]);
});

test('a network load balancer is internal unless it says otherwise, and keeps the addresses of clients', () => {
  const annotations = (internal?: boolean) =>
    serviceOf(Exposure.networkLoadBalancer({ sourceRanges, internal, annotations: { 'example.com/team': 'edge' } })).metadata
      .annotations as Json;
  const prefix = 'service.beta.kubernetes.io/aws-load-balancer';
  expect(annotations()).toEqual({
    [`${prefix}-type`]: 'external',
    [`${prefix}-nlb-target-type`]: 'ip',
    [`${prefix}-scheme`]: 'internal',
    [`${prefix}-target-group-attributes`]: 'preserve_client_ip.enabled=true',
    'example.com/team': 'edge',
  });
  expect(annotations(false)[`${prefix}-scheme`]).toBe('internet-facing');
});

test('before Kubernetes 1.31 topology is asked for by annotation', () => {
  const exposure = Exposure.clusterIp({ topologyAware: true });
  const old = serviceOf(exposure, '1.30');
  expect(old.metadata.annotations).toEqual({ 'service.kubernetes.io/topology-mode': 'Auto' });
  expect(old.spec.trafficDistribution).toBeUndefined();
  expect(serviceOf(exposure, '1.31').metadata.annotations).toBeUndefined();
});

test.each([
  ['1.31', 'PreferClose'],
  ['1.34', 'PreferClose'],
  ['1.35', 'PreferSameZone'],
])('from Kubernetes %s on it is asked for by %s', (kubernetes, expected) => {
  expect(serviceOf(Exposure.clusterIp({ topologyAware: true }), kubernetes).spec.trafficDistribution).toBe(expected);
});

test('whoever may connect from outside is let in by the NetworkPolicy and by address in the AuthorizationPolicy', () => {
  const world = new World();
  world.service('teller', {
    exposure: Exposure.loadBalancer({ sourceRanges: ['203.0.113.16/28', '169.254.0.0/16'] }),
    mtlsExceptions,
  });
  expect(world.one('NetworkPolicy', 'teller').spec.ingress).toEqual([
    {
      from: [
        { ipBlock: { cidr: '169.254.0.0/16', except: ['169.254.169.254/32', '169.254.170.2/32', '169.254.170.23/32'] } },
        { ipBlock: { cidr: '203.0.113.16/28' } },
      ],
      ports: [{ port: 8071, protocol: 'TCP' }],
    },
  ]);
  expect(world.one('AuthorizationPolicy', 'teller').spec.rules[0].from).toEqual([
    { source: { ipBlocks: ['203.0.113.16/28', '169.254.0.0/16'] } },
  ]);
});
