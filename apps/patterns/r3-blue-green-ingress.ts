/**
 * R3, blue-green behind an Ingress, for a door that is no part of the mesh: two Deployments, two Services, and an Ingress that
 * names the Service that is live. The trap is to change the selector of one Service instead: the endpoints of both versions then
 * serve for a while, and nobody can say who got which. The controller has no proxy here, so the port takes plain text from its
 * pods, which is accepted with a reason; what it brings in is told from nothing but its NetworkPolicy.
 */
import { Chart } from 'cdk8s';
import { BankingService, BlueGreen, ForeignWorkload, Platform, Release, Scaling, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function blueGreenIngress(scope: Construct): Chart {
  const chart = new Chart(scope, 'r3-blue-green-ingress');
  const platform = new Platform();
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'brochures', platform });
  const controller = new ForeignWorkload({
    platform,
    namespace: 'ingress',
    name: 'traefik',
    podLabels: { 'app.kubernetes.io/name': 'traefik' },
    inMesh: false,
  });
  new BankingService(chart, 'brochures', {
    namespace,
    port: 8080,
    scaling: Scaling.horizontal({ min: 2, max: 6 }),
    mtlsExceptions: [{ port: 8080, reason: 'Traefik is run by the hosting team and has no proxy yet' }],
    release: Release.blueGreenIngress({
      blue: { image: 'registry.example.com/brochures:1.8.0' },
      green: { image: 'registry.example.com/brochures:1.9.0' },
      state: BlueGreen.staged('green'),
      ingress: {
        className: 'traefik',
        host: 'brochures.bank.example.com',
        previewHost: 'next.brochures.bank.example.com',
        issuer: 'letsencrypt-prod',
        controller,
      },
    }),
  });
  return chart;
}
