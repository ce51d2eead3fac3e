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
    message:
      'payments.traffic.retries: (3 + 1) tries × 2s + 275ms backoff = 8275ms > timeout 5s; the last tries would never run: raise the timeout to 9s, or lower attempts or perTry',
  },
  {
    kind: 'retry budget',
    what: 'A route has less time than the retries of its service',
    build: route({ path: '/api/v1/rates', methods: ['GET'], timeout: Duration.millis(200) }),
    message:
      'payments.traffic.routes[GET /api/v1/rates].retries: (3 + 1) tries × 1ms + 275ms backoff = 279ms > timeout 200ms; the last tries would never run: raise the timeout to 1s, or lower attempts or perTry',
  },
  {
    kind: 'retry count',
    what: 'There are endless retries',
    build: traffic({ retries: { attempts: 1e9 } }),
    message: 'payments.traffic.retries: attempts 1000000000 must be a whole number from 0 to 10',
  },
  {
    kind: 'retry count',
    what: 'There is half a retry',
    build: traffic({ retries: { attempts: 0.5 } }),
    message: 'payments.traffic.retries: attempts 0.5 must be a whole number from 0 to 10',
  },
  {
    kind: 'retry condition',
    what: 'A retry condition is none of Envoy',
    build: traffic({ retries: { on: ['503'] } }),
    message:
      'payments.traffic.retries.on: "503" is not a retry condition of Envoy; use 5xx, gateway-error, reset, reset-before-request, connect-failure, envoy-ratelimited, retriable-4xx, refused-stream, retriable-status-codes, retriable-headers, http3-post-connect-failure, cancelled, deadline-exceeded, internal, resource-exhausted, unavailable',
  },
  {
    kind: 'retry condition',
    what: 'A retry condition is empty',
    build: traffic({ retries: { on: [] } }),
    message: 'payments.traffic.retries.on: is empty, which would retry nothing; set attempts: 0 to turn retries off',
  },
  {
    kind: 'repeated payment',
    what: 'A payment is sent again after an answer of 503',
    build: route({ path: '/api/v1/payments', methods: ['POST'], retries: { on: ['gateway-error'] } }),
    message:
      'payments.traffic.routes[POST /api/v1/payments].retries.on: gateway-error would repeat a request that the service may have carried out; keep connect-failure, refused-stream, or declare the route idempotent: true',
  },
  {
    kind: 'no timeout',
    what: 'An answer may take for ever',
    build: traffic({ timeout: Duration.seconds(0), retries: { attempts: 0 } }),
    message: 'payments.traffic: timeout must be above zero, or a caller waits for ever; a route of streams says streaming: true',
  },
  {
    kind: 'stream that ends',
    what: 'A stream has a timeout',
    build: route({ path: '/api/v1/rates', streaming: true, timeout: Duration.minutes(5) }),
    message: 'payments.traffic.routes[/api/v1/rates]: a stream has no timeout; leave timeout out, or streaming',
  },
  {
    kind: 'duration of another type',
    what: 'A timeout is a number',
    build: traffic({ timeout: js(5) }),
    message: 'payments.traffic.timeout: 5 must be a Duration, like Duration.seconds(10)',
  },
  {
    kind: 'requests on bytes',
    what: 'A port that speaks bytes has a timeout',
    build: service({
      protocol: PortProtocol.TCP,
      health: Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['ready']) }),
      traffic: { timeout: Duration.seconds(5) },
    }),
    message:
      "payments.traffic: timeout is about requests, and no port speaks HTTP (8080 tcp); leave it out, or set the port's protocol",
  },
  {
    kind: 'all pods ejected',
    what: 'Every pod may be left out',
    build: breaker({ maxEjectionPercent: 100 }),
    message: 'payments.traffic.circuitBreaker: maxEjectionPercent 100 must be from 1 to 99: at 100 every pod can be out at once',
  },
  {
    kind: 'count',
    what: 'No connection may be open',
    build: breaker({ maxConnections: 0 }),
    message: 'payments.traffic.circuitBreaker: maxConnections 0 must be a whole number from 1 on',
  },
  {
    kind: 'percent',
    what: 'More than all pods must be healthy',
    build: breaker({ minHealthPercent: 130 }),
    message: 'payments.traffic.circuitBreaker: minHealthPercent 130 must be from 0 to 100',
  },
  {
    kind: 'duration of another type',
    what: 'A circuit breaker looks every "30s"',
    build: () => CircuitBreaker.strict({ interval: js('30s') }),
    message: 'CircuitBreaker.strict.interval: "30s" must be a Duration, like Duration.seconds(10)',
  },
  {
    kind: 'route path',
    what: 'A route has a wildcard',
    build: route({ path: '/api/*' }),
    message:
      'payments.traffic.routes: path "/api/*" must be plain, without wildcard, query or fragment; everything below a path is meant unless exact is set',
  },
  {
    kind: 'route path',
    what: 'A route climbs',
    build: route({ path: '/api/../admin' }),
    message:
      'payments.traffic.routes: path "/api/../admin" has "//" or dot segments, which Envoy resolves before it matches; write the plain path',
  },
  {
    kind: 'route path',
    what: 'A route ends with a slash',
    build: route({ path: '/api/' }),
    message: 'payments.traffic.routes: path "/api/" must not end with "/"; everything below a path is meant unless exact is set',
  },
  {
    kind: 'route path',
    what: 'A route has an umlaut',
    build: route({ path: '/konten/löschen' }),
    message: 'payments.traffic.routes: path "/konten/löschen" has blanks or characters outside ASCII; write them percent-encoded',
  },
  {
    kind: 'route path',
    what: 'A route has no path',
    build: route({ methods: ['GET'] }),
    message: 'payments.traffic.routes: path nothing must start with "/"',
  },
  {
    kind: 'method',
    what: 'A method is in lower case',
    build: route({ path: '/api', methods: ['get'] }),
    message:
      'payments.traffic.routes: "get" is not an HTTP method; use GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, in upper case',
  },
  {
    kind: 'method',
    what: 'No method is meant',
    build: route({ path: '/api', methods: [] }),
    message: 'payments.traffic.routes: methods is empty, which matches nothing; leave it out for all',
  },
  {
    kind: 'list',
    what: 'Methods are one string',
    build: route({ path: '/api', methods: 'GET' }),
    message: 'payments.traffic.routes[0].methods: "GET" must be a list, like [...]',
  },
  {
    kind: 'header',
    what: 'The value of a header smuggles in another header',
    build: route({ path: '/api', headers: { 'x-tenant': 'a\r\nx-admin: true' } }),
    message: 'payments.traffic.routes: header "x-tenant": "a\\r\\nx-admin: true" must be a non-empty value on one line',
  },
  {
    kind: 'header',
    what: 'The name of a header has capitals',
    build: route({ path: '/api', headers: { 'X-Tenant': 'a' } }),
    message: 'payments.traffic.routes: header "X-Tenant" must be a name in lower case, as HTTP/2 carries it',
  },
  {
    kind: 'header',
    what: 'The value of a header has blanks around it',
    build: route({ path: '/api', headers: { 'x-tenant': ' a' } }),
    message:
      'payments.traffic.routes: header "x-tenant": " a" has blanks around it, which a proxy takes away, so that it never matches; trim it',
  },
  {
    kind: 'header',
    what: 'The value of a header is empty',
    build: route({ path: '/api', headers: { 'x-tenant': '' } }),
    message: 'payments.traffic.routes: header "x-tenant": "" must be a non-empty value on one line',
  },
  {
    kind: 'text of another type',
    what: 'The value of a header is a number',
    build: route({ path: '/api', headers: { 'x-version': 2 } }),
    message: 'payments.traffic.routes[0].headers["x-version"]: 2 must be a string; write "2"',
  },
  {
    kind: 'ambiguous routes',
    what: 'Two routes match the same requests',
    build: traffic({
      routes: [
        { path: '/api', headers: { 'x-a': '1' } },
        { path: '/api', headers: { 'x-b': '1' } },
      ],
    }),
    message:
      'payments.traffic.routes: "/api x-a=1" and "/api x-b=1" match the same requests and neither is more specific; join them, or tell them apart by methods',
  },
  {
    kind: 'flag of another type',
    what: 'A route is idempotent by a word',
    build: route({ path: '/api', idempotent: 'yes' }),
    message: 'payments.traffic.routes[0].idempotent: "yes" must be true or false',
  },
];
