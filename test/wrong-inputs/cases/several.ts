import { Duration } from 'cdk8s';
import { Mtls, Scaling, Subject } from 'cdk8s-banking';
import { type WrongInput, edge, home, js, namespace, payments, pair, platform, service, several } from '../wrong-input';

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
      traffic: { timeout: Duration.seconds(0), retries: { attempts: 0 } },
    }),
    message: several(
      'Payments.tier: "gold" must be one of critical, standard, small',
      'Payments.shutdown.preStop: 15 must be a Duration, like Duration.seconds(10)',
      'Payments.name: "Payments" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
      'Payments.configuration.variables: DB_PASSWORD looks like a secret, and manifests are committed to Git; put it into a Secret and name it in secretEnv',
      'Payments.image: "registry.example.com/payments:latest" has the tag "latest", which moves from image to image, so that a rollback would not roll back; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
      "Payments.port: 80 is a privileged port, which a container without capabilities can't open; use one from 1024 on",
      'Payments.scaling: min 8 is above max 5; swap them, or raise max',
      'Payments.labels: app is set by this construct, or must not be set at all: selectors and telemetry depend on it; use a key of your own',
      'Payments.resources.requests.memory: "512m" is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
      "Payments.security: user 0 must be a whole number from 1000 to 2147483647 (10001 by default): lower ids are root's and the system's",
      'Payments.traffic: timeout must be above zero, or a caller waits for ever; a route of streams says streaming: true',
    ),
  },
  {
    kind: 'several at once',
    what: 'The same props in another order',
    build: service({
      traffic: { timeout: Duration.seconds(0), retries: { attempts: 0 } },
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
    message: several(
      'Payments.tier: "gold" must be one of critical, standard, small',
      'Payments.shutdown.preStop: 15 must be a Duration, like Duration.seconds(10)',
      'Payments.name: "Payments" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
      'Payments.configuration.variables: DB_PASSWORD looks like a secret, and manifests are committed to Git; put it into a Secret and name it in secretEnv',
      'Payments.image: "registry.example.com/payments:latest" has the tag "latest", which moves from image to image, so that a rollback would not roll back; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
      "Payments.port: 80 is a privileged port, which a container without capabilities can't open; use one from 1024 on",
      'Payments.scaling: min 8 is above max 5; swap them, or raise max',
      'Payments.labels: app is set by this construct, or must not be set at all: selectors and telemetry depend on it; use a key of your own',
      'Payments.resources.requests.memory: "512m" is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
      "Payments.security: user 0 must be a whole number from 1000 to 2147483647 (10001 by default): lower ids are root's and the system's",
      'Payments.traffic: timeout must be above zero, or a caller waits for ever; a route of streams says streaming: true',
    ),
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
    message: several(
      'namespace "kube-system".name: "kube-system" belongs to the cluster, and default deny would cut it off; make a namespace for the application',
      'namespace "kube-system".mtls: until "2027-02-30" is not a day; write it like "2027-03-31"',
      'namespace "kube-system".mtls: a PERMISSIVE step needs a reason of at least ten characters, got "soon"; say what still speaks plain text',
      'namespace "kube-system".quota: pods: 1.5 is not a count; use a whole number from 0 on',
      'namespace "kube-system".quota: requestsMemory: "10GB" is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
      'namespace "kube-system".access.readers: "system:authenticated" is everybody; name a group of people',
    ),
  },
  {
    kind: 'several at once',
    what: 'A platform has several mistakes',
    build: platform({
      kubernetes: '1.20',
      istio: { version: 'x', cni: js(1) },
      apiServer: { cidrs: ['10.0.0.1/8', '10.0.0.0/08'] },
    }),
    message: several(
      'platform.istio.cni: 1 must be true or false',
      'platform.kubernetes: 1.20 is too old; the manifests need 1.28 or newer',
      'platform.istio.version: "x" is not a version; write it as a string, like "1.34"',
      'platform.apiServer.cidrs: "10.0.0.1/8" is not a CIDR: it has bits set behind its prefix of 8; use 10.0.0.1/32 for the one address, or clear them',
      'platform.apiServer.cidrs: "10.0.0.0/08" is not a CIDR: the prefix length must be a whole number from 0 to 32; write it like "10.20.0.0/16" or "2001:db8::/32"',
    ),
  },
  {
    kind: 'several at once',
    what: 'An edge has several mistakes',
    build: ({ chart }) => {
      const both = pair(chart);
      both.ledger.allowFrom(both.payments, { port: 1, methods: ['get', 'POST'], paths: ['api', '/a/*/b'] });
    },
    message: several(
      'payments → ledger: has no port 1; it has 8080 (http)',
      'payments → ledger.methods: "get" is not an HTTP method; use GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, in upper case',
      'payments → ledger.paths: "api" must start with "/", or with "*" to match by suffix',
      'payments → ledger.paths: "/a/*/b" has "*" in the middle, which never matches; use it at the end or the start, or {*} for one segment',
    ),
  },
  {
    kind: 'several at once',
    what: 'The problems of several constructs arrive together at synth',
    build: ({ chart }) => {
      payments(chart, {}, namespace(chart, { quota: { pods: 3, loadBalancers: 0 } }));
      edge(chart);
    },
    message: several(
      'bank/namespace: namespace banking: quota: pods 3 is short by 19: at maximum scale with surge and proxies payments 22 = 22; raise pods to at least 22',
      'bank/edge: has no route, so that every request ends in a 404; add one with route(path, service)',
    ),
  },
];
