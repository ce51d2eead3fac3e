import { Duration } from 'cdk8s';
import {
  AlertChannel,
  type AlertRouteProps,
  type AlertRoutingProps,
  ObservabilityStack,
  ObservedService,
  Platform,
} from 'cdk8s-banking';
import { type Site, type WrongInput, js, payments, several } from '../wrong-input';

const address = { secret: 'chat', key: 'address' };
const slack = AlertChannel.slack({ name: 'desk', channel: '#desk', address });
const pager = AlertChannel.pagerDuty({ name: 'on-call', routingKey: { secret: 'pagerduty', key: 'routing' } });

const alerting =
  (props: Partial<AlertRoutingProps>) =>
  ({ chart }: Site) =>
    new ObservabilityStack(chart, 'observability', {
      services: [payments(chart)],
      objective: { availability: 99.9 },
      alerting: { pages: [pager], tickets: [slack], ...props },
    });
const route = (one: AlertRouteProps) => alerting({ routes: [one] });

/** Who is told of alerts. */
export const alertRoutes: readonly WrongInput[] = [
  {
    kind: 'alerting.pages',
    what: 'a page that nobody gets',
    build: alerting({ pages: [] }),
    message: 'observability.alerting.pages: names nobody; give channels, like [AlertChannel.pagerDuty({ … })]',
  },
  {
    kind: 'alerting.pages',
    what: 'tickets without pages',
    build: alerting({ pages: undefined }),
    message: 'observability.alerting.pages: names nobody; give channels, like [AlertChannel.pagerDuty({ … })]',
  },
  {
    kind: 'alerting.channel',
    what: 'Google Chat, which Alertmanager has no words for',
    build: alerting({ tickets: [AlertChannel.googleChat({ name: 'space', address })] }),
    message:
      "observability.alerting.tickets: Alertmanager can't send to Google Chat (space); it knows Slack, Teams, Discord, PagerDuty and e-mail: give one of these",
  },
  {
    kind: 'alerting.channel',
    what: 'Rocket.Chat by a webhook, where Alertmanager writes as a user',
    build: route({ alerts: ['PolicyDenials'], tickets: [AlertChannel.rocketChat({ name: 'ops', channel: '#ops', address })] }),
    message:
      'observability.alerting.routes[0].tickets: Alertmanager writes to Rocket.Chat as a user, with a token, and not to the webhook that channel ops names; it knows Slack, Teams, Discord, PagerDuty and e-mail: give one of these',
  },
  {
    kind: 'alerting.channel',
    what: 'texts that Alertmanager would read as templates',
    build: alerting({
      pages: [AlertChannel.discord({ name: 'guild', address, username: 'bank {{ .Status' })],
      tickets: [
        AlertChannel.email({
          name: 'office',
          to: ['{{x}}@example.com'],
          from: 'bank@example.com',
          smarthost: 'smtp.example.com:587',
        }),
      ],
    }),
    message: several(
      'observability.alerting.pages: username "bank {{ .Status" of guild has "{{", with which a template of Alertmanager begins; take it out',
      'observability.alerting.tickets: to "{{x}}@example.com" of office has "{{", with which a template of Alertmanager begins; take it out',
    ),
  },
  {
    kind: 'alerting.channel',
    what: 'two channels of one name',
    build: alerting({ pages: [pager, AlertChannel.slack({ name: 'desk', channel: '#other', address })] }),
    message: 'observability.alerting.tickets: two channels are called "desk"; give each a name of its own',
  },
  {
    kind: 'alerting.channel',
    what: 'a channel that is told twice',
    build: alerting({ tickets: [slack, slack] }),
    message: 'observability.alerting.tickets: "desk" is named twice; tell it once',
  },
  {
    kind: 'alerting.channel',
    what: 'the name of a channel in its place',
    build: alerting({ tickets: js(['#desk']) }),
    message: 'observability.alerting.tickets[0]: "#desk" must be made with AlertChannel.slack({ … }) or one of its sisters',
  },
  {
    kind: 'alerting.route',
    what: 'a route about everything',
    build: route({ tickets: [slack] }),
    message: 'observability.alerting.routes[0]: is about everything; name services or alerts, or give the channels to the stack',
  },
  {
    kind: 'alerting.route',
    what: 'a route to nobody',
    build: route({ alerts: ['EgressBlocked'] }),
    message:
      'observability.alerting.routes[0]: tells nobody; give pages, tickets or both, like { tickets: [AlertChannel.slack({ … })] }',
  },
  {
    kind: 'alerting.route',
    what: 'a route of no services to no channels',
    build: route({ services: [], pages: [] }),
    message: several(
      'observability.alerting.routes[0].services: is empty; leave it out',
      'observability.alerting.routes[0].pages: is empty; leave it out',
    ),
  },
  {
    kind: 'alerting.route',
    what: 'a route of a service of another stack',
    build: route({
      services: [ObservedService.of({ name: 'rates', namespace: 'markets', platform: new Platform() })],
      pages: [pager],
    }),
    message: 'observability.alerting.routes[0].services: markets/rates is not watched by this stack; add it to its services',
  },
  {
    kind: 'alerting.hours',
    what: 'hours over midnight',
    build: alerting({ ticketHours: { from: '22:00', to: '06:00' } }),
    message:
      'observability.alerting.ticketHours: "06:00" is not later than "22:00"; hours over midnight are two, which can\'t be said here',
  },
  {
    kind: 'alerting.hours',
    what: 'hours as people say them, on no day',
    build: alerting({ ticketHours: { weekdays: [], from: '9', to: '5pm' } }),
    message: several(
      'observability.alerting.ticketHours.from: "9" is no time of day; write it like "07:00", in UTC',
      'observability.alerting.ticketHours.to: "5pm" is no time of day; write it like "16:00", in UTC, "24:00" at the latest',
      'observability.alerting.ticketHours.weekdays: is empty, so that no ticket would ever be sent; leave it out',
    ),
  },
  {
    kind: 'alerting.timing',
    what: 'a reminder that Alertmanager has forgotten to send',
    build: alerting({ ticketTiming: { repeatInterval: Duration.days(7) } }),
    message:
      'observability.alerting.ticketTiming.repeatInterval: 7 days are more than the 5 days for which Alertmanager knows what it has told; give 5 days or less',
  },
  {
    kind: 'alerting.timing',
    what: 'a reminder between two looks, and a wait of half a second',
    build: alerting({ pageTiming: { groupWait: Duration.millis(500), repeatInterval: Duration.minutes(2) } }),
    message: several(
      "observability.alerting.pageTiming.groupWait: 0.5 s can't be kept; give whole seconds",
      'observability.alerting.pageTiming.repeatInterval: 120 s is shorter than groupInterval, 300 s, at which groups are looked at; give as much or more',
    ),
  },
];
