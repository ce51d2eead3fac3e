/**
 * R12, deployment validation: a Job that finds out whether what runs is what was declared, with a role that sees these Deployments
 * and no others. The trap is a check that passes when nothing was deployed, or while the old version is still there: here no
 * Deployment, no pod, another image and no answer of the API are failures, each with a line that says so.
 */
import { Chart } from 'cdk8s';
import {
  BankingService,
  DeploymentValidation,
  GitOpsTool,
  Health,
  Platform,
  PortProtocol,
  Scaling,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function validation(scope: Construct): Chart {
  const chart = new Chart(scope, 'r12-validation');
  const platform = new Platform({ apiServer: { cidrs: ['10.20.0.10/32'], port: 6443 } });
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'brokerage', platform });
  const orders = new BankingService(chart, 'orders', {
    namespace,
    image: 'registry.example.com/orders:5.8.2',
    port: 8080,
  });
  const quotes = new BankingService(chart, 'quotes', {
    namespace,
    image: 'registry.example.com/quotes:2.0.6',
    port: 9000,
    protocol: PortProtocol.GRPC,
    health: Health.grpc({ readinessService: 'brokerage.v1.Quotes' }),
    scaling: Scaling.horizontal({ min: 4, max: 12 }),
  });
  new DeploymentValidation(chart, 'validate-brokerage', {
    services: [orders, quotes],
    image: 'registry.example.com/kubectl-curl:1.34.1',
    gitOps: GitOpsTool.ARGO_CD,
  });
  return chart;
}
