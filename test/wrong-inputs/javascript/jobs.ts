import { Chart, Duration } from 'cdk8s';
import {
  DatabaseMigration,
  DeploymentValidation,
  ForeignWorkload,
  GitOpsApp,
  MigrationGate,
  MigrationPhase,
  MigrationTool,
  Platform,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import { js } from '../wrong-input';
import { type Targets, serviceWith, time } from './shared';

const PLACE = { secret: 'payments-db', key: 'username' };
const USER = { username: PLACE, password: { secret: 'payments-db', key: 'password' } };
const IMAGE = 'a:1.2.3';
const flyway = () => MigrationTool.flyway({ image: IMAGE });

const JOB = {
  name: 'work',
  imagePullPolicy: 'Always',
  imagePullSecrets: ['registry'],
  // What is in these is the same as of a service.
  resources: { ephemeralStorage: '1Gi' },
  security: { user: 10001 },
  placement: { nodeSelector: { a: 'b' } },
  timeout: time,
  retries: 2,
  ttlAfterFinished: Duration.hours(1),
  labels: { a: 'b' },
  podAnnotations: { a: 'b' },
};

/** One for all: it stands in an app of its own, which is never written. */
const platform = new Platform({ apiServer: { cidrs: ['10.20.0.10/32'] } });
const namespace = new ZeroTrustNamespace(new Chart(new GitOpsApp(), 'jobs'), 'namespace', { name: 'banking', platform });
const database = ForeignWorkload.postgres({ platform, namespace: 'databases', name: 'db' });

const isMap = (props: unknown): props is object => typeof props === 'object' && props !== null && !Array.isArray(props);

const service = serviceWith(namespace.node.scope as Chart, { namespace, imagePullSecrets: ['registry'] });

/** A migration with these props beside what only a class of ours can be. */
function migrate(chart: Chart, props: unknown): unknown {
  const fixed = { service, database, tool: flyway(), phase: MigrationPhase.expand('1.2.3'), gate: MigrationGate.argoCd() };
  return new DatabaseMigration(chart, 'schema', js(isMap(props) ? { ...fixed, ...props } : props));
}

const reader = { username: { secret: 'reader', key: 'a' }, password: { secret: 'reader', key: 'b' } };
const RIGHT = { url: 'jdbc:postgresql://db:5432/payments', credentials: USER };

/** Migrations and validations, with props that are right. */
export const JOBS: Targets = {
  DatabaseMigration: [{ ...RIGHT, ...JOB, port: 5432, variables: { A: 'b' } }, (props, chart) => migrate(chart, props)],
  'DatabaseMigration, with a URL in a Secret': [
    { url: PLACE },
    (props, chart) => migrate(chart, isMap(props) ? Object.assign({}, RIGHT, props) : props),
  ],
  'MigrationTool.flyway': [
    { image: IMAGE, locations: ['filesystem:/sql'], scripts: { 'V1__a.sql': 'SELECT 1' }, target: '1', schemas: ['a'] },
    (props, chart) => migrate(chart, { ...RIGHT, tool: MigrationTool.flyway(props) }),
  ],
  'MigrationTool.liquibase': [
    {
      image: IMAGE,
      changelog: 'a.sql',
      searchPath: '/sql',
      scripts: { 'a.sql': 'SELECT 1' },
      labels: 'a and b',
      contexts: 'a',
      repeated: 'again',
    },
    (props, chart) => migrate(chart, { ...RIGHT, tool: MigrationTool.liquibase(props) }),
  ],
  'MigrationGate.init': [
    { credentials: reader, timeout: time },
    (props, chart) => migrate(chart, { ...RIGHT, service: serviceWith(chart, { namespace }), gate: MigrationGate.init(props) }),
  ],
  'MigrationPhase.expand': [['2.4.1'], (args) => MigrationPhase.expand(js(Array.isArray(args) ? (args as unknown[])[0] : args))],
  'MigrationPhase.contract': [{ oldestAlive: '2.4.1' }, (options) => MigrationPhase.contract('2.4.1', options)],
  DeploymentValidation: [
    { name: 'validate', image: IMAGE, gitOps: 'argo-cd', timeout: time },
    (props, chart) => {
      const services = [service];
      return new DeploymentValidation(chart, 'validate', js(isMap(props) ? Object.assign({ services }, props) : props));
    },
  ],
  'DeploymentValidation, its services': [
    [{ path: '/healthz', port: 8080 }],
    (given, chart) => {
      const services: unknown = Array.isArray(given)
        ? (given as unknown[]).map((one) => (isMap(one) ? Object.assign({ service }, one) : one))
        : given;
      return new DeploymentValidation(chart, 'validate', js({ services, image: IMAGE }));
    },
  ],
};
