/**
 * Z1 to Z3, a namespace that trusts nobody, before any service is in it: injection by a revision tag, Pod Security `restricted`,
 * mutual TLS only, nothing allowed, every packet refused but names, certificates, metrics and traces. The trap is to select
 * namespaces by a label `name` that nobody sets: peers are found by kubernetes.io/metadata.name, which the API server sets.
 */
import { Chart } from 'cdk8s';
import { Platform, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function namespace(scope: Construct): Chart {
  const chart = new Chart(scope, 'z1-namespace');
  new ZeroTrustNamespace(chart, 'namespace', {
    name: 'savings',
    platform: new Platform({
      istio: { revision: 'prod-stable' },
      dns: { nodeLocal: '169.254.20.10' },
      traceCollector: {
        namespace: 'tracing',
        podLabels: { 'app.kubernetes.io/name': 'opentelemetry-collector' },
        host: 'collector.tracing.svc.cluster.local',
      },
    }),
    labels: { 'bank.example.com/team': 'savings' },
  });
  return chart;
}
