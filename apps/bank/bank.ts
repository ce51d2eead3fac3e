import { Chart, Duration } from 'cdk8s';
import {
  AlertChannel,
  BankingService,
  CanaryAlert,
  CircuitBreaker,
  type Environment,
  ExistingWorkload,
  ExternalHost,
  Health,
  LoadTester,
  MeshGateway,
  Objective,
  ObservabilityStack,
  PortProtocol,
  Reach,
  Release,
  Scaling,
  ServiceTier,
  Subject,
  Webhook,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import { type BankEnvironment, platform } from './environments';

/** By digest: the same tag is the same image for ever, whatever happens to the registry. */
const images = {
  accounts:
    'registry.enterprise.com/banking/accounts:3.8.2@sha256:bc62a3c14fec277e3dc6b504bf7c6348c2e421f8acc42032deddb0a96070f078',
  payments:
    'registry.enterprise.com/banking/payments:2.4.1@sha256:df384ae97c77ad3001626aab01f2eb2aad176448109165df1d64c57b7091cd1c',
  loans: {
    blue: 'registry.enterprise.com/banking/enterprise-loan-system:5.1.0@sha256:be9aa7494d82bfe5fbee0aaf1131f1df313be491e1fecb7aba9dbbf41a0d1bd4',
    green:
      'registry.enterprise.com/banking/enterprise-loan-system:5.2.0@sha256:7c1f0e9a52d4b86f3e0d9c47a18b2f65d3ce904a7b8f61250e9d3c4a6f17b82e',
  },
  loadTester:
    'registry.enterprise.com/mirror/flagger-loadtester:0.38.0@sha256:2d91c6f04ab8e57319d2c6b07f4e8a13950bd2c7e64f1a8b35c09e7d46f2b1a8',
  web: 'registry.enterprise.com/banking/web:7.0.3@sha256:4b5e57f6eb2f42b9039b3d1e13929295f231749c510cbe341cd68036d9af97e2',
};

/** Three tiers: a web front, three APIs, and the data that they share. */
export function bank(environment: Environment, props: BankEnvironment): void {
  const data = new Chart(environment, 'banking-data');
  const dataNamespace = new ZeroTrustNamespace(data, 'namespace', { name: 'banking-data', platform });
  // An operator runs both; only who may reach them is said here.
  const postgres = new ExistingWorkload(data, 'postgres', {
    namespace: dataNamespace,
    ports: [{ port: 5432, protocol: PortProtocol.TCP, name: 'postgres' }],
  });
  const redis = new ExistingWorkload(data, 'redis', {
    namespace: dataNamespace,
    ports: [{ port: 6379, protocol: PortProtocol.TCP, name: 'redis' }],
  });

  const chart = new Chart(environment, 'banking');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', {
    name: 'banking',
    platform,
    access: { readers: [Subject.group('banking-developers')], deployers: [Subject.serviceAccount('ci', 'banking-deployer')] },
  });
  const api = {
    namespace,
    port: 8080,
    tier: ServiceTier.CRITICAL,
    health: Health.springBootActuator(),
    scaling: Scaling.horizontal(props.replicas),
  };

  // What the bank promises: it pages people when the budget burns, and stops a release before.
  const objective = Objective.of({ availability: 99.99, p95: Duration.millis(200) });
  const tester = new LoadTester(chart, 'load-tester', { namespace, image: images.loadTester });
  const releases = AlertChannel.slack({
    name: 'releases',
    channel: '#banking-releases',
    address: { secret: 'slack', key: 'address' },
  });
  const onCall = AlertChannel.pagerDuty({ name: 'on-call', routingKey: { secret: 'pagerduty', key: 'banking' } });

  const accounts = new BankingService(chart, 'accounts', {
    ...api,
    image: images.accounts,
    secretFiles: [{ secret: 'accounts-db', path: '/etc/secrets/db' }],
  });
  const payments = new BankingService(chart, 'payments', {
    ...api,
    image: images.payments,
    secretFiles: [{ secret: 'payments-db', path: '/etc/secrets/db' }],
    release: Release.canary({
      steps: [5, 25, 50, 100],
      objective,
      webhooks: [
        Webhook.acceptanceTest(tester, { requests: [{ path: '/api/v1/transfers/limits' }] }),
        Webhook.loadTest(tester, { requestsPerSecond: 20, path: '/api/v1/transfers/limits' }),
        Webhook.rollback(tester),
      ],
      alerts: [CanaryAlert.to(releases)],
    }),
    traffic: { circuitBreaker: CircuitBreaker.strict() },
  });
  // 10,000 requests a second at 200 ms are 2,000 under way at once. Limits count in each caller's proxy, so two of the
  // gateway's pods can carry them all.
  const loans = new BankingService(chart, 'enterprise-loan-system', {
    ...api,
    release: Release.blueGreen({
      blue: { image: images.loans.blue },
      green: { image: images.loans.green, variables: { LOAN_DECISION_TIMEOUT: '1500ms' } },
      state: props.loans,
    }),
    configuration: { variables: { SPRING_PROFILES_ACTIVE: props.name, LOAN_DECISION_TIMEOUT: '2s' } },
    secretFiles: [{ secret: 'enterprise-loan-system-db', path: '/etc/secrets/db' }],
    traffic: {
      circuitBreaker: CircuitBreaker.standard({ maxConnections: 1000, maxPendingRequests: 500, maxRequests: 4000 }),
      routes: [
        { path: '/api/v1/loans', timeout: Duration.seconds(10), retries: { attempts: 3, perTry: Duration.seconds(2) } },
        { path: '/api/v1/payments', timeout: Duration.seconds(15), retries: { attempts: 2, perTry: Duration.seconds(4) } },
      ],
    },
  });
  const web = new BankingService(chart, 'web', {
    namespace,
    image: images.web,
    port: 8080,
    scaling: Scaling.horizontal(props.replicas),
  });

  loans.allowFrom(web, { methods: ['GET', 'POST'], paths: ['/api/v1/loans', '/api/v1/loans/*'] });
  accounts.allowFrom(web, { methods: ['GET'], paths: ['/api/v1/accounts/*'] });
  accounts.allowFrom(loans, { methods: ['GET'], paths: ['/api/v1/accounts/*'] });
  payments.allowFrom(loans, { methods: ['POST'], paths: ['/api/v1/transfers'] });
  payments.allowTo(ExternalHost.https(props.clearingHouse.host, { reach: Reach.cidrs(props.clearingHouse.cidr) }));
  for (const service of [accounts, payments, loans]) service.allowTo(postgres);
  for (const service of [loans, web]) service.allowTo(redis);

  // A file of its own: rules are read as the table in the README, services line by line.
  new ObservabilityStack(new Chart(environment, 'banking-observability'), 'observability', {
    services: [accounts, payments, loans, web],
    objective,
    runbooks: 'https://runbooks.banking.enterprise.com',
    grafana: 'https://grafana.banking.enterprise.com',
    alerting: { pages: [onCall], tickets: [releases] },
  });

  new MeshGateway(chart, 'edge', { hosts: [props.host], issuer: props.issuer, namespace })
    .route('/', web, { methods: ['GET', 'HEAD'] })
    .route('/api/v1/loans', loans)
    .route('/api/v1/payments', loans)
    .route('/api/v1/accounts', accounts, { methods: ['GET'] });
}
