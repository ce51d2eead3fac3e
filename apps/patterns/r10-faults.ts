/**
 * R10, failures that are made on purpose, to rehearse what callers do: a tenth of the reads wait 5 s, and of the writes 1 %
 * fail with 503. The trap is to leave that in production by mistake: there, and where no Environment says that it is another
 * stage, a fault is an error unless it says why, and the README.md beside the manifests repeats it.
 */
import { Chart, Duration } from 'cdk8s';
import { BankingService, Fault, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function faults(scope: Construct): Chart {
  const chart = new Chart(scope, 'r10-faults');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'rehearsal' });
  const acknowledge = 'Rehearsal of the branches on Sunday, with the desk informed; see runbook 14';
  new BankingService(chart, 'balances', {
    namespace,
    image: 'registry.example.com/balances:2.2.0',
    port: 8080,
    tier: ServiceTier.SMALL,
    traffic: {
      faults: [
        Fault.delay(Duration.seconds(5), { percentage: 10, path: '/api/v1/balances', methods: ['GET', 'HEAD'], acknowledge }),
        Fault.abort(503, { percentage: 1, path: '/api/v1/balances', methods: ['POST', 'PUT'], acknowledge }),
      ],
    },
  });
  return chart;
}
