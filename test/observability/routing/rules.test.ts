import { Duration } from 'cdk8s';
import { AlertChannel, type AlertRouteProps, type AlertRoutingProps } from '../../../lib';
import { World, type Json } from '../../banking-service/world';
import { TOLD, configs, ledger, matchers, pager, rates, resolved, routes, slack, teams, watched } from './world';

/* O6: which routes, hours and times there can be, and which not. */

const of = (props: Partial<AlertRoutingProps>) => () => resolved({ ...TOLD, ...props });
const route = (one: AlertRouteProps) => of({ routes: [one] });
const refused = (part: string, what: string) => new Error(`observability.alerting.${part}: ${what}`);

describe('a route', () => {
  test.each([
    ['of a name that another namespace has', watched('rates', 'banking'), 'banking/rates'],
    ['of a namespace that has others', watched('limits', 'banking'), 'banking/limits'],
    ['of no service at all', watched('limits', 'vault'), 'vault/limits'],
  ])('%s is about nothing that the stack watches', (_, service, name) => {
    expect(route({ services: [service], pages: [pager] })).toThrow(
      refused('routes[0].services', `${name} is not watched by this stack; add it to its services`),
    );
  });

  test('may name a service of this library', () => {
    const world = new World();
    const services = [world.service('teller')];
    const objective = { availability: 99 };
    const model = resolved({ ...TOLD, routes: [{ services, pages: [slack] }] }, { services, objective });
    expect(model.alerting!.routes).toEqual([
      {
        services: [{ namespace: 'vault', name: 'teller' }],
        alerts: undefined,
        pages: [slack.model],
        tickets: undefined,
        continue: false,
      },
    ]);
  });

  test('stands in the namespaces of its services, and names there no other', () => {
    const services = [ledger, watched('payments', 'banking'), rates];
    const [banking, markets] = configs({
      ...TOLD,
      routes: [
        { services: [rates], pages: [teams] },
        { services, alerts: ['CrashLooping'], tickets: [teams] },
      ],
    }) as [Json, Json];
    const told = (config: Json) => routes(config).map((one) => [one.receiver, ...matchers(one)]);
    const others = [
      ['page-on-call', 'severity=page'],
      ['ticket-desk', 'severity=ticket'],
    ];
    expect(told(banking)).toEqual([
      ['ticket-office', 'severity=ticket', 'service=~ledger|payments', 'alertname=CrashLooping'],
      ...others,
    ]);
    expect(told(markets)).toEqual([
      ['page-office', 'severity=page', 'service=rates'],
      ['ticket-office', 'severity=ticket', 'service=rates', 'alertname=CrashLooping'],
      ...others,
    ]);
  });

  test('whose pages Alertmanager can not send is told of where it stands', () => {
    const chat = AlertChannel.googleChat({ name: 'space', address: { secret: 'chat', key: 'url' } });
    expect(route({ alerts: ['EgressBlocked'], pages: [chat] })).toThrow(
      refused(
        'routes[0].pages',
        "Alertmanager can't send to Google Chat (space); it knows Slack, Teams, Discord, PagerDuty and e-mail: give one of these",
      ),
    );
  });
});

describe('hours of tickets', () => {
  test('may last until midnight, on every day', () => {
    const weekdays = ['sunday', 'saturday', 'friday', 'thursday', 'wednesday', 'tuesday', 'monday'] as const;
    expect(resolved({ ...TOLD, ticketHours: { from: '00:00', to: '24:00', weekdays } }).alerting!.ticketHours).toEqual({
      from: '00:00',
      to: '24:00',
      weekdays: [...weekdays].reverse(),
    });
  });

  test('are from Monday to Friday unless others are named', () => {
    expect(resolved({ ...TOLD, ticketHours: { from: '23:58', to: '23:59' } }).alerting!.ticketHours!.weekdays).toEqual([
      'monday',
      'tuesday',
      'wednesday',
      'thursday',
      'friday',
    ]);
  });

  test('are more than none', () => {
    expect(of({ ticketHours: { from: '07:00', to: '07:00' } })).toThrow(
      refused('ticketHours', '"07:00" is not later than "07:00"; hours over midnight are two, which can\'t be said here'),
    );
  });

  test.each([
    ['24:00', '23:00', 'from', '"24:00" is no time of day; write it like "07:00", in UTC'],
    ['x', '07:00', 'from', '"x" is no time of day; write it like "07:00", in UTC'],
    ['07:00', '24:01', 'to', '"24:01" is no time of day; write it like "16:00", in UTC, "24:00" at the latest'],
  ])('of what is no time (%s to %s) nothing else is said', (from, to, part, what) => {
    expect(of({ ticketHours: { from, to } })).toThrow(refused(`ticketHours.${part}`, what));
  });
});

describe('times', () => {
  test('may be as short and as long as Alertmanager can keep', () => {
    const shortest = {
      groupWait: Duration.seconds(0),
      groupInterval: Duration.seconds(10),
      repeatInterval: Duration.seconds(10),
    };
    const longest = { groupWait: Duration.seconds(1), groupInterval: Duration.days(5), repeatInterval: Duration.hours(120) };
    expect(resolved({ ...TOLD, pageTiming: shortest, ticketTiming: longest }).alerting!.timing).toEqual({
      page: { groupWait: 0, groupInterval: 10, repeatInterval: 10 },
      ticket: { groupWait: 1, groupInterval: 432_000, repeatInterval: 432_000 },
    });
  });

  test.each([
    ['groupWait', "1.5 s can't be kept; give whole seconds", Duration.seconds(1.5)],
    ['groupWait', "7.407402 s can't be kept; give whole seconds", Duration.minutes(0.1234567)],
    ['groupInterval', "9 s can't be kept; give whole seconds, 10 or more", Duration.seconds(9)],
    ['repeatInterval', "300.5 s can't be kept; give whole seconds, 10 or more", Duration.seconds(300.5)],
  ])('%s: %s', (key, what, duration) => {
    expect(of({ pageTiming: { [key]: duration } })).toThrow(refused(`pageTiming.${key}`, what));
  });
});
