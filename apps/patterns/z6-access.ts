/**
 * Z6, who may look and who may deploy. The trap is a wildcard, and a right that leads to more rights: whoever may write roles
 * or read secrets has them all. Deployers apply what services are made of: no secrets, no roles, no quota.
 */
import { Chart } from 'cdk8s';
import { Subject, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function access(scope: Construct): Chart {
  const chart = new Chart(scope, 'z6-access');
  new ZeroTrustNamespace(chart, 'namespace', {
    name: 'wealth',
    access: {
      readers: [Subject.group('wealth-developers'), Subject.user('auditor@bank.example.com')],
      deployers: [Subject.serviceAccount('ci', 'wealth-deployer')],
    },
  });
  return chart;
}
