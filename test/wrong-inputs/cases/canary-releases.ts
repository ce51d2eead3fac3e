import { Duration } from 'cdk8s';
import { Audience, CanaryRelease, ExistingWorkload, Platform, ZeroTrustNamespace } from 'cdk8s-banking';
import { type Site, type WrongInput, edge, js, namespace } from '../wrong-input';

/** A canary of a Deployment that something else makes; right, but for the props that are given. */
const orders =
  (props: object) =>
  (site: Site): CanaryRelease =>
    new CanaryRelease(
      site.chart,
      'orders',
      js({ namespace: 'shop', target: { kind: 'Deployment', name: 'orders' }, port: 80, ...props }),
    );

/** One whose service has these props. */
const of = (props: object) => orders({ service: props });

/** One whose traffic policy is this. */
const policy = (trafficPolicy: object) => of({ trafficPolicy });

const load = { name: 'load', type: 'rollout', timeoutSeconds: 5, validate() {}, bind() {} };
const meshless = (props: object) => orders({ provider: 'kubernetes', blueGreen: {}, webhooks: [load], ...props });
const premium = Audience.customerGroup('premium');
const up = { validate() {}, bind: () => ({ name: 'a', query: 'up', thresholdRange: { min: 1 }, describes: 'it is up' }) };

export const canaryReleases: readonly WrongInput[] = [
  {
    kind: 'target',
    what: 'A canary has no target',
    build: orders({ target: undefined }),
    message: 'orders.target: is missing; it must be a map of props, like { key: value }',
  },
  {
    kind: 'target',
    what: 'A canary is about a StatefulSet',
    build: orders({ target: { kind: 'StatefulSet', name: 'orders' } }),
    message: 'orders.target.kind: "StatefulSet" must be one of Deployment, DaemonSet',
  },
  {
    kind: 'target',
    what: 'A target has a name that leaves no room for the primary',
    build: orders({ target: { kind: 'Deployment', name: 'o'.repeat(56) } }),
    message:
      'orders.target.name: "oooooooooooooooooooooooooooooooooooooooooooooooooooooooo" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'target',
    what: 'A canary has no props',
    build: (site) => new CanaryRelease(site.chart, 'orders', js(undefined)),
    message: 'orders: the props are nothing; give a map of props, like { key: value }',
  },
  {
    kind: 'target',
    what: 'A canary has no namespace',
    build: orders({ namespace: undefined }),
    message: 'orders.namespace: is missing; it must be made with new ZeroTrustNamespace(chart, id, { … }), or the name of one',
  },
  {
    kind: 'target',
    what: 'A namespace has a dot',
    build: orders({ namespace: 'shop.eu' }),
    message:
      'orders.namespace: "shop.eu" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'target',
    what: 'A platform is given beside a namespace',
    build: (site) => orders({ namespace: namespace(site.chart), platform: new Platform() })(site),
    message: 'orders.platform: is that of the namespace; leave it out',
  },
  {
    kind: 'target',
    what: 'A DaemonSet is scaled',
    build: orders({
      target: { kind: 'DaemonSet', name: 'orders' },
      autoscaler: { kind: 'HorizontalPodAutoscaler', name: 'orders' },
    }),
    message: 'orders.autoscaler: scales nothing: a DaemonSet has a pod on each node; leave it out',
  },
  {
    kind: 'target',
    what: 'An autoscaler is of another kind',
    build: orders({ autoscaler: { kind: 'VerticalPodAutoscaler', name: 'orders' } }),
    message: 'orders.autoscaler.kind: "VerticalPodAutoscaler" must be one of HorizontalPodAutoscaler, ScaledObject',
  },
  {
    kind: 'target',
    what: 'An autoscaler without triggers has queries',
    build: orders({ autoscaler: { kind: 'HorizontalPodAutoscaler', name: 'orders', primary: { queries: { lag: 'up' } } } }),
    message:
      'orders.autoscaler.primary: queries belong to triggers of KEDA, and a HorizontalPodAutoscaler has none; leave them out',
  },
  {
    kind: 'target',
    what: 'The primary has fewer pods at most than at least',
    build: orders({ autoscaler: { kind: 'ScaledObject', name: 'orders', primary: { min: 5, max: 4 } } }),
    message: 'orders.autoscaler.primary: min 5 is above max 4; swap them, or raise max',
  },
  {
    kind: 'target',
    what: 'A workload guards another Service',
    build: (site) => {
      const home = new ZeroTrustNamespace(site.chart, 'namespace', { name: 'shop' });
      const workload = new ExistingWorkload(site.chart, 'baskets', { namespace: home, ports: [{ port: 8080 }] });
      orders({ namespace: home, workload })(site);
    },
    message:
      'orders.workload: guards Service baskets with the ports 8080, and the canary is about Service orders with port 80; make the two the same',
  },
  {
    kind: 'target',
    what: 'Flagger gives up at once',
    build: orders({ progressDeadline: Duration.seconds(0) }),
    message: 'orders.progressDeadline: 0 s must be a whole number of seconds from 1 on',
  },
  {
    kind: 'rule 23: Flagger too old',
    what: 'A standalone canary has an old Flagger',
    build: orders({ platform: new Platform({ flagger: { version: '1.42.0' } }) }),
    message:
      'orders.platform: Flagger 1.42.0 sends requests back to a primary that failed to come up; the platform needs 1.44 or newer',
  },
  {
    kind: 'port',
    what: 'A port is none',
    build: orders({ port: 0 }),
    message: 'orders.port: 0 is not a port; use a whole number from 1 to 65535',
  },
  {
    kind: 'port',
    what: 'A port name says another protocol',
    build: of({ portName: 'grpc-api' }),
    message:
      'orders.service.portName: "grpc-api" says grpc, and appProtocol http; Istio and people read both: start it with "http"',
  },
  {
    kind: 'port',
    what: 'A target port is no name',
    build: of({ targetPort: 'Http' }),
    message:
      'orders.service.targetPort: "Http" is not a name that Kubernetes takes; use 1 to 15 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'rule 14: gateways',
    what: 'A gateway leaves the mesh out',
    build: of({ gateways: ['istio-ingress/edge'], hosts: ['shop.example.com'] }),
    message:
      "orders.service.gateways: [istio-ingress/edge] leaves callers in the mesh out, who would go past the canary; add 'mesh'",
  },
  {
    kind: 'rule 14: gateways',
    what: 'A gateway has no hosts',
    build: of({ gateways: ['istio-ingress/edge', 'mesh'] }),
    message: 'orders.service.hosts: is empty, and a gateway serves hosts by name; name them',
  },
  {
    kind: 'rule 14: gateways',
    what: 'A path is rewritten for the mesh too',
    build: of({ gateways: ['istio-ingress/edge', 'mesh'], hosts: ['shop.example.com'], rewrite: { uri: '/' } }),
    message:
      'orders.service.rewrite: rewrite holds for callers in the mesh too, since Flagger has one set of routes; say in acceptInMesh why that is right, or use delegation: true with a root VirtualService for the gateway',
  },
  {
    kind: 'rule 14: gateways',
    what: 'Requests are matched for the mesh too, with a reason that is none',
    build: of({
      gateways: ['istio-ingress/edge', 'mesh'],
      hosts: ['shop.example.com'],
      match: [{ uri: { prefix: '/orders' } }],
      acceptInMesh: 'ok',
    }),
    message:
      'orders.service.match: match holds for callers in the mesh too, since Flagger has one set of routes; say in acceptInMesh why that is right, or use delegation: true with a root VirtualService for the gateway',
  },
  {
    kind: 'rule 14: gateways',
    what: 'There is nothing to accept',
    build: of({ acceptInMesh: 'callers use the same paths' }),
    message: 'orders.service.acceptInMesh: has nothing to accept; leave it out',
  },
  {
    kind: 'rule 14: gateways',
    what: 'A gateway has two slashes',
    build: of({ gateways: ['a/b/c', 'mesh'], hosts: ['shop.example.com'] }),
    message:
      'orders.service.gateways: "b/c" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'rule 14: delegation',
    what: 'A delegate has hosts',
    build: of({ delegation: true, hosts: ['shop.example.com'] }),
    message:
      'orders.service.delegation: takes what root VirtualServices delegate, and Flagger refuses hosts and gateways beside it; name them in the root',
  },
  {
    kind: 'rule 14: delegation',
    what: 'Two canaries have one host',
    build: (site) => {
      of({ hosts: ['shop.example.com'] })(site);
      new CanaryRelease(site.chart, 'baskets', {
        namespace: 'shop',
        target: { kind: 'Deployment', name: 'baskets' },
        port: 80,
        service: { hosts: ['shop.example.com'] },
      });
    },
    message:
      'bank/baskets: host shop.example.com is routed by canary orders too; give both delegation: true, and one root VirtualService that tells them apart',
  },
  {
    kind: 'rule 14: delegation',
    what: 'A gateway routes to a canary that is no delegate',
    build: (site) => {
      const home = new ZeroTrustNamespace(site.chart, 'namespace', { name: 'shop' });
      const workload = new ExistingWorkload(site.chart, 'orders-workload', {
        name: 'orders',
        namespace: home,
        ports: [{ port: 8080, servicePort: 80 }],
      });
      edge(site.chart).route('/', orders({ namespace: home, workload })(site));
    },
    message: 'orders: has routes of its own, which no gateway can delegate to; write service: { delegation: true }',
  },
  {
    kind: 'rule 14: delegation',
    what: 'A gateway routes to a canary that it can’t ask',
    build: (site) => {
      namespace(site.chart);
      edge(site.chart).route('/', of({ delegation: true })(site));
    },
    message:
      "orders: is guarded by somebody else, whom a gateway can't ask; give workload, or name the gateway in service.gateways",
  },
  {
    kind: 'hosts',
    what: 'A host is the Service itself',
    build: of({ hosts: ['orders.shop.svc.cluster.local'] }),
    message: 'orders.service.hosts: "orders.shop.svc.cluster.local" is the Service itself, which Flagger adds; leave it out',
  },
  {
    kind: 'hosts',
    what: 'A host is named twice',
    build: of({ hosts: ['shop.example.com', 'shop.example.com'] }),
    message: 'orders.service.hosts: "shop.example.com" is named twice; name it once',
  },
  {
    kind: 'hosts',
    what: 'A host is a URL',
    build: of({ hosts: ['https://shop.example.com'] }),
    message:
      'orders.service.hosts: "https://shop.example.com" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'matches',
    what: 'A match is of everything',
    build: of({ match: [{ name: 'all' }] }),
    message: 'orders.service.match[0]: matches everything; leave it out where every request is meant',
  },
  {
    kind: 'matches',
    what: 'There is no match',
    build: of({ match: [] }),
    message: 'orders.service.match: is empty; leave it out where every request is meant',
  },
  {
    kind: 'matches',
    what: 'A path is compared in two ways',
    build: of({ match: [{ uri: { exact: '/a', prefix: '/a' } }] }),
    message: 'orders.service.match[0].uri: {"exact":"/a","prefix":"/a"} must say one of exact, prefix and regex',
  },
  {
    kind: 'matches',
    what: 'A path is relative',
    build: of({ match: [{ uri: { prefix: 'a' } }] }),
    message: 'orders.service.match[0].uri: "a" must start with "/"',
  },
  {
    kind: 'matches',
    what: 'A method is in lower case',
    build: of({ match: [{ method: { exact: 'get' } }] }),
    message:
      'orders.service.match[0].method: "get" is not an HTTP method; use GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, in upper case',
  },
  {
    kind: 'matches',
    what: 'A header is in upper case',
    build: of({ match: [{ headers: { 'X-Track': { exact: 'a' } } }] }),
    message: 'orders.service.match[0]: header "X-Track" must be a name in lower case, as HTTP/2 carries it',
  },
  {
    kind: 'matches',
    what: 'A regular expression looks ahead',
    build: of({ match: [{ uri: { regex: '/(?!admin).*' } }] }),
    message: 'orders.service.match[0].uri: "/(?!admin).*" looks around or back, which RE2 can\'t; say what the whole value is',
  },
  {
    kind: 'matches',
    what: 'A match is for a gateway that is not there',
    build: of({ match: [{ uri: { prefix: '/a' }, gateways: ['edge'] }] }),
    message:
      'orders.service.match[0].gateways: "edge" is none of the service\'s gateways, so that it would never match; they are mesh',
  },
  {
    kind: 'rule 11: merged headers',
    what: 'The audience takes the place of a matched header',
    build: orders({ abTest: { audience: premium }, service: { match: [{ headers: { 'x-tenant': { exact: 'a' } } }] } }),
    message:
      'orders.service.match[0].headers: Flagger would put the headers of the audience in the place of these, and mean more requests than either; leave them out, and match by path',
  },
  {
    kind: 'rule 11: merged headers',
    what: 'The cookie takes the place of a matched header',
    build: orders({ sessionAffinity: {}, service: { match: [{ headers: { 'x-tenant': { exact: 'a' } } }] } }),
    message:
      'orders.service.match[0].headers: Flagger would put the headers of the cookie in the place of these, and mean more requests than either; leave them out, and match by path',
  },
  {
    kind: 'routes',
    what: 'A rewrite changes nothing',
    build: of({ rewrite: {} }),
    message: 'orders.service.rewrite: changes nothing; give uri or authority, or leave it out',
  },
  {
    kind: 'routes',
    what: 'A host is written as a header',
    build: of({ headers: { request: { set: { host: 'a' } } } }),
    message:
      'orders.service.headers.request: header "host" must be a name in lower case other than "host"; the host is changed by rewrite.authority',
  },
  {
    kind: 'routes',
    what: 'A header has two lines',
    build: of({ headers: { response: { add: { 'x-a': 'a\nb' } } } }),
    message: 'orders.service.headers.response: header "x-a": "a\\nb" must be a value on one line',
  },
  {
    kind: 'routes',
    what: 'A timeout is none',
    build: of({ timeout: Duration.seconds(0) }),
    message: 'orders.service.timeout: must be above zero; without one a caller waits for ever',
  },
  {
    kind: 'routes',
    what: 'Pages of everybody act for their readers',
    build: of({ corsPolicy: { allowOrigins: [{ regex: '.*' }], allowCredentials: true } }),
    message:
      'orders.service.corsPolicy.allowOrigins: ".*" with allowCredentials lets every page act for its reader; name the pages',
  },
  {
    kind: 'routes',
    what: 'Pages of nobody are let in',
    build: of({ corsPolicy: { allowOrigins: [] } }),
    message: 'orders.service.corsPolicy: allowOrigins names nobody; say whose pages are meant',
  },
  {
    kind: 'rule 18: retries',
    what: 'A request that may have been carried out is sent again',
    build: of({ retries: { on: ['5xx'] } }),
    message:
      'orders.service.retries.on: 5xx would repeat a request that the service may have carried out; keep connect-failure, refused-stream, or declare the route idempotent: true',
  },
  {
    kind: 'rule 18: retries',
    what: 'The tries take longer than the whole answer may',
    build: of({ timeout: Duration.seconds(3), idempotent: true, retries: { attempts: 3, perTry: Duration.seconds(1) } }),
    message:
      'orders.service.retries: (3 + 1) tries × 1s + 275ms backoff = 4275ms > timeout 3s; the last tries would never run: raise the timeout to 5s, or lower attempts or perTry',
  },
  {
    kind: 'rule 16: TCP pool',
    what: 'Connections are limited',
    build: policy({ connectionPool: { tcp: { maxConnections: 5 } } }),
    message:
      'orders.service.trafficPolicy.connectionPool.tcp: {"maxConnections":5} must be left out: the Canary has no TCP connection pool; limit requests by http1MaxPendingRequests and http2MaxRequests',
  },
  {
    kind: 'rule 16: beyond Flagger',
    what: 'Ports have settings of their own',
    build: policy({ portLevelSettings: [] }),
    message:
      'orders.service.trafficPolicy.portLevelSettings: [] must be left out: the Canary does not know them; release each port under a target of its own',
  },
  {
    kind: 'rule 16: beyond Flagger',
    what: 'Zones are turned off',
    build: policy({ loadBalancer: { simple: 'LEAST_REQUEST', localityLbSetting: { enabled: false } } }),
    message:
      "orders.service.trafficPolicy.loadBalancer.localityLbSetting.enabled: false must be left out: Flagger drops a false, which turns zones on; write distribute: [{ from: '*', to: { '*': 100 } }]",
  },
  {
    kind: 'rule 16: beyond Flagger',
    what: 'Requests are spread by a query parameter',
    build: policy({ loadBalancer: { consistentHash: { httpQueryParameterName: 'id' } } }),
    message:
      'orders.service.trafficPolicy.loadBalancer.consistentHash.httpQueryParameterName: "id" must be left out: Flagger drops it, and Istio then refuses the DestinationRule; use a header or a cookie',
  },
  {
    kind: 'rule 16: beyond Flagger',
    what: 'Pods warm up',
    build: policy({ loadBalancer: { simple: 'ROUND_ROBIN', warmup: { duration: '60s' } } }),
    message: 'orders.service.trafficPolicy.loadBalancer.warmup: {"duration":"60s"} must be left out: the Canary does not know it',
  },
  {
    kind: 'rule 21: mTLS',
    what: 'Mutual TLS is turned off',
    build: policy({ tls: { mode: 'DISABLE' } }),
    message:
      'orders.service.trafficPolicy.tls: {"mode":"DISABLE"} must be left out: the mesh chooses mutual TLS by itself, and any mode written here would take it away',
  },
  {
    kind: 'rule 17: ejection',
    what: 'Errors are counted as Istio ignores them',
    build: policy({ outlierDetection: { consecutiveErrors: 5 } }),
    message:
      'orders.service.trafficPolicy.outlierDetection.consecutiveErrors: 5 must be left out: Istio ignores it; use consecutive5xxErrors',
  },
  {
    kind: 'rule 17: ejection',
    what: 'No errors are counted',
    build: policy({ outlierDetection: { interval: Duration.seconds(30) } }),
    message:
      'orders.service.trafficPolicy.outlierDetection: names no errors to count; give consecutive5xxErrors or consecutiveGatewayErrors',
  },
  {
    kind: 'rule 17: ejection',
    what: 'All pods can be out',
    build: policy({ outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 100 } }),
    message:
      'orders.service.trafficPolicy.outlierDetection: maxEjectionPercent 100 must be from 1 to 99: at 100 every pod can be out at once',
  },
  {
    kind: 'rule 17: ejection',
    what: 'Local failures are counted without being told apart',
    build: policy({ outlierDetection: { consecutive5xxErrors: 5, consecutiveLocalOriginFailures: 3 } }),
    message:
      'orders.service.trafficPolicy.outlierDetection: consecutiveLocalOriginFailures counts only with splitExternalLocalOriginErrors: true; set both',
  },
  {
    kind: 'traffic policy',
    what: 'A load balancer is both',
    build: policy({ loadBalancer: { simple: 'RANDOM', consistentHash: { useSourceIp: true } } }),
    message: 'orders.service.trafficPolicy.loadBalancer: needs exactly one of simple and consistentHash',
  },
  {
    kind: 'traffic policy',
    what: 'Zones get 90 percent',
    build: policy({
      loadBalancer: { simple: 'RANDOM', localityLbSetting: { distribute: [{ from: 'eu/a', to: { 'eu/a': 50, 'eu/b': 40 } }] } },
    }),
    message:
      'orders.service.trafficPolicy.loadBalancer.localityLbSetting: from "eu/a" to {"eu/a":50,"eu/b":40} gives 90 percent; shares are whole numbers that add up to 100',
  },
  {
    kind: 'traffic policy',
    what: 'A part of a policy is empty',
    build: policy({ outlierDetection: {} }),
    message: 'orders.service.trafficPolicy.outlierDetection: is empty, which Istio refuses; say something, or leave it out',
  },
  {
    kind: 'metadata',
    what: 'A label is no label',
    build: of({ apex: { labels: { 'a b': 'c' } } }),
    message: 'orders.service.apex.labels: "a b" is not a label key; use [prefix/]name with up to 63 characters',
  },
  {
    kind: 'without a mesh',
    what: 'Steps need a mesh',
    build: meshless({ blueGreen: undefined, steps: [10, 100] }),
    message:
      "orders.steps: needs a mesh that splits requests, and provider 'kubernetes' has none; use blueGreen, or provider 'istio'",
  },
  {
    kind: 'without a mesh',
    what: 'An audience needs a mesh',
    build: meshless({ blueGreen: undefined, abTest: { audience: premium } }),
    message:
      "orders.abTest: needs a mesh that splits requests, and provider 'kubernetes' has none; use blueGreen, or provider 'istio'",
  },
  {
    kind: 'without a mesh',
    what: 'Mirrored requests need a mesh',
    build: meshless({ webhooks: undefined, mirror: { idempotent: true } }),
    message:
      "orders.mirror: needs a mesh that splits requests, and provider 'kubernetes' has none; use blueGreen, or provider 'istio'",
  },
  {
    kind: 'without a mesh',
    what: 'Hosts need a mesh',
    build: meshless({ service: { hosts: ['shop.example.com'] } }),
    message: "orders.service.hosts: needs a mesh, and provider 'kubernetes' makes Services only; leave it out",
  },
  {
    kind: 'port of bytes',
    what: 'Bytes are delegated',
    build: orders({ service: { appProtocol: 'tcp', delegation: true }, metrics: [up] }),
    message: 'orders.service.delegation: is about requests, and the port speaks bytes; leave it out',
  },
];
