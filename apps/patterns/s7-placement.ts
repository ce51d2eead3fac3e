/**
 * S7, placement: a pool of nodes kept for such pods, GPUs, a condition on the nodes, and nearness to another service. The
 * trap is a toleration alone, which lets pods onto the pool and does not draw them there: the pool is also a required node
 * affinity. Conditions that no node can meet together are an error.
 */
import { Chart } from 'cdk8s';
import { BankingService, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function placement(scope: Construct): Chart {
  const chart = new Chart(scope, 's7-placement');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'fraud' });
  const decisions = new BankingService(chart, 'decisions', {
    namespace,
    image: 'registry.example.com/decisions:2.0.4',
    port: 8080,
    tier: ServiceTier.SMALL,
  });
  const scoring = new BankingService(chart, 'fraud-scoring', {
    namespace,
    image: 'registry.example.com/fraud-scoring:1.12.0',
    port: 8080,
    tier: ServiceTier.SMALL,
    placement: {
      dedicatedPool: { key: 'bank.example.com/pool', value: 'inference' },
      nodeRequirements: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] }],
      gpu: { count: 1 },
      near: [decisions],
    },
  });
  scoring.allowFrom(decisions, { methods: ['POST'], paths: ['/v1/scores'] });
  return chart;
}
