import { Duration } from 'cdk8s';
import {
  type BankingService,
  type BankingServiceProps,
  DeploymentValidation,
  type DeploymentValidationProps,
  Health,
  HealthProbe,
  LoadTester,
  Platform,
  PortProtocol,
  Release,
  Webhook,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import { IMAGE, type Site, type WrongInput, js, ledger, namespace, payments, several } from '../wrong-input';

const TOOLS = 'registry.example.com/kubectl-curl:1.34.1';
const platform = new Platform({ apiServer: { cidrs: ['10.20.0.10/32'] } });

type Services = DeploymentValidationProps['services'];

/** A validation that is right, but for what is given. */
const validation =
  (
    services: (service: BankingService, site: Site) => Services,
    props: Partial<DeploymentValidationProps> = {},
    service: Partial<BankingServiceProps> = {},
  ) =>
  (site: Site) => {
    const home = namespace(site.chart, { platform });
    const named = services(payments(site.chart, service, home), site);
    return new DeploymentValidation(site.chart, 'validate', { services: named, image: TOOLS, ...props });
  };

const bytes = Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['ready']) });
const tcp = Health.of({ liveness: HealthProbe.http('/healthz'), readiness: HealthProbe.tcp() });

export const validations: readonly WrongInput[] = [
  {
    kind: 'validation of nothing',
    what: 'No service is named',
    build: validation(() => []),
    message:
      'validate.services: names nothing, and a validation of nothing would always succeed; name the services that must be there',
  },
  {
    kind: 'validation of nothing',
    what: 'The services are left out',
    build: ({ chart }) => new DeploymentValidation(chart, 'validate', js({ image: TOOLS })),
    message:
      'validate.services: names nothing, and a validation of nothing would always succeed; name the services that must be there',
  },
  {
    kind: 'validation of nothing',
    what: 'The services are null',
    build: ({ chart }) => new DeploymentValidation(chart, 'validate', js({ image: TOOLS, services: null })),
    message: 'validate.services: null must be a list, like [...]; leave it out',
  },
  {
    kind: 'options left out',
    what: 'A validation has no props',
    build: ({ chart }) => new DeploymentValidation(chart, 'validate', js(undefined)),
    message: 'validate: the props are nothing; give a map of props, like { key: value }',
  },
  {
    kind: 'name',
    what: 'A validation is called by two words, and is of nothing',
    build: validation(() => [], { name: 'validate all' }),
    message:
      'validation "validate all".services: names nothing, and a validation of nothing would always succeed; name the services that must be there',
  },
  {
    kind: 'validated service',
    what: 'A path is asked of no service, and one of a name',
    build: validation((one) => [one, js({ path: '/live' }), js({ service: 'payments', path: '/live' })]),
    message: several(
      'validate.services[1]: {"path":"/live"} must be made with new BankingService(chart, id, { … }), or a map like { service: payments, path: "/healthz" }',
      'validate.services[2].service: "payments" must be made with new BankingService(chart, id, { … })',
    ),
  },
  {
    kind: 'validated service',
    what: 'A service is named twice',
    build: validation((one) => [one, { service: one, path: '/live' }]),
    message: 'validate.services: names payments twice; name each service once',
  },
  {
    kind: 'validated service',
    what: 'Services of two namespaces are named',
    build: validation((one, { chart }) => [
      one,
      ledger(chart, new ZeroTrustNamespace(chart, 'other', { name: 'retail', platform })),
    ]),
    message:
      'validate.services: lie in several namespaces (banking, retail), and the Job may look into its own; make a validation for each',
  },
  {
    kind: 'validated service',
    what: 'The health of a service can not be asked through the mesh',
    build: (site) => validation((one) => [one], {}, { health: tcp })(site),
    message:
      'validate.services payments: its readiness probe asks by tcp, which no request through the mesh can; write { service: payments, path: "/healthz" }',
  },
  {
    kind: 'validated service',
    what: 'The port of its health is not the Service’s',
    build: (site) => validation((one) => [one], {}, { health: Health.healthz({ port: 8081 }) })(site),
    message:
      'validate.services payments: its readiness probe asks port 8081, which its Service does not have; write { service, path, port }, or add the port to the service',
  },
  {
    kind: 'validated service',
    what: 'A path is asked of a port that speaks gRPC',
    build: validation(
      (one) => [{ service: one, path: '/healthz' }],
      {},
      { protocol: PortProtocol.GRPC, health: Health.grpc({ readinessService: 'a.B' }) },
    ),
    message: 'validate.services payments: port 8080 speaks grpc, and a path is asked by HTTP/1.1; name a port that speaks http',
  },
  {
    kind: 'validated service',
    what: 'A path is asked of a service that speaks bytes',
    build: (site) =>
      validation((one) => [{ service: one, path: '/healthz' }], {}, { protocol: PortProtocol.TCP, health: bytes })(site),
    message: 'validate.services payments: port 8080 speaks tcp, and a path is asked by HTTP/1.1; name a port that speaks http',
  },
  {
    kind: 'validated service',
    what: 'The name of a gRPC service is longer than its length can be written',
    build: (site) => {
      const health = Health.grpc({ readinessService: `${'ß'.repeat(63)}ab` });
      validation((one) => [one], {}, { protocol: PortProtocol.GRPC, health })(site);
    },
    message: `validate.services payments: the name of its gRPC service, "${'ß'.repeat(63)}ab", is longer than 127 bytes`,
  },
  {
    kind: 'validated service',
    what: 'A port is asked that there is not',
    build: validation((one) => [{ service: one, port: 9999 }]),
    message: 'validate.services payments: has no port 9999; it has 8080 (http)',
  },
  {
    kind: 'hostile text',
    what: 'A path of a health request has a command in it',
    build: validation((one) => [{ service: one, path: "/healthz'; reboot; '" }]),
    message: `validate.services payments: "/healthz'; reboot; '" is not a path of a request; write it like "/healthz"`,
  },
  {
    kind: 'hostile text',
    what: 'A path of a health request climbs',
    build: validation((one) => [{ service: one, path: '/public/../admin' }]),
    message: 'validate.services payments: "/public/../admin" is not a path of a request; write it like "/healthz"',
  },
  {
    kind: 'validated service',
    what: 'A path of a health request starts nowhere, another ends above',
    build: (site) => {
      const home = namespace(site.chart, { platform });
      const asked = [
        { service: payments(site.chart, {}, home), path: 'healthz/' },
        { service: ledger(site.chart, home), path: '/public/..' },
      ];
      return new DeploymentValidation(site.chart, 'validate', { services: asked, image: TOOLS });
    },
    message: several(
      'validate.services payments: "healthz/" is not a path of a request; write it like "/healthz"',
      'validate.services ledger: "/public/.." is not a path of a request; write it like "/healthz"',
    ),
  },
  {
    kind: 'validation limit',
    what: 'A release waits for a person, and the validation is not told how long',
    build: (site) => {
      const home = namespace(site.chart, { platform });
      const tester = new LoadTester(site.chart, 'load-tester', { namespace: home });
      const release = Release.canary({ webhooks: [Webhook.confirmPromotion(tester)] });
      const service = payments(site.chart, { release }, home);
      return new DeploymentValidation(site.chart, 'validate', { services: [service], image: TOOLS });
    },
    message: 'validate.timeout: is missing, and the release of payments waits for a person; say how long to wait for both',
  },
  {
    kind: 'validation image',
    what: 'The image of a validation moves',
    build: validation((one) => [one], { image: 'registry.example.com/kubectl:latest' }),
    message:
      'validate.image: "registry.example.com/kubectl:latest" has the tag "latest", which moves from image to image, so that a rollback would not roll back; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'validation limit',
    what: 'A validation has less time than a look takes',
    build: validation((one) => [one], { timeout: Duration.seconds(5) }),
    message: 'validate.timeout: 5 s must be a whole number of seconds from 10 to 604800',
  },
  {
    kind: 'choice',
    what: 'A GitOps tool is unknown',
    build: validation((one) => [one], { gitOps: js('jenkins') }),
    message: 'validate.gitOps: "jenkins" must be one of argo-cd, flux',
  },
  {
    kind: 'API server unknown',
    what: 'The platform does not say where the API server is',
    build: ({ chart }) => new DeploymentValidation(chart, 'validate', { services: [payments(chart)], image: IMAGE }),
    message: 'API server: the platform does not say where it is; set apiServer: { cidrs: [...] } on the Platform',
  },
];
