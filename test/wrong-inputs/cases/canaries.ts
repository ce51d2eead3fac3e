import { Duration } from 'cdk8s';
import {
  Audience,
  BankingService,
  type BankingServiceProps,
  CanaryMetric,
  CircuitBreaker,
  ConfigurationChange,
  Exposure,
  Health,
  HealthProbe,
  Platform,
  PortProtocol,
  Release,
  Scaling,
} from 'cdk8s-banking';
import { IMAGE, type Site, type WrongInput, edge, js, namespace, payments, service, several } from '../wrong-input';

/** A service under Flagger with these props of its release; what TypeScript would refuse is taken too. */
const canary = (props: object) => (site: Site) => service({ release: Release.canary(js(props)) })(site);

/** A service with these props under Flagger. */
const under = (props: Partial<BankingServiceProps>) => service({ release: Release.canary(), ...props });

const hook = (name: string, timeoutSeconds: number, type = 'rollout', retries = 0) => ({
  ...{ name, type, timeoutSeconds, retries },
  validate() {},
  bind() {},
});
const metric = (made: object) => ({ validate() {}, bind: () => ({ describes: 'it is up', ...made }) });
const up = metric({ name: 'a', query: 'up', thresholdRange: { min: 1 }, describes: 'it is up' });
const premium = Audience.customerGroup('premium');
const tcp = {
  protocol: PortProtocol.TCP,
  health: Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['ready']) }),
};

/** A kind says which design rule it guards, where one does. */

export const canaries: readonly WrongInput[] = [
  {
    kind: 'rule 9: exactly one form',
    what: 'Steps and A/B are both asked for',
    build: canary({ steps: [10, 100], abTest: { audience: premium } }),
    message: 'payments.release.abTest: steps and abTest say in different ways how requests move; keep one of them',
  },
  {
    kind: 'rule 9: exactly one form',
    what: 'Listed and even steps are both asked for',
    build: canary({ steps: [10, 100], stepWeight: 10 }),
    message: 'payments.release.stepWeight: steps and stepWeight say in different ways how requests move; keep one of them',
  },
  {
    kind: 'rule 9: exactly one form',
    what: 'A/B and blue-green are both asked for',
    build: canary({ abTest: { audience: premium }, blueGreen: {}, mirror: undefined, webhooks: [hook('load', 5)] }),
    message: 'payments.release.blueGreen: abTest and blueGreen say in different ways how requests move; keep one of them',
  },
  {
    kind: 'rule 9: exactly one form',
    what: 'A largest weight has no step to reach it by',
    build: canary({ maxWeight: 50 }),
    message: 'payments.release.maxWeight: 50 goes with stepWeight alone; let the last of steps be the largest',
  },
  {
    kind: 'rule 9: rising weights',
    what: 'Steps fall',
    build: canary({ steps: [50, 25] }),
    message: 'payments.release.steps: [50, 25] must rise; write [25, 50]',
  },
  {
    kind: 'rule 9: rising weights',
    what: 'A step comes twice',
    build: canary({ steps: [10, 50, 50, 100] }),
    message: 'payments.release.steps: [10, 50, 50, 100] must rise; write [10, 50, 100]',
  },
  {
    kind: 'rule 9: rising weights',
    what: 'There are no steps',
    build: canary({ steps: [] }),
    message: 'payments.release.steps: [] gives the new version nothing; write [10, 50, 100]',
  },
  {
    kind: 'rule 9: rising weights',
    what: 'A step is nothing',
    build: canary({ steps: [0, 50] }),
    message: 'payments.release.steps: 0 must be a whole number of percent from 1 to 100',
  },
  {
    kind: 'rule 9: rising weights',
    what: 'A step is more than everything',
    build: canary({ steps: [50, 110] }),
    message: 'payments.release.steps: 110 must be a whole number of percent from 1 to 100',
  },
  {
    kind: 'rule 9: rising weights',
    what: 'A step is not whole',
    build: canary({ steps: [2.5, 50] }),
    message: 'payments.release.steps: 2.5 must be a whole number of percent from 1 to 100',
  },
  {
    kind: 'rule 9: rising weights',
    what: 'An even step is more than everything',
    build: canary({ stepWeight: 101 }),
    message: 'payments.release.stepWeight: 101 must be a whole number of percent from 1 to 100',
  },
  {
    kind: 'rule 9: rising weights',
    what: 'A largest weight is no multiple of the step',
    build: canary({ stepWeight: 20, maxWeight: 50 }),
    message:
      'payments.release.maxWeight: 50 is no multiple of stepWeight 20, and Flagger would go on to 60; write steps: [20, 40, 50]',
  },
  {
    kind: 'rule 9: interval',
    what: 'An interval is shorter than Flagger keeps to',
    build: canary({ interval: Duration.seconds(9) }),
    message: 'payments.release.interval: 9 s must be a whole number of seconds from 10 on, the least that Flagger keeps to',
  },
  {
    kind: 'rule 9: interval',
    what: 'An interval has half a second',
    build: canary({ interval: Duration.millis(10_500) }),
    message: 'payments.release.interval: 10.5 s must be a whole number of seconds from 10 on, the least that Flagger keeps to',
  },
  {
    kind: 'rule 9: interval',
    what: 'An interval is a number',
    build: canary({ interval: 60 }),
    message: 'Release.canary.interval: 60 must be a Duration, like Duration.seconds(10)',
  },
  {
    kind: 'rule 9: interval',
    what: 'No failed check is allowed for',
    build: canary({ threshold: 0 }),
    message: 'payments.release.threshold: 0 must be a whole number of failed checks from 1 on',
  },
  {
    kind: 'rule 7: back to the primary',
    what: 'Requests go back in steps of nothing',
    build: canary({ stepWeightPromotion: 0 }),
    message: 'payments.release.stepWeightPromotion: 0 must be a whole number of percent from 1 to 100',
  },
  {
    kind: 'rule 22: ready thresholds',
    what: 'Less than no pod must be ready',
    build: canary({ canaryReadyThreshold: 0 }),
    message: 'payments.release.canaryReadyThreshold: 0 must be a whole number of percent of the pods, from 1 to 100',
  },
  {
    kind: 'rule 22: ready thresholds',
    what: 'More than all pods must be ready',
    build: canary({ primaryReadyThreshold: 101 }),
    message: 'payments.release.primaryReadyThreshold: 101 must be a whole number of percent of the pods, from 1 to 100',
  },
  {
    kind: 'rule 22: deadline',
    what: 'Flagger gives up before a pod may be up',
    build: canary({ progressDeadline: Duration.seconds(30) }),
    message:
      'payments.release.progressDeadline: 30 s ends before a pod may be up, and Flagger would roll back; use a whole number above 130 s',
  },
  {
    kind: 'rule 10: match and iterations',
    what: 'An A/B test has no checks',
    build: canary({ abTest: { audience: premium, iterations: 0 } }),
    message: 'payments.release.abTest: iterations 0 must be a whole number from 1 to 1000',
  },
  {
    kind: 'rule 10: match and iterations',
    what: 'An A/B test is for nobody',
    build: canary({ abTest: { audience: [] } }),
    message: 'payments.release.abTest.audience: names nobody; say whose requests get the new version',
  },
  {
    kind: 'rule 10: match and iterations',
    what: 'An A/B test names no audience',
    build: canary({ abTest: {} }),
    message: 'payments.release.abTest.audience: names nobody; say whose requests get the new version',
  },
  {
    kind: 'rule 10: match and iterations',
    what: 'An audience is text',
    build: canary({ abTest: { audience: 'premium' } }),
    message:
      "Release.canary.abTest.audience: \"premium\" must be made with Audience.header('x-canary', 'always') or one of its sisters, or a list, like [...]",
  },
  {
    kind: 'rule 10: match and iterations',
    what: 'An audience has a share of nothing',
    build: canary({ abTest: { audience: premium, share: 0 } }),
    message: 'payments.release.abTest.share: 0 must be above 0 and at most 100 percent of the requests',
  },
  {
    kind: 'rule 10: one writer',
    what: 'Requests of an audience are mirrored',
    build: canary({ abTest: { audience: premium }, mirror: { idempotent: true } }),
    message:
      "payments.release.mirror: abTest and mirror can't go together: Flagger writes all of them to the first route, and the last one wins; keep one",
  },
  {
    kind: 'rule 10: one writer',
    what: 'An audience keeps its version by a cookie',
    build: canary({ abTest: { audience: premium }, sessionAffinity: {} }),
    message:
      "payments.release.sessionAffinity: abTest and sessionAffinity can't go together: Flagger writes all of them to the first route, and the last one wins; keep one",
  },
  {
    kind: 'rule 10: one writer',
    what: 'Users with a cookie are mirrored',
    build: canary({ sessionAffinity: {}, mirror: { idempotent: true } }),
    message:
      "payments.release.sessionAffinity: mirror and sessionAffinity can't go together: Flagger writes all of them to the first route, and the last one wins; keep one",
  },
  {
    kind: 'rule 11: no query parameters',
    what: 'An audience is told by the query',
    build: canary({ abTest: { audience: premium, queryParams: { beta: 'on' } } }),
    message: 'Release.canary.abTest: there is no prop "queryParams"; there are audience, share, iterations',
  },
  {
    kind: 'rule 11: merged headers',
    what: 'A route is told by the header of the audience',
    build: service({
      release: Release.canary({ abTest: { audience: premium } }),
      traffic: { routes: [{ path: '/api', headers: { 'x-customer-group': 'gold' } }] },
    }),
    message:
      'payments.release.abTest: header x-customer-group tells the audience, and the route "/api x-customer-group=gold" too; Istio would drop one of the two: tell the audience by another header',
  },
  {
    kind: 'rule 11: merged headers',
    what: 'A gateway tells by the header of the audience',
    build: (site) => {
      const s = payments(site.chart, { release: Release.canary({ abTest: { audience: premium } }) });
      edge(site.chart).route('/', s, { headers: { 'x-customer-group': 'premium' } });
    },
    message:
      'bank/payments/traffic: release.abTest: header x-customer-group tells the audience, and the route "/ x-customer-group=premium" too; Istio would drop one of the two: tell the audience by another header',
  },
  {
    kind: 'rule 12: mirrored twice',
    what: 'Requests are mirrored without a word on harm',
    build: canary({ mirror: { percentage: 10 } }),
    message:
      'payments.release.mirror: a copied request is carried out by both versions; write idempotent: true if that does no harm, or leave mirror out',
  },
  {
    kind: 'rule 12: mirrored twice',
    what: 'Requests are mirrored although it does harm',
    build: canary({ mirror: { idempotent: false } }),
    message:
      'payments.release.mirror: a copied request is carried out by both versions; write idempotent: true if that does no harm, or leave mirror out',
  },
  {
    kind: 'rule 12: mirrored twice',
    what: 'More than all requests are mirrored',
    build: canary({ mirror: { idempotent: true, percentage: 101 } }),
    message: 'payments.release.mirror: percentage 101 must be a whole number of percent from 1 to 100',
  },
  {
    kind: 'rule 12: mirrored twice',
    what: 'Copies have no port',
    build: service({ ports: [{ port: 9090, name: 'admin' }], release: Release.canary({ mirror: { idempotent: true } }) }),
    message:
      'payments.release.mirror: Flagger names no port for the copies, which a gateway then sends to its own; leave mirror out, or have one port only',
  },
  {
    kind: 'rule 13: cookies',
    what: 'Both versions have the same cookie',
    build: canary({ sessionAffinity: { cookieName: 'track', primaryCookieName: 'track' } }),
    message:
      'payments.release.sessionAffinity.primaryCookieName: "track" is the cookie of the new version too, and Flagger refuses that; give each version its own',
  },
  {
    kind: 'rule 13: cookies',
    what: 'A cookie has a blank',
    build: canary({ sessionAffinity: { cookieName: 'my track' } }),
    message:
      'payments.release.sessionAffinity.cookieName: "my track" is no name of a cookie that Flagger can look for; use up to 64 letters, digits, "-" and "_"',
  },
  {
    kind: 'rule 13: cookies',
    what: 'A cookie lasts no time',
    build: canary({ sessionAffinity: { maxAge: Duration.seconds(0) } }),
    message: 'payments.release.sessionAffinity.maxAge: 0 s must be a whole number of seconds from 1 on',
  },
  {
    kind: 'rule 13: cookies',
    what: 'A cookie has a path that ends it',
    build: canary({ sessionAffinity: { path: '/; Secure' } }),
    message: 'payments.release.sessionAffinity.path: "/; Secure" must start with "/" and have neither blanks nor semicolons',
  },
  {
    kind: 'rule 13: cookies',
    what: 'A cookie is for no host',
    build: canary({ sessionAffinity: { domain: 'bank' } }),
    message:
      'payments.release.sessionAffinity.domain: "bank" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'rule 13: cookies',
    what: 'A cookie is kept from other sites in another way',
    build: canary({ sessionAffinity: { sameSite: 'lax' } }),
    message: 'Release.canary.sessionAffinity.sameSite: "lax" must be one of Strict, Lax, None',
  },
  {
    kind: 'rule 13: cookies',
    what: 'A blue-green release keeps users to a version',
    build: canary({ blueGreen: {}, sessionAffinity: {}, webhooks: [hook('load', 5)] }),
    message:
      'payments.release.sessionAffinity: keeps users to a version while weights change, and there are none here; use steps, or leave it out',
  },
  {
    kind: 'rule 20: nobody calls',
    what: 'A blue-green release is checked by nobody',
    build: canary({ blueGreen: {} }),
    message:
      'payments.release.blueGreen: nobody calls the new version while it is checked, so that each check finds no values and fails; give a webhook that calls it (a load test), or mirror requests that are idempotent',
  },
  {
    kind: 'rule 19: thresholds',
    what: 'All requests and more must succeed',
    build: canary({ successRate: 100.1 }),
    message: 'payments.release.successRate: 100.1 must be a percentage above 0 and at most 100, like 99.9',
  },
  {
    kind: 'rule 19: thresholds',
    what: 'A rate is given as a share of nothing',
    build: canary({ successRate: 0 }),
    message: 'payments.release.successRate: 0 must be a percentage above 0 and at most 100, like 99.9',
  },
  {
    kind: 'rule 19: thresholds',
    what: 'A latency has half a millisecond',
    build: canary({ p99: Duration.millis(0.5) }),
    message: 'payments.release.p99: 0.5 ms must be whole milliseconds from 1 on: Flagger cuts off the rest',
  },
  {
    kind: 'rule 19: thresholds',
    what: 'A rate is said twice',
    build: canary({ successRate: 99, objective: { analysis: { successRate: 99.9, latencies: [], derivation: [] } } }),
    message: 'payments.release.successRate: 99 is said here, and the objective says 99.9; leave one of them out',
  },
  {
    kind: 'rule 19: thresholds',
    what: 'A latency is said twice',
    build: canary({
      p99: Duration.millis(300),
      objective: { analysis: { latencies: [{ percentile: 99, limit: Duration.millis(200) }], derivation: [] } },
    }),
    message: 'payments.release.p99: 300 ms is said here, and the objective says 200 ms; leave one of them out',
  },
  {
    kind: 'rule 19: thresholds',
    what: 'A rate is said by a prop and a metric',
    build: canary({ successRate: 99, metrics: [CanaryMetric.successRate(99.9)] }),
    message:
      'payments.release.metrics: request-success-rate is among the metrics, and successRate or the objective says it too; keep one',
  },
  {
    kind: 'rule 19: metrics',
    what: 'Two metrics have one name',
    build: canary({
      metrics: [
        metric({ name: 'a', query: 'up', thresholdRange: { min: 1 } }),
        metric({ name: 'a', query: 'up', thresholdRange: { min: 1 } }),
      ],
    }),
    message: 'payments.release.metrics: two are called "a"; Flagger\'s own metrics tell them apart by name',
  },
  {
    kind: 'rule 19: metrics',
    what: 'A metric measures nothing',
    build: canary({ metrics: [metric({ name: 'a', thresholdRange: { min: 1 } })] }),
    message: 'payments.release.metrics: "a" needs exactly one of a query and a template',
  },
  {
    kind: 'rule 19: metrics',
    what: 'A metric lets everything pass',
    build: canary({ metrics: [metric({ name: 'a', query: 'up', thresholdRange: {} })] }),
    message:
      'payments.release.metrics: "a" has neither a least nor a largest value, so that it would let everything pass; give one',
  },
  {
    kind: 'rule 19: metrics',
    what: 'A metric looks back beyond the step',
    build: canary({ metrics: [metric({ name: 'a', query: 'up', intervalSeconds: 61, thresholdRange: { min: 1 } })] }),
    message:
      'payments.release.metrics: "a" looks back 61 s, longer than the 60 s of a step, so that the step before is judged too',
  },
  {
    kind: 'rule 19: metrics',
    what: 'A metric takes the name of one of Flagger and measures something else',
    build: canary({ metrics: [metric({ name: 'request-duration', query: 'up', thresholdRange: { max: 1 } })] }),
    message:
      'payments.release.metrics: "request-duration" is measured by Flagger itself, and takes neither a query nor a template',
  },
  {
    kind: 'rule 19: metrics',
    what: 'A metric is none',
    build: canary({ metrics: [{}] }),
    message: 'Release.canary.metrics[0]: {} must be made with CanaryMetric.promql({ … }) or one of its sisters',
  },
  {
    kind: 'webhooks in time',
    what: 'Webhooks take longer than there is between two looks',
    build: canary({ webhooks: [hook('load', 40), hook('smoke', 20)] }),
    message:
      'payments.release.webhooks: load 40 s + smoke 20 s = 60 s may pass with each look, and there is one every 60 s; shorten their timeouts, or set interval above 60 s',
  },
  {
    kind: 'webhooks in time',
    what: 'Retries of a webhook take longer',
    build: canary({ webhooks: [hook('load', 15, 'rollout', 3)] }),
    message:
      'payments.release.webhooks: load 67 s may pass with each look, and there is one every 60 s; shorten their timeouts, or set interval above 67 s',
  },
  {
    kind: 'webhooks in time',
    what: 'Two webhooks have one name',
    build: canary({ webhooks: [hook('load', 5), hook('load', 5)] }),
    message: 'payments.release.webhooks: two are called "load"; Flagger\'s events tell them apart by name',
  },
  {
    kind: 'rule 16: no TCP pool',
    what: 'Connections are limited under Flagger',
    build: under({ traffic: { circuitBreaker: CircuitBreaker.standard({ maxConnections: 50 }) } }),
    message:
      "payments.traffic.circuitBreaker: maxConnections 50 can't be kept: Flagger's DestinationRules have no TCP connection pool; leave it out, and limit maxRequests and maxPendingRequests",
  },
  {
    kind: 'rule 16: kind of Service',
    what: 'A Service of type LoadBalancer is Flagger’s',
    build: under({
      exposure: Exposure.networkLoadBalancer({ sourceRanges: ['192.0.2.0/24'] }),
      mtlsExceptions: [{ port: 8080, reason: 'partners without a mesh' }],
    }),
    message:
      'payments.exposure: Flagger makes Services of type ClusterIP only, and not LoadBalancer; let clients in through a MeshGateway',
  },
  {
    kind: 'rule 16: kind of Service',
    what: 'A Service keeps clients to a pod by address',
    build: under({ exposure: Exposure.clusterIp({ clientIpAffinity: Duration.minutes(5) }) }),
    message:
      "payments.exposure: Flagger's Services have no affinity by address; leave clientIpAffinity out, or use sessionAffinity of the release",
  },
  {
    kind: 'rule 15: further ports',
    what: 'A further port has another number on the Service',
    build: under({ ports: [{ port: 9090, servicePort: 90, name: 'admin' }] }),
    message:
      'payments.ports: Flagger gives a further port the number that its container has, 9090, and not 90; leave its servicePort out',
  },
  {
    kind: 'port of bytes',
    what: 'TLS is shifted by weights',
    build: under({ ...tcp, protocol: PortProtocol.TLS }),
    message: several(
      'payments.release: Flagger takes port 8080, which speaks tls, for HTTP, and its weights would do nothing; use PortProtocol.TCP, which is what the mesh sees of it',
      'payments.release.metrics: is empty, and Flagger sees no requests on a port that speaks bytes: every version would be promoted; give a metric of your own',
    ),
  },
  {
    kind: 'port of bytes',
    what: 'Bytes are promoted unseen',
    build: service({ ...tcp, release: Release.canary() }),
    message:
      'payments.release.metrics: is empty, and Flagger sees no requests on a port that speaks bytes: every version would be promoted; give a metric of your own',
  },
  {
    kind: 'port of bytes',
    what: 'Bytes succeed',
    build: service({ ...tcp, release: Release.canary({ successRate: 99, metrics: js([up]) }) }),
    message:
      'payments.release.successRate: is about requests, and the mesh sees none on a port that speaks bytes; give a metric of your own',
  },
  {
    kind: 'port of bytes',
    what: 'Bytes have an audience',
    build: service({ ...tcp, release: Release.canary({ abTest: { audience: premium }, metrics: js([up]) }) }),
    message:
      'payments.release.abTest: on a port that speaks bytes Flagger knows weights alone, and would send everybody to the new version; use steps',
  },
  {
    kind: 'port of bytes',
    what: 'Bytes are mirrored',
    build: service({ ...tcp, release: Release.canary({ mirror: { idempotent: true }, metrics: js([up]) }) }),
    message:
      'payments.release.mirror: on a port that speaks bytes Flagger knows weights alone, and would leave it out; use steps',
  },
  {
    kind: 'rule 5: replicas',
    what: 'A number of pods in Git starts the old track again',
    build: under({ scaling: Scaling.fixed(3) }),
    message:
      'payments.scaling: Flagger stops the pods of the Deployment between releases, and a number of replicas in Git would start them again; use Scaling.horizontal({ min: 3, max: 3 })',
  },
  {
    kind: 'rule 6: fewest pods',
    what: 'A track has one pod',
    build: under({ scaling: Scaling.horizontal({ min: 1 }) }),
    message:
      'payments.scaling: min 1 leaves a track with one pod, which is gone with its node while it gets requests; use min: 2 or more',
  },
  {
    kind: 'rule 6: fewest pods',
    what: 'The primary has fewer pods than the service',
    build: canary({ primaryScaler: { min: 2 } }),
    message:
      'payments.release.primaryScaler: min 2 is below the 3 that the service has at least, and the primary serves; use 3 or more',
  },
  {
    kind: 'rule 6: fewest pods',
    what: 'The primary has fewer pods at most than at least',
    build: canary({ primaryScaler: { min: 5, max: 4 } }),
    message: 'payments.release.primaryScaler: min 5 is above max 4; swap them, or raise max',
  },
  {
    kind: 'rule 6: fewest pods',
    what: 'The primary has half a pod',
    build: canary({ primaryScaler: { min: 3.5 } }),
    message: 'payments.release.primaryScaler: min 3.5 must be a whole number of pods',
  },
  {
    kind: 'rule 7: full load',
    what: 'More pods are needed than there can be',
    build: canary({ fullLoad: 21 }),
    message:
      'payments.release.fullLoad: fullLoad 21 must be a whole number of pods from 1 to 20, the most that the service scales to',
  },
  {
    kind: 'KEDA under Flagger',
    what: 'Queries are for triggers that are not there',
    build: canary({ primaryScaler: { queries: { lag: 'up' } } }),
    message:
      'payments.release.primaryScaler: queries belong to triggers of KEDA, and the service has none; use Scaling.keda, or leave them out',
  },
  {
    kind: 'KEDA under Flagger',
    what: 'The primary shrinks when its metrics fail',
    build: under({ scaling: Scaling.keda({ triggers: [{ type: 'kafka', metadata: { topic: 'payments' } }] }) }),
    message:
      "payments.scaling: when its metrics fail, KEDA would scale the primary down to fallback.replicas 3: Flagger's copy of the ScaledObject loses the word that more pods stay; write fallback: { failureThreshold: 3, replicas: 20 }",
  },
  {
    kind: 'rule 24: reloader',
    what: 'Pods are restarted behind Flagger',
    build: under({ configuration: { variables: { A: 'b' }, change: ConfigurationChange.RELOADER } }),
    message:
      'payments.configuration: Reloader restarts pods behind the back of Flagger, which takes it for a new version; use ConfigurationChange.ROLL_OUT',
  },
  {
    kind: 'rule 23: Flagger too old',
    what: 'Flagger sends requests to a broken primary',
    build: (site) =>
      payments(
        site.chart,
        { release: Release.canary() },
        namespace(site.chart, { platform: new Platform({ flagger: { version: '1.43.1' } }) }),
      ),
    message:
      'payments.release: Flagger 1.43.1 sends requests back to a primary that failed to come up; the platform needs 1.44 or newer',
  },
  {
    kind: 'rule 4: whose object',
    what: 'A service has the name of a primary',
    build: (site) => {
      const home = namespace(site.chart);
      payments(site.chart, { release: Release.canary() }, home);
      new BankingService(site.chart, 'payments-primary', { namespace: home, image: IMAGE, port: 8080 });
    },
    message: several(
      'app: bank/payments-primary/track-payments-primary/deployment/Resource: Deployment banking/payments-primary is made by Flagger for canary payments; remove or rename it',
      'app: bank/payments-primary/track-payments-primary/autoscaler: HorizontalPodAutoscaler banking/payments-primary is made by Flagger for canary payments; remove or rename it',
      'app: bank/payments-primary/traffic/service: Service banking/payments-primary is made by Flagger for canary payments; remove or rename it',
      'app: bank/payments-primary/traffic/destination-rule: DestinationRule banking/payments-primary is made by Flagger for canary payments; remove or rename it',
    ),
  },
  {
    kind: 'unknown prop',
    what: 'A prop of a canary is misspelled',
    build: () => Release.canary(js({ step: [10] })),
    message:
      'Release.canary: there is no prop "step"; there are interval, threshold, steps, stepWeight, maxWeight, stepWeightPromotion, abTest, blueGreen, mirror, sessionAffinity, successRate, p99, objective, metrics, webhooks, alerts, primaryReadyThreshold, canaryReadyThreshold, progressDeadline, suspend, metricsServer, primaryScaler, fullLoad, takeOver',
  },
  {
    kind: 'unknown prop',
    what: 'A canary is a list',
    build: () => Release.canary(js([10, 100])),
    message: 'Release.canary: the props are [10,100]; give a map of props, like { key: value }',
  },
];
