import { BankingService, ExistingWorkload, ForeignWorkload, Platform } from 'cdk8s-banking';
import { IMAGE, type WrongInput, gateway, home, js, namespace, service, several } from '../wrong-input';

const named = (name: unknown) => service({ name: js(name) });

export const names: readonly WrongInput[] = [
  {
    kind: 'name',
    what: 'A name has an umlaut',
    build: named('zahlungsverkehr-köln'),
    message:
      'service "zahlungsverkehr-köln".name: "zahlungsverkehr-köln" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name',
    what: 'A name is an emoji',
    build: named('💰'),
    message:
      'service "💰".name: "💰" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name',
    what: 'A name has capitals',
    build: named('Payments'),
    message:
      'Payments.name: "Payments" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name',
    what: 'A name ends with a dash',
    build: named('payments-'),
    message:
      'payments-.name: "payments-" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name',
    what: 'A name starts with a digit',
    build: named('2payments'),
    message:
      '2payments.name: "2payments" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name',
    what: 'A name has a line break, which would forge a second problem',
    build: named('payments\n  - ledger: fine'),
    message:
      'service "payments\\n  - ledger: fine".name: "payments\\n  - ledger: fine" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name',
    what: 'A name climbs out of the folder',
    build: named('../x'),
    message:
      '../x.name: "../x" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name',
    what: 'A name is the prototype',
    build: named('__proto__'),
    message:
      '__proto__.name: "__proto__" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name',
    what: 'A name turns the direction of the text',
    build: named('pay\u202estnem'),
    message:
      'service "pay\\u202estnem".name: "pay\\u202estnem" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name',
    what: 'A name is empty',
    build: named(''),
    message:
      'service "".name: "" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name',
    what: 'A name has a dot, which a Service name can not',
    build: named('payments.api'),
    message:
      'payments.api.name: "payments.api" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name too long',
    what: 'A name leaves no room for "-primary"',
    build: named('p'.repeat(56)),
    message:
      'pppppppppppppppppppppppppppppppppppppppppppppppppppppppp.name: "pppppppppppppppppppppppppppppppppppppppppppppppppppppppp" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name too long',
    what: 'A name is 64 characters long',
    build: named('p'.repeat(64)),
    message:
      'service "pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp".name: "pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name too long',
    what: 'A name is as long as a book',
    build: named('p'.repeat(10_000)),
    message:
      'service "pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp….name: "pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp… is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name too long',
    what: 'The name of a gateway leaves no room for that of a service',
    build: gateway({ name: 'e'.repeat(41) }),
    message:
      'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee.name: "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee" is not a name that Kubernetes takes; use 1 to 40 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name of another type',
    what: 'A name is a number',
    build: named(42),
    message:
      'service 42.name: 42 is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name of another type',
    what: 'A name is null',
    build: named(null),
    message: 'payments.name: null must be a value; leave it out',
  },
  {
    kind: 'name of another type',
    what: 'A name is a map',
    build: named({ name: 'payments' }),
    message:
      'service {"name":"payments"}.name: {"name":"payments"} is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name of another type',
    what: 'The name of a namespace is left out',
    build: home({ name: js(undefined) }),
    message:
      'namespace nothing.name: nothing is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'construct id',
    what: 'The id of a construct is a number',
    build: ({ chart }) => new BankingService(chart, js(7), { namespace: namespace(chart), image: IMAGE, port: 8080 }),
    message: 'construct: 7 is no id; give a string that no other construct of the same scope has',
  },
  {
    kind: 'construct id',
    what: 'The id of a construct is empty',
    build: ({ chart }) => new BankingService(chart, '', { namespace: namespace(chart), image: IMAGE, port: 8080 }),
    message: 'construct: "" is no id; give a string that no other construct of the same scope has',
  },
  {
    kind: 'name',
    what: 'An existing workload and its service account have names that are none',
    build: ({ chart }) =>
      new ExistingWorkload(chart, 'redis', { namespace: namespace(chart), name: 'Redis', serviceAccount: 'default/redis' }),
    message: several(
      'Redis.name: "Redis" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
      'Redis.serviceAccount: "default/redis" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
    ),
  },
  {
    kind: 'name',
    what: 'A foreign workload lives in a namespace that is none',
    build: () => new ForeignWorkload({ platform: new Platform(), namespace: 'Team B', name: 'rates' }),
    message:
      'foreign workload "rates".namespace: "Team B" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'label that is rewritten',
    what: 'An existing workload is selected by a label that Flagger rewrites',
    build: ({ chart }) => new ExistingWorkload(chart, 'redis', { namespace: namespace(chart), podLabels: { app: 'redis' } }),
    message:
      'redis.podLabels: selects by app, which Flagger rewrites on the pods that serve; label the pods banking.workload/name: redis instead',
  },
  {
    kind: 'label that is rewritten',
    what: 'A service is labelled with the key that its release selects by',
    build: service({ labels: { app: 'payments-v2' } }),
    message:
      'payments.labels: app is set by this construct, or must not be set at all: selectors and telemetry depend on it; use a key of your own',
  },
  {
    kind: 'selector of everything',
    what: 'An existing workload selects all pods',
    build: ({ chart }) => new ExistingWorkload(chart, 'redis', { namespace: namespace(chart), podLabels: {} }),
    message: 'redis.podLabels: is empty, which selects every pod of the namespace; name its labels',
  },
  {
    kind: 'label',
    what: 'A label has a value with a blank',
    build: service({ labels: { team: 'team payments' } }),
    message:
      'payments.labels: label team: "team payments" is not a label value; use up to 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
  },
  {
    kind: 'label',
    what: 'A label has a key with two slashes',
    build: service({ labels: { 'a/b/c': 'x' } }),
    message: 'payments.labels: "a/b/c" is not a label key; use [prefix/]name with up to 63 characters',
  },
  {
    kind: 'label',
    what: 'A label is the prototype',
    build: service({ labels: JSON.parse('{"__proto__": "x"}') }),
    message: 'payments.labels: "__proto__" is not a label key; use [prefix/]name with up to 63 characters',
  },
  {
    kind: 'label of another type',
    what: 'A label is a number',
    build: service({ labels: { costs: js(4711) } }),
    message: 'payments.labels["costs"]: 4711 must be a string; write "4711"',
  },
  {
    kind: 'label of another type',
    what: 'Labels are a list',
    build: service({ labels: js(['team=payments']) }),
    message: 'payments.labels: ["team=payments"] must be a map, like { key: value }',
  },
  {
    kind: 'version',
    what: 'A version is no label value',
    build: service({ version: '2.4.1+build 7' }),
    message: 'payments.version: "2.4.1+build 7" is not a label value; use 1 to 63 letters, digits, "-", "_" and "."',
  },
  {
    kind: 'prop that there is not',
    what: 'A prop is misspelled',
    build: service({ shutdown: js({ prestop: 5 }) }),
    message: 'payments.shutdown: there is no prop "prestop"; there are preStop, drain, margin, preStopCommand',
  },
];
