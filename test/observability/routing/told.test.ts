import { Chart, Duration, Testing } from 'cdk8s';
import { AlertChannel, type AlertRoutingProps, ObservabilityStack, Platform } from '../../../lib';
import { notesOn } from '../../../lib/kube';
import { sectionsOn } from '../../../lib/kube/sections';
import { routingPrerequisites } from '../../../lib/observability/routing/notes';
import { routingText } from '../../../lib/observability/routing/report';
import { TOLD, configs, ledger, pager, payments, rates, resolved, slack, stackOf, teams } from './world';

const mail = AlertChannel.email({
  name: 'office-mail',
  to: ['a@example.com'],
  from: 'alerts@example.com',
  smarthost: 'smtp.example.com:2525',
});

describe('O6: what is told to whoever applies it', () => {
  test('the Secrets of each namespace, once, and what each holds', () => {
    const model = resolved({ ...TOLD, routes: [{ services: [rates], tickets: [teams] }] });
    expect(routingPrerequisites(model, model.alerting!)).toEqual([
      'Alertmanager is run by the Prometheus operator and selects AlertmanagerConfigs by release=kube-prometheus-stack in namespaces banking, markets (alertmanagerConfigSelector, alertmanagerConfigNamespaceSelector).',
      "Alertmanager is 0.28 or newer: it sends to Teams' workflows since then.",
      'The address of the Teams channel is that of a workflow, which takes Adaptive Cards.',
      'Secret pagerduty in namespace banking holds, under routing, the integration key of PagerDuty (Events API v2), for Alertmanager.',
      'Secret slack in namespace banking holds, under hook, the address of a Slack webhook, for Alertmanager.',
      'Secret pagerduty in namespace markets holds, under routing, the integration key of PagerDuty (Events API v2), for Alertmanager.',
      'Secret slack in namespace markets holds, under hook, the address of a Slack webhook, for Alertmanager.',
      'Secret teams in namespace markets holds, under flow, the address of a workflow of Teams, for Alertmanager.',
    ]);
  });

  const sentences = (props: Partial<AlertRoutingProps>, more: Parameters<typeof resolved>[1] = {}) => {
    const model = resolved({ ...TOLD, ...props }, more);
    return routingPrerequisites(model, model.alerting!);
  };
  const SINCE = 'Alertmanager is 0.28 or newer: it sends to';

  test('one namespace is one, found by all labels, and nothing is asked that no channel needs', () => {
    const platform = new Platform({ alertmanager: { discoveryLabels: { team: 'bank', tier: 'gold' } } });
    expect(sentences({ pages: [mail] }, { services: [ledger, payments], platform })).toEqual([
      'Alertmanager is run by the Prometheus operator and selects AlertmanagerConfigs by team=bank,tier=gold in namespace banking (alertmanagerConfigSelector, alertmanagerConfigNamespaceSelector).',
      'Secret slack in namespace banking holds, under hook, the address of a Slack webhook, for Alertmanager.',
    ]);
  });

  test('a newer Alertmanager for Discord under a name, and for none without', () => {
    const address = { secret: 'discord', key: 'hook' };
    const named = AlertChannel.discord({ name: 'guild', address, username: 'bank' });
    const plain = AlertChannel.discord({ name: 'guild', address });
    expect(sentences({ pages: [pager, named] })[1]).toBe(`${SINCE} Discord under a name of its own since then.`);
    expect(sentences({ pages: [pager, plain] }).filter((one) => one.startsWith(SINCE))).toEqual([]);
    expect(sentences({ tickets: [teams, named] })[1]).toBe(`${SINCE} Teams' workflows since then.`);
  });

  test('the Secrets of a route in every namespace that it is about, those of a route about all in all', () => {
    const discord = AlertChannel.discord({ name: 'guild', address: { secret: 'discord', key: 'hook' } });
    const routes = [
      { services: [ledger, rates], pages: [teams] },
      { alerts: ['EgressBlocked'] as const, pages: [discord] },
    ];
    const secrets = sentences({ routes }).flatMap(
      (one) => /^Secret (\w+) in namespace (\w+)/.exec(one)?.slice(1).join(' of ') ?? [],
    );
    expect(secrets).toEqual(
      ['banking', 'markets'].flatMap((namespace) =>
        ['pagerduty', 'slack', 'teams', 'discord'].map((one) => `${one} of ${namespace}`),
      ),
    );
  });

  test('all of it stands in the README, with the table under the name of the stack', () => {
    const chart = new Chart(Testing.app(), 'bank');
    const stack = new ObservabilityStack(chart, 'watch', stackOf(TOLD));
    const { model } = stack;
    const noted = notesOn(stack).filter(({ kind }) => kind === 'prerequisite');
    expect(noted.map(({ text }) => text)).toEqual(expect.arrayContaining(routingPrerequisites(model, model.alerting!)));
    const { title, body } = sectionsOn(stack).find(({ heading }) => heading === 'Alerts')!;
    expect(title).toBe('watch: who is told');
    expect(body()).toBe(routingText(model.context, model.alerting!));
  });

  test('who is told of what, in the order in which it is asked', () => {
    const model = resolved({
      ...TOLD,
      routes: [{ services: [ledger], alerts: ['CrashLooping'], tickets: [teams, slack], continue: true }],
      ticketHours: { from: '07:00', to: '16:00' },
      pageTiming: { groupInterval: Duration.seconds(30), repeatInterval: Duration.seconds(45) },
    });
    expect(routingText(model.context, model.alerting!).split('\n')).toEqual([
      '| severity | of | is told | again after |',
      '| --- | --- | --- | --- |',
      '| ticket | ledger, CrashLooping, also | office, desk | 24 hours, on monday, tuesday, wednesday, thursday, friday, 07:00–16:00 UTC |',
      '| page | all others | on-call | 45 seconds |',
      '| ticket | all others | desk | 24 hours, on monday, tuesday, wednesday, thursday, friday, 07:00–16:00 UTC |',
    ]);
  });

  test('a route of alerts or of services alone, for pages alone; a minute is no longer told in seconds', () => {
    const model = resolved({
      ...TOLD,
      routes: [
        { alerts: ['CrashLooping', 'EgressBlocked'], pages: [teams] },
        { services: [rates], pages: [slack] },
      ],
      pageTiming: { groupInterval: Duration.seconds(30), repeatInterval: Duration.seconds(60) },
    });
    expect(routingText(model.context, model.alerting!).split('\n').slice(2)).toEqual([
      '| page | CrashLooping, EgressBlocked | office | 1 minute |',
      '| page | rates | desk | 1 minute |',
      '| page | all others | on-call | 1 minute |',
      '| ticket | all others | desk | 24 hours |',
    ]);
  });

  test('without alerting there is no object: Alertmanager has a configuration of its own', () => {
    expect(configs(undefined as never)).toEqual([]);
  });
});
