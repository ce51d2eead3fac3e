import { Duration } from 'cdk8s';
import type { CanaryServiceProps } from '../../../lib';
import { type ServiceFacts, resolveCanaryService } from '../../../lib/release/flagger/service-model';
import { linesOf } from '../said';

/* What Flagger would make of a service, and Istio or Kubernetes would refuse, or understand in another way. */

const FACTS: ServiceFacts = { target: 'orders', namespace: 'shop', clusterDomain: 'mesh.local', port: 8073, provider: 'istio' };

/** What is wrong with a service, a line each. */
const judged = (props: CanaryServiceProps, facts: Partial<ServiceFacts> = {}) =>
  linesOf((problems) => resolveCanaryService(props, { ...FACTS, ...facts }, problems, (prop) => prop), 'orders');

test.each<[string, CanaryServiceProps, string[]]>([
  ['nothing is said', {}, []],
  ['the longest name that leaves room for the primary', { name: 'o'.repeat(55) }, []],
  [
    'a name that leaves none',
    { name: 'o'.repeat(56) },
    [
      'orders.name: "oooooooooooooooooooooooooooooooooooooooooooooooooooooooo" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
    ],
  ],
  [
    'a port name with capitals',
    { portName: 'http-API' },
    [
      'orders.portName: "http-API" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
    ],
  ],
  ['a port name of the protocol alone', { portName: 'http' }, []],
  ['gRPC is HTTP/2 to Kubernetes', { portName: 'grpc-api', appProtocol: 'http2' }, []],
  [
    'HTTP/2 is not gRPC',
    { portName: 'http2-api', appProtocol: 'grpc' },
    ['orders.portName: "http2-api" says http2, and appProtocol grpc; Istio and people read both: start it with "grpc"'],
  ],
  [
    'gRPC is not HTTP/1.1',
    { portName: 'grpc-api' },
    ['orders.portName: "grpc-api" says grpc, and appProtocol http; Istio and people read both: start it with "http"'],
  ],
  [
    'a target port beyond the last',
    { targetPort: 65536 },
    ['orders.targetPort: 65536 is not a port; use a whole number from 1 to 65535'],
  ],
  [
    'a target port by a name that is too long',
    { targetPort: 'sixteen-letters-' },
    [
      'orders.targetPort: "sixteen-letters-" is not a name that Kubernetes takes; use 1 to 15 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
    ],
  ],
  ['a host of the path alone', { rewrite: { authority: 'orders.internal' } }, []],
  ['a path of the path alone', { rewrite: { uri: '/v2' } }, []],
])('names and ports: %s', (_what, given, problems) => {
  expect(judged(given)).toEqual(problems);
});

test.each<[string, CanaryServiceProps, string[]]>([
  [
    'hosts of a gateway, a wildcard among them',
    { hosts: ['shop.example.com', '*.shop.example.com'], gateways: ['istio-ingress/edge', 'mesh'] },
    [],
  ],
  ['a gateway of its own namespace', { hosts: ['shop.example.com'], gateways: ['edge', 'mesh'] }, []],
  ['the mesh by name', { gateways: ['mesh'] }, []],
  [
    'its own name',
    { hosts: ['orders'], gateways: ['edge', 'mesh'] },
    ['orders.hosts: "orders" is the Service itself, which Flagger adds; leave it out'],
  ],
  [
    'its own name with the namespace',
    { hosts: ['orders.shop'], gateways: ['edge', 'mesh'] },
    ['orders.hosts: "orders.shop" is the Service itself, which Flagger adds; leave it out'],
  ],
  [
    'its own name below svc',
    { hosts: ['orders.shop.svc'], gateways: ['edge', 'mesh'] },
    ['orders.hosts: "orders.shop.svc" is the Service itself, which Flagger adds; leave it out'],
  ],
  [
    'its own name, whole',
    { hosts: ['orders.shop.svc.mesh.local'], gateways: ['edge', 'mesh'] },
    ['orders.hosts: "orders.shop.svc.mesh.local" is the Service itself, which Flagger adds; leave it out'],
  ],
  [
    'a host with a port',
    { hosts: ['shop.example.com:443'], gateways: ['edge', 'mesh'] },
    [
      'orders.hosts: "shop.example.com:443" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
    ],
  ],
  [
    'a namespace with capitals',
    { hosts: ['a.example.com'], gateways: ['Ingress/edge', 'mesh'] },
    [
      'orders.gateways: "Ingress" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
    ],
  ],
  [
    'a gateway with capitals',
    { hosts: ['a.example.com'], gateways: ['Edge', 'mesh'] },
    [
      'orders.gateways: "Edge" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
    ],
  ],
  [
    'two gateways, and no mesh',
    { hosts: ['a.example.com'], gateways: ['edge', 'x/inner'] },
    ["orders.gateways: [edge, x/inner] leaves callers in the mesh out, who would go past the canary; add 'mesh'"],
  ],
  [
    'delegation and a gateway',
    { delegation: true, gateways: ['mesh'] },
    [
      'orders.delegation: takes what root VirtualServices delegate, and Flagger refuses hosts and gateways beside it; name them in the root',
    ],
  ],
  [
    'matches and a rewrite for both without a reason',
    { hosts: ['a.example.com'], gateways: ['edge', 'mesh'], match: [{ uri: { prefix: '/a' } }], rewrite: { uri: '/' } },
    [
      'orders.match: match and rewrite hold for callers in the mesh too, since Flagger has one set of routes; say in acceptInMesh why that is right, or use delegation: true with a root VirtualService for the gateway',
    ],
  ],
  [
    'matches for both with a reason',
    {
      hosts: ['a.example.com'],
      gateways: ['edge', 'mesh'],
      match: [{ uri: { prefix: '/a' } }],
      acceptInMesh: 'callers use the same paths',
    },
    [],
  ],
  [
    'a rewrite in the mesh alone needs none',
    { rewrite: { uri: '/' }, acceptInMesh: 'callers use the same paths' },
    ['orders.acceptInMesh: has nothing to accept; leave it out'],
  ],
])('who comes to it: %s', (_what, given, problems) => {
  expect(judged(given)).toEqual(problems);
});

test.each<[string, CanaryServiceProps, string[]]>([
  [
    'a header of the answer in capitals',
    { headers: { response: { remove: ['X-A'] } } },
    [
      'orders.headers.response: header "X-A" must be a name in lower case other than "host"; the host is changed by rewrite.authority',
    ],
  ],
  [
    'a header of the request in capitals',
    { headers: { request: { set: { 'X-A': 'b' } } } },
    [
      'orders.headers.request: header "X-A" must be a name in lower case other than "host"; the host is changed by rewrite.authority',
    ],
  ],
  [
    'the host',
    { headers: { request: { add: { host: 'b' } } } },
    [
      'orders.headers.request: header "host" must be a name in lower case other than "host"; the host is changed by rewrite.authority',
    ],
  ],
  ['an empty value', { headers: { request: { set: { 'x-a': '' } } } }, []],
  [
    'a value on two lines',
    { headers: { request: { add: { 'x-a': 'b\nc' } } } },
    ['orders.headers.request: header "x-a": "b\\nc" must be a value on one line'],
  ],
  [
    'an annotation that is none',
    { primary: { annotations: { 'a b': 'c' } } },
    ['orders.primary.annotations: "a b" is not an annotation key; use [prefix/]name with up to 63 characters'],
  ],
  [
    'labels of the new version',
    { canary: { labels: { 'a b': 'c' } } },
    ['orders.canary.labels: "a b" is not a label key; use [prefix/]name with up to 63 characters'],
  ],
  [
    'a label of others that is none',
    { unmanagedMetadata: { labels: ['a b'] } },
    ['orders.unmanagedMetadata: "a b" is not a key of a label or an annotation'],
  ],
  [
    'an annotation of others that is none',
    { unmanagedMetadata: { annotations: ['/c'] } },
    ['orders.unmanagedMetadata: "/c" is not a key of a label or an annotation'],
  ],
])('headers and labels: %s', (_what, given, problems) => {
  expect(judged(given)).toEqual(problems);
});

test.each<[string, CanaryServiceProps, string[]]>([
  ['a name, labels and no virtual address', { name: 'orders-api', headless: true, apex: { labels: { a: 'b' } } }, []],
  [
    'what routes would do',
    { timeout: Duration.seconds(3), retries: { attempts: 2 }, idempotent: true, hosts: ['a.example.com'], headers: {} },
    [
      "orders.timeout: needs a mesh, and provider 'kubernetes' makes Services only; leave it out",
      "orders.retries: needs a mesh, and provider 'kubernetes' makes Services only; leave it out",
      "orders.idempotent: needs a mesh, and provider 'kubernetes' makes Services only; leave it out",
      "orders.hosts: needs a mesh, and provider 'kubernetes' makes Services only; leave it out",
      "orders.headers: needs a mesh, and provider 'kubernetes' makes Services only; leave it out",
    ],
  ],
  [
    'bytes',
    { appProtocol: 'tcp', match: [{ port: 80 }] },
    ["orders.match: needs a mesh, and provider 'kubernetes' makes Services only; leave it out"],
  ],
])('without a mesh: %s', (_what, given, problems) => {
  expect(judged(given, { provider: 'kubernetes' })).toEqual(problems);
});

test.each<[string, CanaryServiceProps, string[]]>([
  ['a policy of connections', { trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } }, []],
  [
    'a timeout, retries, and headers',
    { timeout: Duration.seconds(3), retries: { attempts: 2 }, headers: {}, match: [{ port: 80 }] },
    [
      'orders.timeout: is about requests, and the port speaks bytes; leave it out',
      'orders.retries: is about requests, and the port speaks bytes; leave it out',
      'orders.headers: is about requests, and the port speaks bytes; leave it out',
      'orders.match: is about requests, and the port speaks bytes; leave it out',
    ],
  ],
])('bytes: %s', (_what, given, problems) => {
  expect(judged({ appProtocol: 'tcp', ...given })).toEqual(problems);
});
