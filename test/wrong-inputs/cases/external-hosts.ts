import { ExternalHost, Reach } from 'cdk8s-banking';
import { type WrongInput, between, js } from '../wrong-input';

const reach = Reach.cidrs('203.0.113.0/24');
const host = (name: unknown) => () => ExternalHost.https(js(name), { reach });
const reached = (by: unknown) => () => ExternalHost.https('clearing.example.net', { reach: js(by) });

export const externalHosts: readonly WrongInput[] = [
  { kind: 'host', what: 'A host is a wildcard', build: host('*.example.net'), message: '' },
  { kind: 'host', what: 'A host has a scheme', build: host('https://clearing.example.net'), message: '' },
  { kind: 'host', what: 'A host has a port', build: host('clearing.example.net:443'), message: '' },
  { kind: 'host', what: 'A host has a path', build: host('clearing.example.net/api'), message: '' },
  { kind: 'host', what: 'A host is an IP address', build: host('203.0.113.7'), message: '' },
  { kind: 'host', what: 'A host is an IPv6 address', build: host('2001:db8::7'), message: '' },
  { kind: 'host', what: 'A host has a dot at the end', build: host('clearing.example.net.'), message: '' },
  { kind: 'host', what: 'A host has capitals', build: host('Clearing.example.net'), message: '' },
  { kind: 'host', what: 'A host has one label', build: host('localhost'), message: '' },
  { kind: 'host', what: 'A host has a label of 64 characters', build: host(`${'a'.repeat(64)}.example.net`), message: '' },
  { kind: 'host', what: 'A host is in another alphabet', build: host('cleаring.example.net'), message: '' },
  { kind: 'host', what: 'A host is null', build: host(null), message: '' },
  { kind: 'reach', what: 'Nothing says how packets get there', build: reached(undefined), message: '' },
  { kind: 'reach', what: 'The reach is a string', build: reached('203.0.113.0/24'), message: '' },
  { kind: 'reach', what: 'The reach names no block', build: reached(Reach.cidrs()), message: '' },
  { kind: 'open to the world', what: 'The reach is every address', build: reached(Reach.cidrs('0.0.0.0/0')), message: '' },
  { kind: 'metadata address', what: 'The reach is the metadata service', build: reached(Reach.cidrs('169.254.169.254/32')), message: '' },
  { kind: 'metadata address', what: 'The reach is the metadata service by IPv6, written at length', build: reached(Reach.cidrs('fd00:ec2:0::254/128')), message: '' },
  { kind: 'reason', what: 'Any address is accepted without a reason', build: reached(Reach.anyPublicAddress(js(undefined))), message: '' },
  { kind: 'reason', what: 'A reason is made of blanks', build: reached(Reach.anyPublicAddress({ accept: '              ' })), message: '' },
  { kind: 'reason', what: 'A reason is true', build: reached(Reach.anyPublicAddress({ accept: js(true) })), message: '' },
  { kind: 'port', what: 'A host that speaks bytes has no port', build: () => ExternalHost.tcp('db.example.net', js({ reach })), message: '' },
  { kind: 'options left out', what: 'A host has no props', build: () => ExternalHost.tls('mq.example.net', js(undefined)), message: '' },
  {
    kind: 'no egress gateway',
    what: 'A host is reached through a gateway that the platform does not name',
    build: between(({ payments }) => payments.allowTo(ExternalHost.https('clearing.example.net', { reach: Reach.egressGateway() }))),
    message: '',
  },
  {
    kind: 'gateway for bytes',
    what: 'Bytes go through the egress gateway, which reads names',
    build: () => ExternalHost.tcp('db.example.net', { port: 5432, reach: Reach.egressGateway() }),
    message: '',
  },
  {
    kind: 'TLS twice',
    what: 'The proxy opens TLS for a host that does so by itself',
    build: () => ExternalHost.tls('mq.example.net', { port: 5671, reach, tlsOrigination: true }),
    message: '',
  },
  {
    kind: 'TLS twice',
    what: 'The proxy opens TLS behind the egress gateway',
    build: () => ExternalHost.https('clearing.example.net', { reach: Reach.egressGateway(), tlsOrigination: true }),
    message: '',
  },
  {
    kind: 'requests outside',
    what: 'A path is asked of a host outside the mesh',
    build: between(({ payments }) => payments.allowTo(ExternalHost.https('clearing.example.net', { reach, tlsOrigination: true }), { paths: ['/v1/*'] })),
    message: '',
  },
  {
    kind: 'declared twice',
    what: 'One host is declared in two ways',
    build: between(({ payments, ledger }) => {
      payments.allowTo(ExternalHost.https('clearing.example.net', { reach }));
      ledger.allowTo(ExternalHost.https('clearing.example.net', { reach, port: 8443 }));
    }),
    message: '',
  },
];
