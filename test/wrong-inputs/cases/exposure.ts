import { Duration } from 'cdk8s';
import { Exposure, ExternalClients } from 'cdk8s-banking';
import { type WrongInput, between, js, service } from '../wrong-input';

const exposed = (exposure: Exposure) => service({ exposure, mtlsExceptions: [{ port: 8080, reason: 'Branch terminals speak plain HTTP' }] });
const from = (...ranges: string[]) => exposed(Exposure.loadBalancer({ sourceRanges: ranges }));
const clients = (...cidrs: unknown[]) => () => ExternalClients.at(...(cidrs as string[]));

export const exposure: readonly WrongInput[] = [
  { kind: 'open to the world', what: 'A load balancer lets in every IPv4 address', build: from('0.0.0.0/0'), message: '' },
  { kind: 'open to the world', what: 'A load balancer lets in every IPv6 address', build: from('::/0'), message: '' },
  { kind: 'open to the world', what: 'A load balancer names nobody', build: from(), message: '' },
  { kind: 'metadata address', what: 'The metadata service is let in', build: from('169.254.169.254/32'), message: '' },
  {
    kind: 'plain text refused',
    what: 'Clients outside the mesh are let in to a port that takes mutual TLS only',
    build: service({ exposure: Exposure.networkLoadBalancer({ sourceRanges: ['10.20.0.0/16'] }) }),
    message: '',
  },
  { kind: 'node port', what: 'The port of a node is outside the range', build: exposed(Exposure.nodePort({ sourceRanges: ['10.20.0.0/16'], nodePort: 8080 })), message: '' },
  { kind: 'affinity', what: 'A client stays with its pod for two days', build: service({ exposure: Exposure.clusterIp({ clientIpAffinity: Duration.days(2) }) }), message: '' },
  { kind: 'annotation', what: 'An annotation of a Service has no name', build: service({ exposure: Exposure.clusterIp({ annotations: { 'example.com/': 'x' } }) }), message: '' },
  { kind: 'options left out', what: 'A load balancer has no options', build: () => Exposure.networkLoadBalancer(js(undefined)), message: '' },
  { kind: 'list', what: 'Source ranges are one string', build: () => Exposure.loadBalancer({ sourceRanges: js('10.20.0.0/16') }), message: '' },
];

export const cidrs: readonly WrongInput[] = [
  { kind: 'cidr', what: 'A block is beyond all numbers', build: clients('999.1.1.1/99'), message: '' },
  { kind: 'cidr', what: 'A block has no prefix length', build: clients('10.0.0.1'), message: '' },
  { kind: 'cidr', what: 'A prefix length has a leading zero', build: clients('10.0.0.0/08'), message: '' },
  { kind: 'cidr', what: 'A prefix length is too long', build: clients('10.0.0.0/33'), message: '' },
  { kind: 'cidr', what: 'A block has blanks', build: clients(' 10.0.0.0/8'), message: '' },
  { kind: 'cidr', what: 'A block has a zone', build: clients('fe80::1%eth0/64'), message: '' },
  { kind: 'cidr', what: 'A block is a number', build: clients(10), message: '' },
  { kind: 'cidr', what: 'Blocks are a list in a list', build: clients(['10.0.0.0/8']), message: '' },
  { kind: 'host bits', what: 'An IPv4 block has bits behind its prefix', build: clients('10.0.0.1/8'), message: '' },
  { kind: 'host bits', what: 'An IPv6 block has bits behind its prefix', build: clients('2001:db8::1/32'), message: '' },
  { kind: 'metadata address', what: 'The metadata address hides in IPv6 form', build: clients('::ffff:169.254.169.254/128'), message: '' },
  { kind: 'open to the world', what: 'Clients are every address', build: clients('10.20.0.0/16', '0.0.0.0/0'), message: '' },
  { kind: 'cidr', what: 'Clients are nobody', build: clients(), message: '' },
  {
    kind: 'plain text refused',
    what: 'Clients without identity call a port that takes mutual TLS only',
    build: between(({ payments }) => payments.allowFrom(ExternalClients.at('10.20.0.0/16'))),
    message: '',
  },
];
