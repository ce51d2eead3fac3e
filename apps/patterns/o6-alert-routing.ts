/**
 * O6, who is told. One sentence names whom a page wakes and who reads tickets, and when; another team has channels of its own, and
 * what may be an attack goes to the security team as well. A page silences the tickets of the same objective. The trap is an
 * AlertmanagerConfig that takes every alert of its namespace and tells nobody of those that it does not know, and a ticket that
 * silences nothing, so that one failure rings three times.
 */
import { Chart, Duration } from 'cdk8s';
import { AlertChannel, BankingService, ObservabilityStack, Platform, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function alertRouting(scope: Construct): Chart {
  const chart = new Chart(scope, 'o6-alert-routing');
  const platform = new Platform();
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'safekeeping', platform });
  const common = { namespace, port: 8080, tier: ServiceTier.SMALL };
  const vault = new BankingService(chart, 'vault', { ...common, image: 'registry.example.com/vault:3.1.0' });
  const statements = new BankingService(chart, 'statements', { ...common, image: 'registry.example.com/statements:1.9.2' });
  vault.allowFrom(statements, { methods: ['GET'], paths: ['/api/v1/positions'] });

  const onCall = AlertChannel.pagerDuty({ name: 'on-call', routingKey: { secret: 'pagerduty', key: 'safekeeping' } });
  const desk = AlertChannel.slack({ name: 'desk', channel: '#safekeeping', address: { secret: 'slack', key: 'address' } });
  const reports = AlertChannel.msTeams({ name: 'reports', address: { secret: 'teams', key: 'workflow' } });
  const security = AlertChannel.email({
    name: 'security',
    to: ['soc@example.com'],
    from: 'alerts@example.com',
    smarthost: 'smtp.example.com:587',
    username: 'alerts',
    password: { secret: 'smtp', key: 'password' },
  });

  new ObservabilityStack(chart, 'observability', {
    services: [vault, statements],
    objective: { availability: 99.9, p95: Duration.millis(250) },
    runbooks: 'https://runbooks.example.com',
    grafana: 'https://grafana.example.com',
    alerting: {
      pages: [onCall, desk],
      tickets: [desk],
      // Alertmanager counts in UTC: the desk works from nine to six in Frankfurt, in winter.
      ticketHours: { from: '08:00', to: '17:00' },
      routes: [
        {
          alerts: ['PolicyDenials', 'PlainTextAccepted', 'EgressBlocked'],
          pages: [security],
          tickets: [security],
          continue: true,
        },
        { services: [statements], tickets: [reports] },
      ],
    },
  });
  return chart;
}
