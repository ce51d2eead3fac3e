/**
 * M1, a gateway for partners: clients show a certificate of an authority that is named, TLS 1.3 only, plain requests are
 * sent to https. The trap is a Secret in the namespace of the service: only those beside the gateway's pods are read, so the
 * Certificate goes to a folder for their owners. The partners' authorities are a Secret of their own.
 */
import { Chart } from 'cdk8s';
import { BankingService, GatewayTls, MeshGateway, ServiceTier, TlsVersion, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function mutualTls(scope: Construct): Chart {
  const chart = new Chart(scope, 'm1-mutual-tls');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'partners' });
  const settlement = new BankingService(chart, 'settlement', {
    namespace,
    image: 'registry.example.com/settlement:2.8.0',
    port: 8080,
    tier: ServiceTier.SMALL,
  });
  new MeshGateway(chart, 'partner-edge', {
    hosts: ['partners.bank.example.com'],
    issuer: 'letsencrypt-prod',
    tls: GatewayTls.mutual({ clientCa: 'partner-authorities', clientNames: ['settlement.clearing.example.net'] }),
    minTlsVersion: TlsVersion.V1_3,
  }).route('/v1/settlements', settlement, { methods: ['GET', 'POST'] });
  return chart;
}
