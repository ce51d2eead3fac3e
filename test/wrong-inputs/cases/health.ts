import { Duration } from 'cdk8s';
import { Health, HealthProbe, Platform, PortProtocol } from 'cdk8s-banking';
import { type WrongInput, js, namespace, payments, service } from '../wrong-input';

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
    message: '',
  },
  {
    kind: 'probe budget',
    what: 'The liveness probe kills a start, since there is no startup probe',
    build: service({ health: Health.of({ liveness, readiness, startsWithin: Duration.minutes(2) }) }),
    message: '',
  },
  {
    kind: 'probe overlap',
    what: 'A try may take longer than the time between two',
    build: alive(HealthProbe.http('/livez', { period: Duration.seconds(5), timeout: Duration.seconds(6) })),
    message: '',
  },
  { kind: 'probes alike', what: 'Liveness and readiness ask the same', build: alive(readiness), message: '' },
  {
    kind: 'fraction of a second',
    what: 'A probe asks every one and a half seconds',
    build: alive(HealthProbe.http('/livez', { period: Duration.millis(1500), timeout: Duration.seconds(1) })),
    message: '',
  },
  { kind: 'count', what: 'A probe never fails', build: alive(HealthProbe.http('/livez', { failureThreshold: 0 })), message: '' },
  { kind: 'probe path', what: 'A probe asks a path without a slash', build: alive(HealthProbe.http('livez')), message: '' },
  { kind: 'probe path', what: 'A probe asks a path with blanks', build: alive(HealthProbe.http('/live z')), message: '' },
  { kind: 'port', what: 'A probe asks a port that is none', build: alive(HealthProbe.tcp({ port: 65536 })), message: '' },
  { kind: 'probe protocol', what: 'HTTP is asked on a port that speaks gRPC', build: service({ protocol: PortProtocol.GRPC }), message: '' },
  { kind: 'probe protocol', what: 'HTTP is asked on a port that speaks bytes', build: service({ protocol: PortProtocol.TCP }), message: '' },
  { kind: 'command', what: 'The command of a probe is one string', build: alive(HealthProbe.exec(js('cat /tmp/ready'))), message: '' },
  { kind: 'command', what: 'The command of a probe is empty', build: alive(HealthProbe.exec([])), message: '' },
  {
    kind: 'duration of another type',
    what: 'The period of a probe is a number',
    build: () => HealthProbe.http('/livez', { period: js(10) }),
    message: '',
  },
  { kind: 'probe left out', what: 'There is no readiness probe', build: () => Health.of(js({ liveness })), message: '' },
  { kind: 'helper of another type', what: 'The port stands where options belong', build: () => Health.healthz(js(8081)), message: '' },
  { kind: 'helper of another type', what: 'Health is a map', build: service({ health: js({ path: '/healthz' }) }), message: '' },
  {
    kind: 'management path',
    what: 'A management path has a wildcard',
    build: service({ health: Health.of({ liveness, readiness, managementPaths: ['/actuator/*'] }) }),
    message: '',
  },
];

export const shutdown: readonly WrongInput[] = [
  { kind: 'preStop too short', what: 'A pod does not wait for its endpoints to go', build: stop({ preStop: Duration.seconds(0) }), message: '' },
  { kind: 'fraction of a second', what: 'A pod waits half a second more', build: stop({ preStop: Duration.millis(15_500) }), message: '' },
  { kind: 'margin', what: 'Nothing is left beyond the drain', build: stop({ margin: Duration.seconds(0) }), message: '' },
  { kind: 'duration of another type', what: 'A drain is a number', build: stop({ drain: 60 }), message: '' },
  { kind: 'duration of another type', what: 'A drain is a string', build: stop({ drain: '60s' }), message: '' },
  { kind: 'version of Kubernetes', what: 'A command waits where the cluster can do so itself', build: stop({ preStopCommand: ['sleep', '15'] }), message: '' },
  {
    kind: 'command',
    what: 'The command that waits is empty',
    build: ({ chart }) => payments(chart, { shutdown: { preStopCommand: [] } }, namespace(chart, { platform: new Platform({ kubernetes: '1.29' }) })),
    message: '',
  },
];
