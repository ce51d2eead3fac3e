import { Duration } from 'cdk8s';
import { Health, HealthProbe, Platform, PortProtocol } from 'cdk8s-banking';
import { type WrongInput, js, namespace, payments, service, several } from '../wrong-input';

const liveness = HealthProbe.http('/livez');
const readiness = HealthProbe.http('/readyz');
const alive = (probe: HealthProbe) => service({ health: Health.of({ liveness: probe, readiness }) });
const stop = (shutdown: object) => service({ shutdown });

export const health: readonly WrongInput[] = [
  {
    kind: 'probe budget',
    what: 'The startup probe kills a start that is still good',
    build: service({
      health: Health.of({
        liveness,
        readiness,
        startup: HealthProbe.http('/livez', { initialDelay: Duration.seconds(7), failureThreshold: 11 }),
        startsWithin: Duration.seconds(240),
      }),
    }),
    message:
      'payments.health: a start may take 240 s, but the startup probe kills it after 7 + 10 × 11 = 117 s; raise failureThreshold to 24',
  },
  {
    kind: 'probe budget',
    what: 'The liveness probe kills a start, since there is no startup probe',
    build: service({ health: Health.of({ liveness, readiness, startsWithin: Duration.minutes(2) }) }),
    message:
      'payments.health: a start may take 120 s, but the liveness probe kills it after 0 + 10 × 3 = 30 s; raise failureThreshold to 12',
  },
  {
    kind: 'probe overlap',
    what: 'A try may take longer than the time between two',
    build: alive(HealthProbe.http('/livez', { period: Duration.seconds(5), timeout: Duration.seconds(6) })),
    message: 'payments.health.liveness: timeout 6 s is longer than the period of 5 s, so that tries overlap; shorten it',
  },
  {
    kind: 'probes alike',
    what: 'Liveness and readiness ask the same',
    build: alive(readiness),
    message:
      'payments.health: liveness and readiness ask the same, so that whatever makes a pod unready also kills it; ask different paths, or use HealthProbe.tcp() for liveness',
  },
  {
    kind: 'fraction of a second',
    what: 'A probe asks every one and a half seconds',
    build: alive(HealthProbe.http('/livez', { period: Duration.millis(1500), timeout: Duration.seconds(1) })),
    message: 'payments.health.liveness: period 1.5 s must be a whole number of seconds from 1 on',
  },
  {
    kind: 'count',
    what: 'A probe never fails',
    build: alive(HealthProbe.http('/livez', { failureThreshold: 0 })),
    message: 'payments.health.liveness: failureThreshold 0 must be a whole number from 1 on',
  },
  {
    kind: 'probe path',
    what: 'A probe asks a path without a slash',
    build: alive(HealthProbe.http('livez')),
    message: 'payments.health.liveness: path "livez" must start with "/" and have no blanks',
  },
  {
    kind: 'probe path',
    what: 'A probe asks a path with blanks',
    build: alive(HealthProbe.http('/live z')),
    message: 'payments.health.liveness: path "/live z" must start with "/" and have no blanks',
  },
  {
    kind: 'port',
    what: 'A probe asks a port that is none',
    build: alive(HealthProbe.tcp({ port: 65536 })),
    message: 'payments.health.liveness: 65536 is not a port; use a whole number from 1 to 65535',
  },
  {
    kind: 'probe protocol',
    what: 'HTTP is asked on a port that speaks gRPC',
    build: service({ protocol: PortProtocol.GRPC }),
    message: several(
      'payments.health.liveness: asks by http, and port 8080 speaks grpc; use Health.grpc, or give the probe a port of its own',
      'payments.health.readiness: asks by http, and port 8080 speaks grpc; use Health.grpc, or give the probe a port of its own',
      'payments.health.startup: asks by http, and port 8080 speaks grpc; use Health.grpc, or give the probe a port of its own',
    ),
  },
  {
    kind: 'probe protocol',
    what: 'HTTP is asked on a port that speaks bytes',
    build: service({ protocol: PortProtocol.TCP }),
    message: several(
      'payments.health.liveness: asks by http, and port 8080 speaks tcp; use HealthProbe.tcp or HealthProbe.exec, or give the probe a port of its own',
      'payments.health.readiness: asks by http, and port 8080 speaks tcp; use HealthProbe.tcp or HealthProbe.exec, or give the probe a port of its own',
      'payments.health.startup: asks by http, and port 8080 speaks tcp; use HealthProbe.tcp or HealthProbe.exec, or give the probe a port of its own',
    ),
  },
  {
    kind: 'command',
    what: 'The command of a probe is one string',
    build: () => HealthProbe.exec(js('cat /tmp/ready')),
    message: 'HealthProbe.exec.command: "cat /tmp/ready" must be a list, like [...]',
  },
  {
    kind: 'command',
    what: 'The command of a probe is empty',
    build: alive(HealthProbe.exec([])),
    message: "payments.health.liveness: command [] must start with a program, like ['cat', '/tmp/ready']",
  },
  {
    kind: 'duration of another type',
    what: 'The period of a probe is a number',
    build: () => HealthProbe.http('/livez', { period: js(10) }),
    message: 'HealthProbe.http.period: 10 must be a Duration, like Duration.seconds(10)',
  },
  {
    kind: 'probe left out',
    what: 'There is no readiness probe',
    build: () => Health.of(js({ liveness })),
    message: 'Health.of.readiness: is missing; it must be made with HealthProbe.http(…), .grpc(…), .tcp(…) or .exec(…)',
  },
  {
    kind: 'helper of another type',
    what: 'The port stands where options belong',
    build: () => Health.healthz(js(8081)),
    message: 'Health.healthz: the props are 8081; give a map of props, like { key: value }',
  },
  {
    kind: 'helper of another type',
    what: 'Health is a map',
    build: service({ health: js({ path: '/healthz' }) }),
    message:
      'payments.health: {"path":"/healthz"} must be made with Health.healthz(), Health.springBootActuator() or Health.of({ … })',
  },
  {
    kind: 'management path',
    what: 'A management path has a wildcard',
    build: service({ health: Health.of({ liveness, readiness, managementPaths: ['/actuator/*'] }) }),
    message: 'payments.health: "/actuator/*" must be a plain path that starts with "/", like "/actuator"',
  },
];

export const shutdown: readonly WrongInput[] = [
  {
    kind: 'preStop too short',
    what: 'A pod does not wait for its endpoints to go',
    build: stop({ preStop: Duration.seconds(0) }),
    message:
      'payments.shutdown: preStop 0 s is too short for the endpoints to be withdrawn everywhere, so that requests would be refused; use at least 5 s',
  },
  {
    kind: 'fraction of a second',
    what: 'A pod waits half a second more',
    build: stop({ preStop: Duration.millis(15_500) }),
    message: 'payments.shutdown: preStop 15.5 s must be a whole number of seconds',
  },
  {
    kind: 'margin',
    what: 'Nothing is left beyond the drain',
    build: stop({ margin: Duration.seconds(0) }),
    message: 'payments.shutdown: margin 0 s must be a whole number of seconds from 5 on',
  },
  {
    kind: 'duration of another type',
    what: 'A drain is a number',
    build: stop({ drain: 60 }),
    message: 'payments.shutdown.drain: 60 must be a Duration, like Duration.seconds(10)',
  },
  {
    kind: 'duration of another type',
    what: 'A drain is a string',
    build: stop({ drain: '60s' }),
    message: 'payments.shutdown.drain: "60s" must be a Duration, like Duration.seconds(10)',
  },
  {
    kind: 'version of Kubernetes',
    what: 'A command waits where the cluster can do so itself',
    build: stop({ preStopCommand: ['sleep', '15'] }),
    message:
      'payments.shutdown: preStopCommand is for Kubernetes before 1.30; 1.34 sleeps by itself, without a program in the image: leave it out',
  },
  {
    kind: 'command',
    what: 'The command that waits is empty',
    build: ({ chart }) =>
      payments(chart, { shutdown: { preStopCommand: [] } }, namespace(chart, { platform: new Platform({ kubernetes: '1.29' }) })),
    message: 'payments.shutdown: preStopCommand is empty; name a program that waits, or leave it out',
  },
];
