import { Chart, Duration } from 'cdk8s';
import {
  BankingService,
  CircuitBreaker,
  type Environment,
  ExistingWorkload,
  ExternalHost,
  Health,
  MeshGateway,
  PortProtocol,
  Reach,
  Scaling,
  ServiceTier,
  Subject,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import { type BankEnvironment, platform } from './environments';

const registry = 'registry.enterprise.com/banking';

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

  const accounts = new BankingService(chart, 'accounts', {
    ...api,
    image: `${registry}/accounts:3.8.2`,
    secretEnv: { DB_PASSWORD: { secret: 'accounts-db', key: 'password' } },
  });
  const payments = new BankingService(chart, 'payments', {
    ...api,
    image: `${registry}/payments:2.4.1`,
    secretEnv: { DB_PASSWORD: { secret: 'payments-db', key: 'password' } },
    traffic: { circuitBreaker: CircuitBreaker.strict() },
  });
  // 10,000 requests a second at 200 ms are 2,000 under way at once: the limits hold them, with room for one zone to fail.
  const loans = new BankingService(chart, 'enterprise-loan-system', {
    ...api,
    image: `${registry}/enterprise-loan-system:5.1.0`,
    configuration: { variables: { SPRING_PROFILES_ACTIVE: props.name, LOAN_DECISION_TIMEOUT: '2s' } },
    secretEnv: { DB_PASSWORD: { secret: 'enterprise-loan-system-db', key: 'password' } },
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
    image: `${registry}/web:7.0.3`,
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

  new MeshGateway(chart, 'edge', { hosts: [props.host], issuer: props.issuer, namespace })
    .route('/', web, { methods: ['GET', 'HEAD'] })
    .route('/api/v1/loans', loans)
    .route('/api/v1/payments', loans)
    .route('/api/v1/accounts', accounts, { methods: ['GET'] });
}
