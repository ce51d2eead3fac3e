import { Duration } from 'cdk8s';
import { Exposure, ExternalClients } from 'cdk8s-banking';
import { type WrongInput, between, js, service } from '../wrong-input';

const exposed = (exposure: Exposure) =>
  service({ exposure, mtlsExceptions: [{ port: 8080, reason: 'Branch terminals speak plain HTTP' }] });
const from = (...ranges: string[]) => exposed(Exposure.loadBalancer({ sourceRanges: ranges }));
const clients =
  (...cidrs: unknown[]) =>
  () =>
    ExternalClients.at(...(cidrs as string[]));

export const exposure: readonly WrongInput[] = [
  {
    kind: 'open to the world',
    what: 'A load balancer lets in every IPv4 address',
    build: from('0.0.0.0/0'),
    message: 'payments.exposure.sourceRanges: 0.0.0.0/0 is every address; name who may connect',
  },
  {
    kind: 'open to the world',
    what: 'A load balancer lets in every IPv6 address',
    build: from('::/0'),
    message: 'payments.exposure.sourceRanges: ::/0 is every address; name who may connect',
  },
  {
    kind: 'open to the world',
    what: 'A load balancer names nobody',
    build: from(),
    message: 'payments.exposure: sourceRanges must name who may connect; without it the port is open to whoever finds it',
  },
  {
    kind: 'metadata address',
    what: 'The metadata service is let in',
    build: from('169.254.169.254/32'),
    message:
      'payments.exposure.sourceRanges: 169.254.169.254/32 is the cloud metadata address, which calls nobody; name who may connect',
  },
  {
    kind: 'plain text refused',
    what: 'Clients outside the mesh are let in to a port that takes mutual TLS only',
    build: service({ exposure: Exposure.networkLoadBalancer({ sourceRanges: ['10.20.0.0/16'] }) }),
    message:
      'payments.exposure: LoadBalancer clients are outside the mesh, and port 8080 takes mutual TLS only; let them in through a MeshGateway, or declare the port in mtlsExceptions with a reason',
  },
  {
    kind: 'node port',
    what: 'The port of a node is outside the range',
    build: exposed(Exposure.nodePort({ sourceRanges: ['10.20.0.0/16'], nodePort: 8080 })),
    message: 'payments.exposure: nodePort 8080 must be from 30000 to 32767',
  },
  {
    kind: 'affinity',
    what: 'A client stays with its pod for two days',
    build: service({ exposure: Exposure.clusterIp({ clientIpAffinity: Duration.days(2) }) }),
    message: 'payments.exposure: clientIpAffinity 172800 s must be a whole number of seconds from 1 to 86400',
  },
  {
    kind: 'annotation',
    what: 'An annotation of a Service has no name',
    build: service({ exposure: Exposure.clusterIp({ annotations: { 'example.com/': 'x' } }) }),
    message: 'payments.exposure: "example.com/" is not an annotation key; use [prefix/]name with up to 63 characters',
  },
  {
    kind: 'options left out',
    what: 'A load balancer has no options',
    build: () => Exposure.networkLoadBalancer(js(undefined)),
    message: 'Exposure.networkLoadBalancer: the props are nothing; give a map of props, like { key: value }',
  },
  {
    kind: 'list',
    what: 'Source ranges are one string',
    build: () => Exposure.loadBalancer({ sourceRanges: js('10.20.0.0/16') }),
    message: 'Exposure.loadBalancer.sourceRanges: "10.20.0.0/16" must be a list, like [...]',
  },
];

export const cidrs: readonly WrongInput[] = [
  {
    kind: 'cidr',
    what: 'A block is beyond all numbers',
    build: clients('999.1.1.1/99'),
    message:
      'external clients: "999.1.1.1/99" is not a CIDR: "999.1.1.1" is not an IP address; write it like "10.20.0.0/16" or "2001:db8::/32"',
  },
  {
    kind: 'cidr',
    what: 'A block has no prefix length',
    build: clients('10.0.0.1'),
    message:
      'external clients: "10.0.0.1" is not a CIDR: it needs an address, a slash and a prefix length; write it like "10.20.0.0/16" or "2001:db8::/32"',
  },
  {
    kind: 'cidr',
    what: 'A prefix length has a leading zero',
    build: clients('10.0.0.0/08'),
    message:
      'external clients: "10.0.0.0/08" is not a CIDR: the prefix length must be a whole number from 0 to 32; write it like "10.20.0.0/16" or "2001:db8::/32"',
  },
  {
    kind: 'cidr',
    what: 'A prefix length is too long',
    build: clients('10.0.0.0/33'),
    message:
      'external clients: "10.0.0.0/33" is not a CIDR: the prefix length must be a whole number from 0 to 32; write it like "10.20.0.0/16" or "2001:db8::/32"',
  },
  {
    kind: 'cidr',
    what: 'A block has blanks',
    build: clients(' 10.0.0.0/8'),
    message:
      'external clients: " 10.0.0.0/8" is not a CIDR: " 10.0.0.0" is not an IP address; write it like "10.20.0.0/16" or "2001:db8::/32"',
  },
  {
    kind: 'cidr',
    what: 'A block has a zone',
    build: clients('fe80::1%eth0/64'),
    message:
      'external clients: "fe80::1%eth0/64" is not a CIDR: "fe80::1%eth0" is not an IP address; write it like "10.20.0.0/16" or "2001:db8::/32"',
  },
  {
    kind: 'cidr',
    what: 'A block is a number',
    build: clients(10),
    message: 'external clients: 10 is not a CIDR: it is not a string; write it like "10.20.0.0/16" or "2001:db8::/32"',
  },
  {
    kind: 'cidr',
    what: 'Blocks are a list in a list',
    build: clients(['10.0.0.0/8']),
    message:
      'external clients: ["10.0.0.0/8"] is not a CIDR: it is not a string; write it like "10.20.0.0/16" or "2001:db8::/32"',
  },
  {
    kind: 'host bits',
    what: 'An IPv4 block has bits behind its prefix',
    build: clients('10.0.0.1/8'),
    message:
      'external clients: "10.0.0.1/8" is not a CIDR: it has bits set behind its prefix of 8; use 10.0.0.1/32 for the one address, or clear them',
  },
  {
    kind: 'host bits',
    what: 'An IPv6 block has bits behind its prefix',
    build: clients('2001:db8::1/32'),
    message:
      'external clients: "2001:db8::1/32" is not a CIDR: it has bits set behind its prefix of 32; use 2001:db8::1/128 for the one address, or clear them',
  },
  {
    kind: 'metadata address',
    what: 'The metadata address hides in IPv6 form',
    build: clients('::ffff:169.254.169.254/128'),
    message: 'external clients: "::ffff:169.254.169.254/128" is not a CIDR: it is an IPv4 block in IPv6 form; write it as IPv4',
  },
  {
    kind: 'open to the world',
    what: 'Clients are every address',
    build: clients('10.20.0.0/16', '0.0.0.0/0'),
    message: 'external clients: 0.0.0.0/0 is every address; name who may call',
  },
  {
    kind: 'cidr',
    what: 'Clients are nobody',
    build: clients(),
    message: 'external clients: name at least one block, like "10.20.0.0/16"',
  },
  {
    kind: 'plain text refused',
    what: 'Clients without identity call a port that takes mutual TLS only',
    build: between(({ payments }) => payments.allowFrom(ExternalClients.at('10.20.0.0/16'))),
    message:
      'payments: port 8080 takes mutual TLS only, and clients at 10.20.0.0/16 can show no identity from outside the mesh; bring the caller into the mesh, or declare the port in mtlsExceptions with a reason',
  },
];
