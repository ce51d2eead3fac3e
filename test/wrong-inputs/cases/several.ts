import { Duration } from 'cdk8s';
import { Mtls, Scaling, Subject } from 'cdk8s-banking';
import { type WrongInput, edge, home, js, namespace, payments, pair, platform, service } from '../wrong-input';

/** Several mistakes of one construct arrive together, in the order in which its props are judged. */
export const together: readonly WrongInput[] = [
  {
    kind: 'several at once',
    what: 'A service has a mistake in nearly every prop',
    build: service({
      name: 'Payments',
      image: 'registry.example.com/payments:latest',
      port: 80,
      tier: js('gold'),
      scaling: Scaling.horizontal({ min: 8, max: 5 }),
      security: { user: 0 },
      shutdown: js({ preStop: 15 }),
      resources: { requests: { memory: '512m' } },
      configuration: { variables: { DB_PASSWORD: 'hunter2' } },
      labels: { app: 'x' },
      traffic: { timeout: Duration.seconds(1) },
    }),
    message: '',
  },
  {
    kind: 'several at once',
    what: 'The same props in another order',
    build: service({
      traffic: { timeout: Duration.seconds(1) },
      labels: { app: 'x' },
      configuration: { variables: { DB_PASSWORD: 'hunter2' } },
      resources: { requests: { memory: '512m' } },
      shutdown: js({ preStop: 15 }),
      security: { user: 0 },
      scaling: Scaling.horizontal({ min: 8, max: 5 }),
      tier: js('gold'),
      port: 80,
      image: 'registry.example.com/payments:latest',
      name: 'Payments',
    }),
    message: '',
  },
  {
    kind: 'several at once',
    what: 'A namespace has several mistakes',
    build: home({
      name: 'kube-system',
      mtls: Mtls.migrate({ until: '2027-02-30', reason: 'soon' }),
      quota: { pods: 1.5, requestsMemory: '10GB' },
      access: { readers: [Subject.group('system:authenticated')] },
    }),
    message: '',
  },
  {
    kind: 'several at once',
    what: 'A platform has several mistakes',
    build: platform({ kubernetes: '1.20', istio: { version: 'x', cni: js(1) }, apiServer: { cidrs: ['10.0.0.1/8', '10.0.0.0/08'] } }),
    message: '',
  },
  {
    kind: 'several at once',
    what: 'An edge has several mistakes',
    build: ({ chart }) => {
      const both = pair(chart);
      both.ledger.allowFrom(both.payments, { port: 1, methods: ['get', 'POST'], paths: ['api', '/a/*/b'] });
    },
    message: '',
  },
  {
    kind: 'several at once',
    what: 'The problems of several constructs arrive together at synth',
    build: ({ chart }) => {
      payments(chart, {}, namespace(chart, { quota: { pods: 3, loadBalancers: 0 } }));
      edge(chart);
    },
    message: '',
  },
];
