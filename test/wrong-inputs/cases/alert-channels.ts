import { AlertChannel, CanaryAlert } from 'cdk8s-banking';
import { onCanary } from '../canary';
import { type WrongInput, js, several } from '../wrong-input';

const address = { secret: 'slack', key: 'address' };
const chat = { name: 'payments', address };
const told = (channel: () => AlertChannel) => onCanary('alerts', () => CanaryAlert.to(channel()));
const mail = { name: 'office', to: ['office@example.com'], from: 'bank@example.com', smarthost: 'smtp.example.com:587' };

export const alertChannels: readonly WrongInput[] = [
  {
    kind: 'alert channel',
    what: 'A channel of Slack is a sentence',
    build: () => AlertChannel.slack({ ...chat, channel: 'all our payments' }),
    message: 'payments.channel: "all our payments" is not a channel; write it like "#payments"',
  },
  {
    kind: 'name',
    what: 'A channel has a name that Kubernetes takes not',
    build: () => AlertChannel.msTeams({ ...chat, name: 'Payments' }),
    message:
      'Payments.name: "Payments" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'secret in a manifest',
    what: 'The address of a chat is given instead of named',
    build: () =>
      AlertChannel.googleChat({ name: 'ops', address: js('https://chat.googleapis.com/v1/spaces/AAAA/messages?key=x') }),
    message:
      'ops.address: what is given must be the place of a value, like { secret: "ledger-db", key: "password" }, never the value itself',
  },
  {
    kind: 'place of a secret',
    what: 'A chat has no address',
    build: () => AlertChannel.discord(js({ name: 'ops' })),
    message:
      'ops.address: is missing; it must be the place of a value, like { secret: "ledger-db", key: "password" }, never the value itself',
  },
  {
    kind: 'place of a secret',
    what: 'PagerDuty has no routing key',
    build: () => AlertChannel.pagerDuty(js({ name: 'on-call' })),
    message:
      'on-call.routingKey: is missing; it must be the place of a value, like { secret: "ledger-db", key: "password" }, never the value itself',
  },
  {
    kind: 'address with credentials',
    what: 'A proxy has credentials',
    build: () => AlertChannel.rocketChat({ ...chat, channel: '#ops', proxy: 'http://user:pass@proxy.example.com:3128' }),
    message:
      'payments.proxy: "http://user:pass@proxy.example.com:3128" is not the address of a proxy; write it like "http://proxy.example.com:3128", without credentials',
  },
  {
    kind: 'mail address',
    what: 'Mail goes to nobody, from nowhere',
    build: () => AlertChannel.email({ ...mail, to: [], from: 'bank', smarthost: 'smtp.example.com', username: 'bank' }),
    message: several(
      'office.to: names nobody; write ["payments@example.com"]',
      'office.from: "bank" is not a mail address; write it like "payments@example.com"',
      'office.smarthost: "smtp.example.com" is not a server that takes mail; write its host and port, like "smtp.example.com:587"',
      'office: username is given without password; a server asks for both or for none',
    ),
  },
  {
    kind: 'unknown prop',
    what: 'Mail is given a channel',
    build: () => AlertChannel.email(js({ ...mail, channel: '#ops' })),
    message: 'office: there is no prop "channel"; there are name, to, from, smarthost, username, password, requireTls',
  },
  {
    kind: 'what Flagger can not do',
    what: 'A canary tells PagerDuty',
    build: told(() => AlertChannel.pagerDuty({ name: 'on-call', routingKey: { secret: 'pagerduty', key: 'key' } })),
    message:
      "payments.release.alerts[0]: Flagger can't send to PagerDuty; it knows Slack, Teams, Discord, Rocket.Chat and Google Chat: give one of these, and let an alert rule on flagger_canary_status tell the others",
  },
  {
    kind: 'what Flagger can not do',
    what: 'A canary tells by mail',
    build: told(() => AlertChannel.email(mail)),
    message:
      "payments.release.alerts[0]: Flagger can't send to e-mail; it knows Slack, Teams, Discord, Rocket.Chat and Google Chat: give one of these, and let an alert rule on flagger_canary_status tell the others",
  },
  {
    kind: 'key of a secret',
    what: 'Flagger is to read an address from a key that it does not know',
    build: told(() => AlertChannel.msTeams({ name: 'ops', address: { secret: 'teams', key: 'webhook' } })),
    message:
      'payments.release.alerts[0]: Flagger reads the address from the key "address" alone, and channel ops says "webhook"; rename the key in Secret teams',
  },
  {
    kind: 'key of a secret',
    what: 'Flagger is to read a token from another Secret',
    build: told(() => AlertChannel.slack({ ...chat, channel: '#ops', token: { secret: 'slack-bot', key: 'bot' } })),
    message: several(
      'payments.release.alerts[0]: Flagger reads the token from the key "token" alone, and channel payments says "bot"; rename the key in Secret slack-bot',
      'payments.release.alerts[0]: Flagger reads address and token from one Secret, and channel payments says slack and slack-bot; put both into one',
    ),
  },
  {
    kind: 'made by a factory',
    what: 'A canary tells a name',
    build: () => CanaryAlert.to(js('#payments')),
    message: 'CanaryAlert.to.channel: "#payments" must be made with AlertChannel.slack({ … }) or one of its sisters',
  },
  {
    kind: 'one of',
    what: 'An alert has a severity of Prometheus',
    build: () => CanaryAlert.to(AlertChannel.msTeams(chat), { severity: js('critical') }),
    message: 'CanaryAlert.to.severity: "critical" must be one of info, warn, error',
  },
];
