import { Duration } from 'cdk8s';
import { CircuitBreaker, Health, HealthProbe, PortProtocol, type TrafficProps } from 'cdk8s-banking';
import { type WrongInput, js, service } from '../wrong-input';

const traffic = (props: TrafficProps) => service({ traffic: props });
const route = (props: object) => traffic({ routes: js([props]) });
const breaker = (props: object) => traffic({ circuitBreaker: CircuitBreaker.standard(props) });

export const traffics: readonly WrongInput[] = [
  {
    kind: 'retry budget',
    what: 'The tries take longer than the whole answer may',
    build: traffic({ timeout: Duration.seconds(5), retries: { attempts: 3, perTry: Duration.seconds(2) } }),
    message: '',
  },
  {
    kind: 'retry budget',
    what: 'A route has less time than the retries of its service',
    build: route({ path: '/api/v1/rates', methods: ['GET'], timeout: Duration.millis(200) }),
    message: '',
  },
  { kind: 'retry count', what: 'There are endless retries', build: traffic({ retries: { attempts: 1e9 } }), message: '' },
  { kind: 'retry count', what: 'There is half a retry', build: traffic({ retries: { attempts: 0.5 } }), message: '' },
  { kind: 'retry condition', what: 'A retry condition is none of Envoy', build: traffic({ retries: { on: ['503'] } }), message: '' },
  { kind: 'retry condition', what: 'A retry condition is empty', build: traffic({ retries: { on: [] } }), message: '' },
  {
    kind: 'repeated payment',
    what: 'A payment is sent again after an answer of 503',
    build: route({ path: '/api/v1/payments', methods: ['POST'], retries: { on: ['gateway-error'] } }),
    message: '',
  },
  { kind: 'no timeout', what: 'An answer may take for ever', build: traffic({ timeout: Duration.seconds(0), retries: { attempts: 0 } }), message: '' },
  { kind: 'duration of another type', what: 'A timeout is a number', build: traffic({ timeout: js(5) }), message: '' },
  {
    kind: 'requests on bytes',
    what: 'A port that speaks bytes has a timeout',
    build: service({
      protocol: PortProtocol.TCP,
      health: Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['ready']) }),
      traffic: { timeout: Duration.seconds(5) },
    }),
    message: '',
  },
  { kind: 'all pods ejected', what: 'Every pod may be left out', build: breaker({ maxEjectionPercent: 100 }), message: '' },
  { kind: 'count', what: 'No connection may be open', build: breaker({ maxConnections: 0 }), message: '' },
  { kind: 'percent', what: 'More than all pods must be healthy', build: breaker({ minHealthPercent: 130 }), message: '' },
  { kind: 'duration of another type', what: 'A circuit breaker looks every "30s"', build: () => CircuitBreaker.strict({ interval: js('30s') }), message: '' },
  { kind: 'route path', what: 'A route has a wildcard', build: route({ path: '/api/*' }), message: '' },
  { kind: 'route path', what: 'A route climbs', build: route({ path: '/api/../admin' }), message: '' },
  { kind: 'route path', what: 'A route ends with a slash', build: route({ path: '/api/' }), message: '' },
  { kind: 'route path', what: 'A route has an umlaut', build: route({ path: '/konten/löschen' }), message: '' },
  { kind: 'route path', what: 'A route has no path', build: route({ methods: ['GET'] }), message: '' },
  { kind: 'method', what: 'A method is in lower case', build: route({ path: '/api', methods: ['get'] }), message: '' },
  { kind: 'method', what: 'No method is meant', build: route({ path: '/api', methods: [] }), message: '' },
  { kind: 'list', what: 'Methods are one string', build: route({ path: '/api', methods: 'GET' }), message: '' },
  {
    kind: 'header',
    what: 'The value of a header smuggles in another header',
    build: route({ path: '/api', headers: { 'x-tenant': 'a\r\nx-admin: true' } }),
    message: '',
  },
  { kind: 'header', what: 'The name of a header has capitals', build: route({ path: '/api', headers: { 'X-Tenant': 'a' } }), message: '' },
  { kind: 'header', what: 'The value of a header has blanks around it', build: route({ path: '/api', headers: { 'x-tenant': ' a' } }), message: '' },
  { kind: 'header', what: 'The value of a header is empty', build: route({ path: '/api', headers: { 'x-tenant': '' } }), message: '' },
  { kind: 'text of another type', what: 'The value of a header is a number', build: route({ path: '/api', headers: { 'x-version': 2 } }), message: '' },
  {
    kind: 'ambiguous routes',
    what: 'Two routes match the same requests',
    build: traffic({ routes: [{ path: '/api', headers: { 'x-a': '1' } }, { path: '/api', headers: { 'x-b': '1' } }] }),
    message: '',
  },
  { kind: 'flag of another type', what: 'A route is idempotent by a word', build: route({ path: '/api', idempotent: 'yes' }), message: '' },
];
