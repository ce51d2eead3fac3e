import { BankingService, ExistingWorkload, ForeignWorkload, Platform } from 'cdk8s-banking';
import { IMAGE, type WrongInput, gateway, home, js, namespace, service } from '../wrong-input';

const named = (name: unknown) => service({ name: js(name) });

export const names: readonly WrongInput[] = [
  { kind: 'name', what: 'A name has an umlaut', build: named('zahlungsverkehr-köln'), message: '' },
  { kind: 'name', what: 'A name is an emoji', build: named('💰'), message: '' },
  { kind: 'name', what: 'A name has capitals', build: named('Payments'), message: '' },
  { kind: 'name', what: 'A name ends with a dash', build: named('payments-'), message: '' },
  { kind: 'name', what: 'A name starts with a digit', build: named('2payments'), message: '' },
  { kind: 'name', what: 'A name has a line break, which would forge a second problem', build: named('payments\n  - ledger: fine'), message: '' },
  { kind: 'name', what: 'A name climbs out of the folder', build: named('../x'), message: '' },
  { kind: 'name', what: 'A name is the prototype', build: named('__proto__'), message: '' },
  { kind: 'name', what: 'A name turns the direction of the text', build: named('pay\u202estnem'), message: '' },
  { kind: 'name', what: 'A name is empty', build: named(''), message: '' },
  { kind: 'name', what: 'A name has a dot, which a Service name can not', build: named('payments.api'), message: '' },
  { kind: 'name too long', what: 'A name leaves no room for "-primary"', build: named('p'.repeat(56)), message: '' },
  { kind: 'name too long', what: 'A name is 64 characters long', build: named('p'.repeat(64)), message: '' },
  { kind: 'name too long', what: 'A name is as long as a book', build: named('p'.repeat(10_000)), message: '' },
  { kind: 'name too long', what: 'The name of a gateway leaves no room for that of a service', build: gateway({ name: 'e'.repeat(41) }), message: '' },
  { kind: 'name of another type', what: 'A name is a number', build: named(42), message: '' },
  { kind: 'name of another type', what: 'A name is null', build: named(null), message: '' },
  { kind: 'name of another type', what: 'A name is a map', build: named({ name: 'payments' }), message: '' },
  { kind: 'name of another type', what: 'The name of a namespace is left out', build: home({ name: js(undefined) }), message: '' },
  {
    kind: 'construct id',
    what: 'The id of a construct is a number',
    build: ({ chart }) => new BankingService(chart, js(7), { namespace: namespace(chart), image: IMAGE, port: 8080 }),
    message: '',
  },
  {
    kind: 'construct id',
    what: 'The id of a construct is empty',
    build: ({ chart }) => new BankingService(chart, '', { namespace: namespace(chart), image: IMAGE, port: 8080 }),
    message: '',
  },
  {
    kind: 'name',
    what: 'An existing workload and its service account have names that are none',
    build: ({ chart }) => new ExistingWorkload(chart, 'redis', { namespace: namespace(chart), name: 'Redis', serviceAccount: 'default/redis' }),
    message: '',
  },
  {
    kind: 'name',
    what: 'A foreign workload lives in a namespace that is none',
    build: () => new ForeignWorkload({ platform: new Platform(), namespace: 'Team B', name: 'rates' }),
    message: '',
  },
  {
    kind: 'label that is rewritten',
    what: 'An existing workload is selected by a label that Flagger rewrites',
    build: ({ chart }) => new ExistingWorkload(chart, 'redis', { namespace: namespace(chart), podLabels: { app: 'redis' } }),
    message: '',
  },
  {
    kind: 'label that is rewritten',
    what: 'A service is labelled with the key that its release selects by',
    build: service({ labels: { app: 'payments-v2' } }),
    message: '',
  },
  {
    kind: 'selector of everything',
    what: 'An existing workload selects all pods',
    build: ({ chart }) => new ExistingWorkload(chart, 'redis', { namespace: namespace(chart), podLabels: {} }),
    message: '',
  },
  { kind: 'label', what: 'A label has a value with a blank', build: service({ labels: { team: 'team payments' } }), message: '' },
  { kind: 'label', what: 'A label has a key with two slashes', build: service({ labels: { 'a/b/c': 'x' } }), message: '' },
  { kind: 'label', what: 'A label is the prototype', build: service({ labels: JSON.parse('{"__proto__": "x"}') }), message: '' },
  { kind: 'label of another type', what: 'A label is a number', build: service({ labels: { costs: js(4711) } }), message: '' },
  { kind: 'label of another type', what: 'Labels are a list', build: service({ labels: js(['team=payments']) }), message: '' },
  { kind: 'version', what: 'A version is no label value', build: service({ version: '2.4.1+build 7' }), message: '' },
];
