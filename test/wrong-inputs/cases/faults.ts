import { Duration, Chart } from 'cdk8s';
import { Environment, Fault, Health, HealthProbe, PortProtocol, Stage, ZeroTrustNamespace } from 'cdk8s-banking';
import { type Site, type WrongInput, js, payments, service, several } from '../wrong-input';

const why = { acknowledge: 'a rehearsal, with the desk informed' };
const faulty = (...faults: Fault[]) => service({ traffic: { faults } });
const five = Duration.seconds(5);

/** In an environment of this stage. */
const at =
  (stage: Stage, ...faults: Fault[]) =>
  ({ app }: Site) => {
    const chart = new Chart(new Environment(app, 'env', { stage }), 'bank');
    return payments(chart, { traffic: { faults } }, new ZeroTrustNamespace(chart, 'namespace', { name: 'banking' }));
  };

export const faults: readonly WrongInput[] = [
  {
    kind: 'fault in production',
    what: 'A tenth of the requests wait in production, and nobody said why',
    build: at(Stage.PRODUCTION, Fault.delay(five, { percentage: 10 })),
    message:
      "payments.traffic.faults[/]: makes requests fail in production, or where no Environment says that it is not; leave it out there, or say why with acknowledge: 'reason'",
  },
  {
    kind: 'fault in production',
    what: 'Requests fail outside of any environment',
    build: faulty(Fault.abort(503, { percentage: 10, path: '/api', methods: ['GET'] })),
    message:
      "payments.traffic.faults[GET /api]: makes requests fail in production, or where no Environment says that it is not; leave it out there, or say why with acknowledge: 'reason'",
  },
  {
    kind: 'fault in production',
    what: 'The reason is a word, in development too',
    build: at(Stage.DEVELOPMENT, Fault.delay(five, { percentage: 10, acknowledge: 'test' })),
    message:
      'payments.traffic.faults[/]: acknowledge "test" must be a reason of at least ten characters; say what is rehearsed, and who knows of it',
  },
  {
    kind: 'fault of nothing',
    what: 'Nobody said how many requests it befalls',
    build: faulty(Fault.delay(five, js({ ...why }))),
    message: 'payments.traffic.faults[/]: percentage nothing must be above 0 and at most 100',
  },
  {
    kind: 'fault of nothing',
    what: 'It befalls none, for no time',
    build: faulty(Fault.delay(Duration.seconds(0), { percentage: 0, ...why })),
    message: several(
      'payments.traffic.faults[/]: percentage 0 must be above 0 and at most 100',
      'payments.traffic.faults[/]: a delay of 0 ms is none; use at least 1 ms, like Duration.seconds(5)',
    ),
  },
  {
    kind: 'fault of nothing',
    what: 'A request fails with an answer that is well',
    build: faulty(Fault.abort(200, { percentage: 10, ...why })),
    message: 'payments.traffic.faults[/]: status 200 is no failure; use one from 400 to 599, like 503',
  },
  {
    kind: 'fault of nothing',
    what: 'A call fails with a status that gRPC has not, on a port that speaks HTTP',
    build: faulty(Fault.abortGrpc('BROKEN', { percentage: 10, ...why })),
    message: several(
      'payments.traffic.faults[/]: status "BROKEN" is no failure that gRPC knows; use one of CANCELLED, UNKNOWN, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, RESOURCE_EXHAUSTED, FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS, UNAUTHENTICATED',
      'payments.traffic.faults[/]: a status of gRPC means nothing on a port that speaks http; use Fault.abort(503, { … })',
    ),
  },
  {
    kind: 'two faults of one request',
    what: 'The same requests wait twice',
    build: faulty(Fault.delay(five, { percentage: 10, ...why }), Fault.delay(Duration.seconds(1), { percentage: 5, ...why })),
    message: 'payments.traffic.faults: "/" has two faults that delay; keep one',
  },
  {
    kind: 'two faults of one request',
    what: 'Two faults contend for a request',
    build: faulty(
      Fault.delay(five, { percentage: 10, headers: { 'x-a': '1' }, ...why }),
      Fault.abort(503, { percentage: 10, headers: { 'x-b': '1' }, ...why }),
    ),
    message:
      'payments.traffic.faults: "/ x-a=1" and "/ x-b=1" befall the same requests and neither is more specific; join them, or tell them apart by methods',
  },
  {
    kind: 'path of a route',
    what: 'The path of a fault has a query',
    build: faulty(Fault.abort(503, { percentage: 10, path: '/api?x=1', ...why })),
    message:
      'payments.traffic.faults: path "/api?x=1" must be plain, without wildcard, query or fragment; everything below a path is meant unless exact is set',
  },
  {
    kind: 'duration of another type',
    what: 'A delay is a number',
    build: () => Fault.delay(js(5), { percentage: 10 }),
    message: 'Fault.delay.time: 5 must be a Duration, like Duration.seconds(10)',
  },
  {
    kind: 'requests on bytes',
    what: 'Requests fail on a port that speaks bytes',
    build: service({
      protocol: PortProtocol.TCP,
      health: Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['ready']) }),
      traffic: { faults: [Fault.abort(503, { percentage: 10, ...why })] },
    }),
    message:
      "payments.traffic: faults is about requests, and no port speaks HTTP (8080 tcp); leave it out, or set the port's protocol",
  },
];
