import { GatewayTls, Health, MeshGateway, type MeshGatewayProps, TlsVersion } from '../../lib';
import { handedOverTo } from '../../lib/kube/hand-over';
import { notesOn } from '../../lib/kube/notes';
import { type Json, World } from '../banking-service/world';

const ingressGateway = { namespace: 'doors', podLabels: { door: 'front' }, serviceAccount: 'porter' };

function world(props: Partial<MeshGatewayProps> = {}) {
  const all = new World({ ingressGateway });
  const teller = all.service('teller', { servicePort: 87, health: Health.springBootActuator() });
  const gateway = new MeshGateway(all.chart, 'edge', {
    hosts: ['bank.example.com', '*.shop.example.com'],
    issuer: 'ca-7',
    ...props,
  });
  return { all, teller, gateway };
}

/** With a route, without which a gateway is an error. */
function open(props: Partial<MeshGatewayProps> = {}) {
  const made = world(props);
  made.gateway.route('/', made.teller);
  return made;
}

describe('the Gateway', () => {
  test('listens for https, and sends plain requests there', () => {
    const { all } = open({ minTlsVersion: TlsVersion.V1_3 });
    const hosts = ['./bank.example.com', './*.shop.example.com'];
    const { metadata, spec } = all.one('Gateway');
    expect([metadata.name, metadata.namespace]).toEqual(['edge', 'vault']);
    expect(spec).toEqual({
      selector: { door: 'front' },
      servers: [
        {
          port: { number: 443, name: 'https', protocol: 'HTTPS' },
          hosts,
          tls: { mode: 'SIMPLE', credentialName: 'vault-edge-tls', minProtocolVersion: 'TLSV1_3' },
        },
        { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts, tls: { httpsRedirect: true } },
      ],
    });
  });

  test('does not listen for plain requests on wish', () => {
    expect(open({ redirect: false }).all.one('Gateway').spec.servers).toHaveLength(1);
  });

  test('demands a certificate of partners, signed by an authority of their own', () => {
    const tls = GatewayTls.mutual({ clientCa: 'partners-ca', clientNames: ['spiffe://partner.example/x'] });
    expect(open({ tls }).all.one('Gateway').spec.servers[0].tls).toEqual({
      mode: 'MUTUAL',
      credentialName: 'vault-edge-tls',
      caCertCredentialName: 'partners-ca',
      subjectAltNames: ['spiffe://partner.example/x'],
      minProtocolVersion: 'TLSV1_2',
    });
  });
});

describe('the certificate', () => {
  test('is where the gateway’s pods can read it, and is handed over to whoever runs them', () => {
    const { all, gateway } = open({ issuer: { name: 'ca-9', kind: 'Issuer' } });
    const { metadata, spec } = all.one('Certificate');
    expect(metadata.namespace).toBe('doors');
    expect(handedOverTo(gateway.object('Certificate'))).toBe('doors');
    expect(spec).toEqual({
      secretName: 'vault-edge-tls',
      dnsNames: ['bank.example.com', '*.shop.example.com'],
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'ca-9' },
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      usages: ['digital signature', 'server auth'],
    });
  });

  test('of one’s own: a prerequisite instead of an object', () => {
    const { all, gateway } = open({ issuer: undefined, certificateSecret: 'our-tls' });
    expect(all.one('Gateway').spec.servers[0].tls.credentialName).toBe('our-tls');
    expect(all.objects().some(({ kind }) => kind === 'Certificate')).toBe(false);
    expect(notesOn(gateway).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^No other Gateway for the same pods serves bank.example.com/),
      expect.stringMatching(/^Secret our-tls of type kubernetes.io\/tls is in namespace doors/),
      expect.stringMatching(/^istiod lets a Gateway select pods of another namespace/),
    ]);
  });
});

describe('routes', () => {
  const delegate = (name: string) => ({ name: `${name}-edge`, namespace: 'vault' });
  const headers = { response: { set: { 'strict-transport-security': 'max-age=31536000' } } };

  test('the root tells services apart, the most specific first, and each says the rest itself', () => {
    const { all, gateway, teller } = world();
    const web = all.service('web');
    gateway
      .route('/', web)
      .route('/cash', teller, { methods: ['POST'] })
      .route('/cash/open', teller, { exact: true });
    const root = all.one('VirtualService', 'edge').spec as Json;
    expect([root.hosts, root.gateways]).toEqual([['bank.example.com', '*.shop.example.com'], ['vault/edge']]);
    expect(root.http).toEqual([
      { match: [{ uri: { exact: '/cash/open' } }], headers, delegate: delegate('teller') },
      {
        match: [
          { uri: { exact: '/cash' }, method: { exact: 'POST' } },
          { uri: { prefix: '/cash/' }, method: { exact: 'POST' } },
        ],
        headers,
        delegate: delegate('teller'),
      },
      { headers, delegate: delegate('web') },
    ]);
  });

  test('a delegate has neither hosts nor gateways: it takes effect only through the root', () => {
    const { all, gateway, teller } = world();
    gateway.route('/cash', teller);
    const { hosts, gateways, http } = all.one('VirtualService', 'teller-edge').spec as Json;
    expect([hosts, gateways]).toEqual([undefined, undefined]);
    expect(http[0].route).toEqual([{ destination: { host: 'teller.vault.svc.cluster.local', port: { number: 87 } } }]);
  });

  test.each([
    [0, undefined],
    [86401, { response: { set: { 'strict-transport-security': 'max-age=86401' } } }],
  ])('https only for %d seconds', (hstsSeconds, expected) => {
    const { all, gateway, teller } = world({ hstsSeconds });
    gateway.route('/', teller);
    expect(all.one('VirtualService', 'edge').spec.http[0].headers).toEqual(expected);
  });

  test('each lets the gateway’s pods in, for exactly what is routed', () => {
    const { all, gateway, teller } = world();
    gateway.route('/cash', teller, { methods: ['POST'] });
    expect(all.one('NetworkPolicy', 'teller').spec.ingress).toEqual([
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'doors' } },
            podSelector: { matchLabels: { door: 'front' } },
          },
        ],
        ports: [{ port: 8071, protocol: 'TCP' }],
      },
    ]);
    expect(all.one('AuthorizationPolicy', 'teller').spec.rules).toEqual([
      {
        from: [{ source: { principals: ['cluster.local/ns/doors/sa/porter'] } }],
        to: [{ operation: { ports: ['8071'], methods: ['POST'], paths: ['/cash', '/cash/*'] } }],
      },
    ]);
  });

  test('a catch-all lets nobody see the management paths', () => {
    const { all, gateway, teller } = world();
    gateway.route('/', teller);
    expect(all.one('AuthorizationPolicy', 'teller').spec.rules[0].to).toEqual([
      { operation: { ports: ['8071'], notPaths: ['/actuator*', '//*', '/;*'] } },
    ]);
  });

  test('two that nobody could tell apart are an error', () => {
    const { all, gateway, teller } = world();
    const web = all.service('web');
    gateway.route('/cash', teller, { methods: ['GET'] });
    expect(() => gateway.route('/cash', web, { methods: ['GET', 'POST'] })).toThrow(/neither is more specific/);
    expect(() => gateway.route('/cash', web, { methods: ['POST'] })).not.toThrow();
  });
});
