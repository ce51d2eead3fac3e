import { BankingService, GatewayTls, MeshGateway, TlsVersion, ZeroTrustNamespace } from 'cdk8s-banking';
import { bodies } from './render';

/** A partners' gateway with one route. */
const body = bodies((chart) => {
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'banking' });
  const payments = new BankingService(chart, 'payments', { namespace, image: 'registry.example.com/payments:2.4.1', port: 8080 });
  new MeshGateway(chart, 'partners', {
    hosts: ['partners.example.com'],
    issuer: { name: 'internal-ca', kind: 'Issuer' },
    tls: GatewayTls.mutual({ clientCa: 'partner-authorities', clientNames: ['client.partner.example.org'] }),
    minTlsVersion: TlsVersion.V1_3,
  }).route('/api/v1/payments', payments, { methods: ['POST'] });
});

describe('MeshGateway renders', () => {
  test('Gateway', () =>
    expect(body('Gateway', 'partners')).toMatchInlineSnapshot(`
      "
      spec:
        selector:
          istio: ingress
        servers:
          - hosts:
              - ./partners.example.com
            port:
              name: https
              number: 443
              protocol: HTTPS
            tls:
              caCertCredentialName: partner-authorities
              credentialName: banking-partners-tls
              minProtocolVersion: TLSV1_3
              mode: MUTUAL
              subjectAltNames:
                - client.partner.example.org
          - hosts:
              - ./partners.example.com
            port:
              name: http
              number: 80
              protocol: HTTP
            tls:
              httpsRedirect: true
      "
    `));
  test('Certificate', () =>
    expect(body('Certificate', 'banking-partners')).toMatchInlineSnapshot(`
      "
      spec:
        dnsNames:
          - partners.example.com
        issuerRef:
          group: cert-manager.io
          kind: Issuer
          name: internal-ca
        privateKey:
          algorithm: ECDSA
          rotationPolicy: Always
          size: 256
        secretName: banking-partners-tls
        usages:
          - digital signature
          - server auth
      "
    `));
  test('the root VirtualService', () =>
    expect(body('VirtualService', 'partners')).toMatchInlineSnapshot(`
      "
      spec:
        gateways:
          - banking/partners
        hosts:
          - partners.example.com
        http:
          - delegate:
              name: payments-partners
              namespace: banking
            headers:
              response:
                set:
                  strict-transport-security: max-age=31536000
            match:
              - method:
                  exact: POST
                uri:
                  exact: /api/v1/payments
              - method:
                  exact: POST
                uri:
                  prefix: /api/v1/payments/
      "
    `));
  test('the delegate of the service', () =>
    expect(body('VirtualService', 'payments-partners')).toMatchInlineSnapshot(`
      "
      spec:
        http:
          - match:
              - method:
                  exact: POST
                uri:
                  exact: /api/v1/payments
              - method:
                  exact: POST
                uri:
                  prefix: /api/v1/payments/
            retries:
              attempts: 3
              retryOn: connect-failure,refused-stream
              retryRemoteLocalities: true
            route:
              - destination:
                  host: payments.banking.svc.cluster.local
                  port:
                    number: 8080
            timeout: 10s
      "
    `));
  test('what the service lets in', () =>
    expect(body('AuthorizationPolicy', 'payments')).toMatchInlineSnapshot(`
      "
      spec:
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/istio-ingress/sa/istio-ingress
            to:
              - operation:
                  methods:
                    - POST
                  paths:
                    - /api/v1/payments
                    - /api/v1/payments/*
                  ports:
                    - "8080"
        selector:
          matchLabels:
            banking.workload/name: payments
      "
    `));
});
