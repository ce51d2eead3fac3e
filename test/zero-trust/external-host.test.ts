import { ExternalHost, Reach } from '../../lib';
import { notesOn } from '../../lib/kube/notes';
import { type Json, World } from '../banking-service/world';
import { problemsOf } from '../support/problems';

const egressGateway = {
  namespace: 'out',
  podLabels: { istio: 'egress' },
  serviceAccount: 'out-sa',
  host: 'egress.out.svc.cluster.local',
  port: 8447,
};

function world(host: ExternalHost): World {
  const all = new World({ egressGateway });
  all.service('teller').allowTo(host);
  return all;
}

const NAME = 'clearing-example-net';
const HOST = 'clearing.example.net';

test('by its own blocks: known to its namespace alone, and no address but these', () => {
  const all = world(ExternalHost.https(HOST, { reach: Reach.cidrs('203.0.113.0/28', '169.254.0.0/16') }));
  expect(all.one('ServiceEntry').spec).toEqual({
    hosts: [HOST],
    exportTo: ['.'],
    location: 'MESH_EXTERNAL',
    resolution: 'DNS',
    ports: [{ number: 443, name: 'https', protocol: 'TLS' }],
  });
  expect(all.one('NetworkPolicy', 'teller').spec.egress).toEqual([
    {
      to: [
        { ipBlock: { cidr: '169.254.0.0/16', except: ['169.254.169.254/32', '169.254.170.2/32', '169.254.170.23/32'] } },
        { ipBlock: { cidr: '203.0.113.0/28' } },
      ],
      ports: [{ port: 443, protocol: 'TCP' }],
    },
  ]);
  expect(all.one('Sidecar', 'teller').spec.egress).toEqual([{ hosts: [`vault/${HOST}`] }]);
});

test.each([
  ['tls' as const, { number: 9443, name: 'tls', protocol: 'TLS' }],
  ['tcp' as const, { number: 5439, name: 'tcp', protocol: 'TCP' }],
])('%s', (kind, port) => {
  const all = world(ExternalHost[kind](HOST, { port: port.number, reach: Reach.cidrs('203.0.113.0/28') }));
  expect(all.one('ServiceEntry').spec.ports).toEqual([port]);
  expect(all.one('NetworkPolicy', 'teller').spec.egress[0].ports).toEqual([{ port: port.number, protocol: 'TCP' }]);
});

test('bytes carry no name: a TCP host is known by its blocks, which Istio takes only where it resolves nothing', () => {
  const spec = (reach: Reach) => world(ExternalHost.tcp(HOST, { port: 5439, reach })).one('ServiceEntry').spec as Json;
  expect(spec(Reach.cidrs('203.0.113.0/28'))).toMatchObject({ addresses: ['203.0.113.0/28'], resolution: 'NONE' });
  // Any other reach would take every address on the port for this one host.
  expect(() => spec(Reach.anyPublicAddress({ accept: 'the partner changes addresses weekly' }))).toThrow(/use Reach.cidrs/);
});

test('TLS that the proxy opens: plain to 80, out on the host’s own port, and only to a certificate of that name', () => {
  const all = world(ExternalHost.https(HOST, { port: 8444, tlsOrigination: true, reach: Reach.cidrs('203.0.113.0/28') }));
  expect(all.one('ServiceEntry').spec.ports).toEqual([{ number: 80, name: 'http', protocol: 'HTTP', targetPort: 8444 }]);
  expect(all.one('DestinationRule', NAME).spec).toEqual({
    host: HOST,
    exportTo: ['.'],
    trafficPolicy: {
      portLevelSettings: [
        { port: { number: 80 }, tls: { mode: 'SIMPLE', sni: HOST, subjectAltNames: [HOST], caCertificates: 'system' } },
      ],
    },
  });
  expect(all.one('NetworkPolicy', 'teller').spec.egress[0].ports).toEqual([{ port: 8444, protocol: 'TCP' }]);
});

test('through the egress gateway: the workload’s own network stays closed to the outside', () => {
  const all = world(ExternalHost.https(HOST, { reach: Reach.egressGateway() }));
  expect(all.one('NetworkPolicy', 'teller').spec.egress).toEqual([
    {
      to: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'out' } },
          podSelector: { matchLabels: { istio: 'egress' } },
        },
      ],
      ports: [{ port: 8447, protocol: 'TCP' }],
    },
  ]);
  expect(all.one('Gateway', NAME).spec).toEqual({
    selector: { istio: 'egress' },
    servers: [{ hosts: [HOST], port: { number: 8447, name: 'tls-443', protocol: 'TLS' }, tls: { mode: 'PASSTHROUGH' } }],
  });
  expect(all.one('VirtualService', NAME).spec).toEqual({
    hosts: [HOST],
    gateways: ['mesh', `vault/${NAME}`],
    exportTo: ['.', 'out'],
    tls: [
      {
        match: [{ gateways: ['mesh'], port: 443, sniHosts: [HOST] }],
        route: [{ destination: { host: 'egress.out.svc.cluster.local', port: { number: 8447 } } }],
      },
      {
        match: [{ gateways: [`vault/${NAME}`], port: 8447, sniHosts: [HOST] }],
        route: [{ destination: { host: HOST, port: { number: 443 } } }],
      },
    ],
  });
  expect(all.one('ServiceEntry').spec.exportTo).toEqual(['.', 'out']);
  expect(all.one('Sidecar', 'teller').spec.egress).toEqual([{ hosts: ['out/egress.out.svc.cluster.local', `vault/${HOST}`] }]);
});

test('any public address is accepted with a reason, and the metadata address is none', () => {
  const all = world(
    ExternalHost.https(HOST, { reach: Reach.anyPublicAddress({ accept: 'the partner changes addresses weekly' }) }),
  );
  expect(all.one('ServiceEntry').metadata.annotations).toEqual({
    'banking.acceptance/reason': 'the partner changes addresses weekly',
  });
  const notes = (one: World) => one.namespace.node.findAll().flatMap((child) => notesOn(child).map(({ text }) => text));
  const accepted = `${HOST} is reached at any public address: the partner changes addresses weekly`;
  expect(notes(all)).toContain(accepted);
  const known = world(ExternalHost.https(HOST, { reach: Reach.cidrs('203.0.113.0/28') }));
  expect(notes(known).filter((text) => text.includes(HOST))).toEqual([]);
  expect(known.one('ServiceEntry').metadata.annotations).toBeUndefined();
  const blocks: Json[] = all.one('NetworkPolicy', 'teller').spec.egress[0].to.map(({ ipBlock }: Json) => ipBlock as Json);
  expect(blocks.map(({ cidr }) => cidr as string)).toEqual(['0.0.0.0/0', '::/0']);
  expect(blocks[0]!.except).toEqual(expect.arrayContaining(['169.254.0.0/16', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']));
  expect(blocks[1]!.except).toEqual(expect.arrayContaining(['fc00::/7', 'fe80::/10']));
});

test('an alias is a Service of the namespace that leads to the host, and is known to whoever calls it', () => {
  const all = world(ExternalHost.tcp(HOST, { port: 5439, alias: 'orders-db', reach: Reach.cidrs('203.0.113.0/28') }));
  const { metadata, spec } = all.one('Service', 'orders-db');
  expect([metadata.namespace, metadata.labels['app.kubernetes.io/name'], spec]).toEqual([
    'vault',
    NAME,
    { type: 'ExternalName', externalName: HOST },
  ]);
  expect(all.one('Sidecar', 'teller').spec.egress).toEqual([
    { hosts: [`vault/${HOST}`, 'vault/orders-db.vault.svc.cluster.local'] },
  ]);
  const none = world(ExternalHost.tcp(HOST, { port: 5439, reach: Reach.cidrs('203.0.113.0/28') }));
  expect(none.objects().filter(({ spec: one }) => one?.type === 'ExternalName')).toEqual([]);
});

describe('a host', () => {
  const reach = Reach.cidrs.bind(Reach, '203.0.113.0/28');
  const where = `external host "${HOST}"`;

  test('has an alias only where no certificate is compared with it', () => {
    const wrong = (kind: 'https' | 'tls' | 'tcp', alias: string) =>
      problemsOf(() => ExternalHost[kind](HOST, { port: 5439, alias, reach: reach() }));
    for (const kind of ['https', 'tls'] as const) {
      expect(wrong(kind, 'orders-db')).toEqual([
        `${where}.alias: is for tcp hosts; a ${kind} client would compare the certificate with the alias`,
      ]);
    }
    expect(wrong('tcp', 'orders-db')).toEqual([]);
    expect(wrong('tcp', 'A')).toEqual([expect.stringMatching(/\.alias: "A" is not a name that Kubernetes takes; /)]);
  });

  test('is reached by blocks, by the egress gateway, or by any address with a reason', () => {
    const wrong = (by: Reach) => problemsOf(() => ExternalHost.https(HOST, { reach: by }));
    expect(wrong(Reach.cidrs())).toEqual([`${where}.reach: names no block; write Reach.cidrs("203.0.113.0/24")`]);
    expect(wrong(Reach.cidrs('10.0.0.1/8'))).toEqual([
      `${where}.reach: "10.0.0.1/8" is not a CIDR: it has bits set behind its prefix of 8; use 10.0.0.1/32 for the one address, or clear them`,
    ]);
    expect(wrong(Reach.anyPublicAddress(undefined as never))).toEqual([
      `${where}.reach: needs a reason of at least ten characters, got nothing; write { accept: 'why any address is fine' }`,
    ]);
  });

  test('has no blocks of its own where it is reached otherwise', () => {
    expect([Reach.egressGateway().blocks, Reach.egressGateway().peers()]).toEqual([[], []]);
    expect(Reach.anyPublicAddress({ accept: 'the partner changes addresses weekly' }).blocks).toEqual([]);
  });
});

test('the label of a host that is longer than a label ends well', () => {
  const host = `${'a'.repeat(61)}.b.example.net`;
  const all = world(ExternalHost.https(host, { reach: Reach.cidrs('203.0.113.0/28') }));
  const { name, labels } = all.one('ServiceEntry').metadata;
  expect(name).toBe(`${'a'.repeat(61)}-b-example-net`);
  expect(labels['app.kubernetes.io/name']).toBe(`${'a'.repeat(61)}-b`);
  const dashes = `${'a'.repeat(30)}.${'b'.repeat(30)}--c.example.net`;
  const dashed = world(ExternalHost.https(dashes, { reach: Reach.cidrs('203.0.113.0/28') })).one('ServiceEntry');
  expect(dashed.metadata.labels['app.kubernetes.io/name']).toBe(`${'a'.repeat(30)}-${'b'.repeat(30)}`);
  const cut = `${'a'.repeat(62)}.example.net`;
  const other = world(ExternalHost.https(cut, { reach: Reach.cidrs('203.0.113.0/28') })).one('ServiceEntry');
  expect(other.metadata.labels['app.kubernetes.io/name']).toBe('a'.repeat(62));
});

test('two workloads of a namespace share the objects of a host', () => {
  const all = new World();
  const host = () => ExternalHost.https(HOST, { reach: Reach.cidrs('203.0.113.0/28') });
  for (const id of ['teller', 'broker']) all.service(id).allowTo(host());
  expect(all.one('ServiceEntry').metadata.name).toBe(NAME);
  const other = ExternalHost.https(HOST, { reach: Reach.cidrs('203.0.113.0/29') });
  expect(() => all.service('clerk').allowTo(other)).toThrow(/declared twice in namespace vault with different props/);
});
