import { ExternalHost, Reach } from 'cdk8s-banking';
import { type WrongInput, between, js, several } from '../wrong-input';

const reach = Reach.cidrs('203.0.113.0/24');
const host = (name: unknown) => () => ExternalHost.https(js(name), { reach });
const reached = (by: unknown) => () => ExternalHost.https('clearing.example.net', { reach: js(by) });

export const externalHosts: readonly WrongInput[] = [
  {
    kind: 'host',
    what: 'A host is a wildcard',
    build: host('*.example.net'),
    message:
      'external host "*.example.net": "*.example.net" has a wildcard, which would open every host below it; name each host',
  },
  {
    kind: 'host',
    what: 'A host has a scheme',
    build: host('https://clearing.example.net'),
    message:
      'external host "https://clearing.example.net": "https://clearing.example.net" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'host',
    what: 'A host has a port',
    build: host('clearing.example.net:443'),
    message:
      'external host "clearing.example.net:443": "clearing.example.net:443" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'host',
    what: 'A host has a path',
    build: host('clearing.example.net/api'),
    message:
      'external host "clearing.example.net/api": "clearing.example.net/api" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'host',
    what: 'A host is an IP address',
    build: host('203.0.113.7'),
    message:
      'external host "203.0.113.7": "203.0.113.7" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'host',
    what: 'A host is an IPv6 address',
    build: host('2001:db8::7'),
    message:
      'external host "2001:db8::7": "2001:db8::7" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'host',
    what: 'A host has a dot at the end',
    build: host('clearing.example.net.'),
    message:
      'external host "clearing.example.net.": "clearing.example.net." is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'host',
    what: 'A host has capitals',
    build: host('Clearing.example.net'),
    message:
      'external host "Clearing.example.net": "Clearing.example.net" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'host',
    what: 'A host has one label',
    build: host('localhost'),
    message:
      'external host "localhost": "localhost" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'host',
    what: 'A host has a label of 64 characters',
    build: host(`${'a'.repeat(64)}.example.net`),
    message:
      'external host "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.net": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.net" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'host',
    what: 'A host is in another alphabet',
    build: host('cleаring.example.net'),
    message:
      'external host "cleаring.example.net": "cleаring.example.net" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'host',
    what: 'A host is null',
    build: host(null),
    message:
      'external host null: null is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'reach',
    what: 'Nothing says how packets get there',
    build: reached(undefined),
    message:
      'external host "clearing.example.net".reach: nothing does not say how packets get there, and a NetworkPolicy knows no names; give Reach.cidrs(…), Reach.egressGateway() or Reach.anyPublicAddress({ accept: … })',
  },
  {
    kind: 'reach',
    what: 'The reach is a string',
    build: reached('203.0.113.0/24'),
    message:
      'external host "clearing.example.net".reach: "203.0.113.0/24" does not say how packets get there, and a NetworkPolicy knows no names; give Reach.cidrs(…), Reach.egressGateway() or Reach.anyPublicAddress({ accept: … })',
  },
  {
    kind: 'reach',
    what: 'The reach names no block',
    build: reached(Reach.cidrs()),
    message: 'external host "clearing.example.net".reach: names no block; write Reach.cidrs("203.0.113.0/24")',
  },
  {
    kind: 'open to the world',
    what: 'The reach is every address',
    build: reached(Reach.cidrs('0.0.0.0/0')),
    message:
      'external host "clearing.example.net".reach: 0.0.0.0/0 is every address; name the host\'s own blocks, or accept it with Reach.anyPublicAddress',
  },
  {
    kind: 'bytes at any address',
    what: 'A database is reached at any public address',
    build: between((site) =>
      site.payments.allowTo(
        ExternalHost.tcp('db.example.net', {
          port: 5432,
          reach: Reach.anyPublicAddress({ accept: 'the provider moves it around' }),
        }),
      ),
    ),
    message:
      'external host "db.example.net".reach: of bytes the proxy sees addresses alone, so that every address on the port would be taken for this host; use Reach.cidrs',
  },
  {
    kind: 'every address',
    what: 'The reach is every address, in halves',
    build: reached(Reach.cidrs('0.0.0.0/1', '128.0.0.0/1')),
    message:
      '2 problems\n' +
      '  - external host "clearing.example.net".reach: 0.0.0.0/1 is too large a part of all addresses; name the host\'s own blocks, or accept it with Reach.anyPublicAddress\n' +
      '  - external host "clearing.example.net".reach: 128.0.0.0/1 is too large a part of all addresses; name the host\'s own blocks, or accept it with Reach.anyPublicAddress',
  },
  {
    kind: 'metadata address',
    what: 'The reach is the metadata service',
    build: reached(Reach.cidrs('169.254.169.254/32')),
    message:
      'external host "clearing.example.net".reach: 169.254.169.254/32 is the cloud metadata address, which hands out credentials; it stays closed',
  },
  {
    kind: 'metadata address',
    what: 'The reach is the metadata service by IPv6, written at length',
    build: reached(Reach.cidrs('fd00:ec2:0::254/128')),
    message:
      'external host "clearing.example.net".reach: fd00:ec2:0::254/128 is the cloud metadata address, which hands out credentials; it stays closed',
  },
  {
    kind: 'reason',
    what: 'Any address is accepted without a reason',
    build: reached(Reach.anyPublicAddress(js(undefined))),
    message:
      'external host "clearing.example.net".reach: needs a reason of at least ten characters, got nothing; write { accept: \'why any address is fine\' }',
  },
  {
    kind: 'reason',
    what: 'A reason is made of blanks',
    build: reached(Reach.anyPublicAddress({ accept: '              ' })),
    message:
      'external host "clearing.example.net".reach: needs a reason of at least ten characters, got "              "; write { accept: \'why any address is fine\' }',
  },
  {
    kind: 'reason',
    what: 'A reason is true',
    build: reached(Reach.anyPublicAddress({ accept: js(true) })),
    message:
      'external host "clearing.example.net".reach: needs a reason of at least ten characters, got true; write { accept: \'why any address is fine\' }',
  },
  {
    kind: 'port',
    what: 'A host that speaks bytes has no port',
    build: () => ExternalHost.tcp('db.example.net', js({ reach })),
    message: 'external host "db.example.net".port: nothing is not a port; use a whole number from 1 to 65535',
  },
  {
    kind: 'options left out',
    what: 'A host has no props',
    build: () => ExternalHost.tls('mq.example.net', js(undefined)),
    message: several(
      'external host "mq.example.net".port: nothing is not a port; use a whole number from 1 to 65535',
      'external host "mq.example.net".reach: nothing does not say how packets get there, and a NetworkPolicy knows no names; give Reach.cidrs(…), Reach.egressGateway() or Reach.anyPublicAddress({ accept: … })',
    ),
  },
  {
    kind: 'no egress gateway',
    what: 'A host is reached through a gateway that the platform does not name',
    build: between(({ payments }) =>
      payments.allowTo(ExternalHost.https('clearing.example.net', { reach: Reach.egressGateway() })),
    ),
    message:
      'external host "clearing.example.net": is reached through the egress gateway, but the platform names none; set egressGateway on the Platform, or use Reach.cidrs',
  },
  {
    kind: 'gateway for bytes',
    what: 'Bytes go through the egress gateway, which reads names',
    build: () => ExternalHost.tcp('db.example.net', { port: 5432, reach: Reach.egressGateway() }),
    message:
      'external host "db.example.net".reach: the egress gateway tells hosts apart by their TLS name, which plain TCP has not; use Reach.cidrs',
  },
  {
    kind: 'TLS twice',
    what: 'The proxy opens TLS for a host that does so by itself',
    build: () => ExternalHost.tls('mq.example.net', { port: 5671, reach, tlsOrigination: true }),
    message:
      'external host "mq.example.net".tlsOrigination: is for https hosts; tls hosts are spoken to by the application; leave it out',
  },
  {
    kind: 'TLS twice',
    what: 'The proxy opens TLS behind the egress gateway',
    build: () => ExternalHost.https('clearing.example.net', { reach: Reach.egressGateway(), tlsOrigination: true }),
    message:
      'external host "clearing.example.net".tlsOrigination: can not be joined with the egress gateway; let the application speak TLS',
  },
  {
    kind: 'requests outside',
    what: 'A path is asked of a host outside the mesh',
    build: between(({ payments }) =>
      payments.allowTo(ExternalHost.https('clearing.example.net', { reach, tlsOrigination: true }), { paths: ['/v1/*'] }),
    ),
    message:
      'payments → clearing.example.net: methods and paths are checked where a request arrives, and an external host is outside the mesh; leave them out',
  },
  {
    kind: 'declared twice',
    what: 'One host is declared in two ways',
    build: between(({ payments, ledger }) => {
      payments.allowTo(ExternalHost.https('clearing.example.net', { reach }));
      ledger.allowTo(ExternalHost.https('clearing.example.net', { reach, port: 8443 }));
    }),
    message:
      'external host "clearing.example.net": is declared twice in namespace banking with different props; declare it once and share the value',
  },
];
