import { BankingService, ExistingWorkload, ExternalHost, Platform, PortProtocol, Reach, ZeroTrustNamespace } from 'cdk8s-banking';
import { bodies } from './render';

/** A database that an operator runs, a database of the cloud with a short name, and hosts reached in three ways. */
const body = bodies((chart) => {
  const platform = new Platform({
    egressGateway: {
      namespace: 'istio-egress',
      podLabels: { istio: 'egress' },
      serviceAccount: 'istio-egress',
      host: 'istio-egress.istio-egress.svc.cluster.local',
    },
  });
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'banking', platform });
  const postgres = new ExistingWorkload(chart, 'postgres', {
    namespace,
    ports: [{ port: 5432, protocol: PortProtocol.TCP, name: 'sql' }],
  });
  new BankingService(chart, 'payments', { namespace, image: 'registry.example.com/payments:2.4.1', port: 8080 })
    .allowTo(postgres)
    .allowTo(ExternalHost.https('rates.example.net', { reach: Reach.cidrs('203.0.113.0/28'), tlsOrigination: true }))
    .allowTo(ExternalHost.https('clearing.example.org', { reach: Reach.egressGateway() }))
    .allowTo(ExternalHost.tcp('archive.db.example.com', { port: 5432, reach: Reach.cidrs('198.51.100.8/29'), alias: 'archive' }));
});

describe('ends of edges render', () => {
  test('ExistingWorkload: its network', () =>
    expect(body('NetworkPolicy', 'postgres')).toMatchInlineSnapshot(`
      "
      spec:
        ingress:
          - from:
              - namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: banking
                podSelector:
                  matchLabels:
                    banking.workload/name: payments
            ports:
              - port: 5432
                protocol: TCP
        podSelector:
          matchLabels:
            banking.workload/name: postgres
        policyTypes:
          - Ingress
      "
    `));
  test('ExistingWorkload: who may connect', () =>
    expect(body('AuthorizationPolicy', 'postgres')).toMatchInlineSnapshot(`
      "
      spec:
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/banking/sa/payments
            to:
              - operation:
                  ports:
                    - "5432"
        selector:
          matchLabels:
            banking.workload/name: postgres
      "
    `));
  test('ExternalHost with TLS by the proxy: ServiceEntry', () =>
    expect(body('ServiceEntry', 'rates-example-net')).toMatchInlineSnapshot(`
      "
      spec:
        exportTo:
          - .
        hosts:
          - rates.example.net
        location: MESH_EXTERNAL
        ports:
          - name: http
            number: 80
            protocol: HTTP
            targetPort: 443
        resolution: DNS
      "
    `));
  test('ExternalHost with TLS by the proxy: DestinationRule', () =>
    expect(body('DestinationRule', 'rates-example-net')).toMatchInlineSnapshot(`
      "
      spec:
        exportTo:
          - .
        host: rates.example.net
        trafficPolicy:
          portLevelSettings:
            - port:
                number: 80
              tls:
                caCertificates: system
                mode: SIMPLE
                sni: rates.example.net
                subjectAltNames:
                  - rates.example.net
      "
    `));
  test('ExternalHost by the egress gateway: Gateway', () =>
    expect(body('Gateway', 'clearing-example-org')).toMatchInlineSnapshot(`
      "
      spec:
        selector:
          istio: egress
        servers:
          - hosts:
              - clearing.example.org
            port:
              name: tls-443
              number: 443
              protocol: TLS
            tls:
              mode: PASSTHROUGH
      "
    `));
  test('ExternalHost by the egress gateway: VirtualService', () =>
    expect(body('VirtualService', 'clearing-example-org')).toMatchInlineSnapshot(`
      "
      spec:
        exportTo:
          - .
          - istio-egress
        gateways:
          - mesh
          - banking/clearing-example-org
        hosts:
          - clearing.example.org
        tls:
          - match:
              - gateways:
                  - mesh
                port: 443
                sniHosts:
                  - clearing.example.org
            route:
              - destination:
                  host: istio-egress.istio-egress.svc.cluster.local
                  port:
                    number: 443
          - match:
              - gateways:
                  - banking/clearing-example-org
                port: 443
                sniHosts:
                  - clearing.example.org
            route:
              - destination:
                  host: clearing.example.org
                  port:
                    number: 443
      "
    `));
  test('ExternalHost of bytes: ServiceEntry', () =>
    expect(body('ServiceEntry', 'archive-db-example-com')).toMatchInlineSnapshot(`
      "
      spec:
        addresses:
          - 198.51.100.8/29
        exportTo:
          - .
        hosts:
          - archive.db.example.com
        location: MESH_EXTERNAL
        ports:
          - name: tcp
            number: 5432
            protocol: TCP
        resolution: NONE
      "
    `));
  test('ExternalHost of bytes: its short name', () =>
    expect(body('Service', 'archive')).toMatchInlineSnapshot(`
      "
      spec:
        externalName: archive.db.example.com
        type: ExternalName
      "
    `));
  test('the caller: its network', () =>
    expect(body('NetworkPolicy', 'payments')).toMatchInlineSnapshot(`
      "
      spec:
        egress:
          - ports:
              - port: 443
                protocol: TCP
            to:
              - ipBlock:
                  cidr: 203.0.113.0/28
              - namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: istio-egress
                podSelector:
                  matchLabels:
                    istio: egress
          - ports:
              - port: 5432
                protocol: TCP
            to:
              - ipBlock:
                  cidr: 198.51.100.8/29
              - namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: banking
                podSelector:
                  matchLabels:
                    banking.workload/name: postgres
        podSelector:
          matchLabels:
            banking.workload/name: payments
        policyTypes:
          - Egress
      "
    `));
  test('the caller: the hosts that it knows', () =>
    expect(body('Sidecar', 'payments')).toMatchInlineSnapshot(`
      "
      spec:
        egress:
          - hosts:
              - banking/archive.banking.svc.cluster.local
              - banking/archive.db.example.com
              - banking/clearing.example.org
              - banking/postgres.banking.svc.cluster.local
              - banking/rates.example.net
              - istio-egress/istio-egress.istio-egress.svc.cluster.local
        outboundTrafficPolicy:
          mode: REGISTRY_ONLY
        workloadSelector:
          labels:
            banking.workload/name: payments
      "
    `));
});
