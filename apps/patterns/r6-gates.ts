/**
 * R6, releases that wait for people. One service asks the load tester, whom somebody tells by the command that the README of this
 * folder says to the letter; its gates are closed again when they were used. The other one asks Git: who agrees commits `approved: true`.
 * The trap is a gate that was opened once and stands open for every release after that; and the load tester has one gate for
 * all questions about a canary, so that who starts a release would promote it too.
 */
import { Chart } from 'cdk8s';
import {
  BankingService,
  ForeignWorkload,
  LoadTester,
  Platform,
  Release,
  ServiceTier,
  Webhook,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function gates(scope: Construct): Chart {
  const chart = new Chart(scope, 'r6-gates');
  const platform = new Platform();
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'fx-desk', platform });
  // Its own namespace: it serves the canaries of several.
  const testing = new ZeroTrustNamespace(chart, 'load-testing', { name: 'load-testing', platform });
  const tester = new LoadTester(chart, 'load-tester', { namespace: testing });
  // The change board's bot may open gates; everybody else needs the right to exec into the load tester.
  tester.letApprove(new ForeignWorkload({ platform, namespace: 'change-board', name: 'bot' }));

  const common = { namespace, port: 8080, tier: ServiceTier.SMALL };
  new BankingService(chart, 'hedging', {
    ...common,
    image: 'registry.example.com/hedging:1.4.0',
    release: Release.canary({
      steps: [20, 100],
      webhooks: [Webhook.confirmRollout(tester), Webhook.confirmPromotion(tester), Webhook.rollback(tester)],
    }),
  });
  new BankingService(chart, 'exposures', {
    ...common,
    image: 'registry.example.com/exposures:5.0.1',
    release: Release.canary({
      steps: [20, 100],
      webhooks: [
        Webhook.confirmTrafficIncrease('https://change.example.com/flagger/traffic'),
        Webhook.confirmPromotion(tester, { approved: false }),
        Webhook.rollback(tester, { rollBack: false }),
      ],
    }),
  });
  return chart;
}
