import { Duration } from 'cdk8s';
import {
  type BankingServiceProps,
  DatabaseMigration,
  type DatabaseMigrationProps,
  ExistingWorkload,
  type FlywayProps,
  type LiquibaseProps,
  MigrationGate,
  MigrationPhase,
  MigrationTool,
  Platform,
  PortProtocol,
  Release,
  SidecarMode,
} from 'cdk8s-banking';
import { type Site, type WrongInput, js, namespace, payments, several } from '../wrong-input';

export const user = (secret: string) => ({ username: { secret, key: 'username' }, password: { secret, key: 'password' } });
const SCHEMA = 'registry.example.com/payments-schema:2.4.1';
export const flyway = (props: Partial<FlywayProps> = {}) => MigrationTool.flyway({ image: SCHEMA, ...props });
export const liquibase = (props: Partial<LiquibaseProps> = {}) =>
  MigrationTool.liquibase({ image: SCHEMA, changelog: 'changelog.yaml', ...props });
const init = (secret = 'payments-reader') => MigrationGate.init({ credentials: user(secret) });
export const contract = (version: string, oldestAlive = version) => MigrationPhase.contract(version, { oldestAlive });

/** A migration that is right, but for the props that are given. The service runs 2.4.1. */
export const migration =
  (props: Partial<DatabaseMigrationProps>, service: Partial<BankingServiceProps> = {}, platform = new Platform()) =>
  ({ chart }: Site) => {
    const home = namespace(chart, { platform });
    const ports = [{ port: 5432, protocol: PortProtocol.TCP }];
    return new DatabaseMigration(chart, 'payments-schema', {
      service: payments(chart, service, home),
      database: new ExistingWorkload(chart, 'payments-db', { namespace: home, ports }),
      url: 'jdbc:postgresql://payments-db:5432/payments',
      credentials: user('payments-owner'),
      tool: flyway(),
      phase: MigrationPhase.expand('2.4.1'),
      gate: init(),
      ...props,
    });
  };

const tool = (props: Partial<FlywayProps>) => (site: Site) => migration({ tool: flyway(props) })(site);
const changes = (props: Partial<LiquibaseProps>) => (site: Site) => migration({ tool: liquibase(props) })(site);

export const migrations: readonly WrongInput[] = [
  {
    kind: 'contract too early',
    what: 'A contract takes away what the running version needs',
    build: migration({ phase: contract('2.5.0'), gate: undefined }),
    message:
      'payments-schema.phase contract("2.5.0"): takes away what version 2.4.1 needs, which is alive: Deployment payments runs it; retire it first, and commit the contract after that',
  },
  {
    kind: 'contract too early',
    what: 'A contract is committed while a former version is said to be alive',
    build: migration({ phase: contract('2.4.1', '2.3.9'), gate: undefined }),
    message:
      'payments-schema.phase contract("2.4.1"): takes away what version 2.3.9 needs, which is alive: oldestAlive names it; retire it first, and commit the contract after that',
  },
  {
    kind: 'contract too early',
    what: 'A contract is committed while the old track still runs',
    build: migration(
      { phase: contract('2.5.0'), gate: undefined },
      { release: Release.weighted({ canary: { image: 'registry.example.com/payments:2.5.0' }, weight: 75 }) },
    ),
    message:
      'payments-schema.phase contract("2.5.0"): takes away what version 2.4.1 needs, which is alive: Deployment payments runs it; retire it first, and commit the contract after that',
  },
  {
    kind: 'contract too early',
    what: 'Whether the running version needs it can not be told',
    build: migration({ phase: contract('2.4.0'), gate: undefined }, { version: 'blue' }),
    message:
      'payments-schema.phase contract("2.4.0"): whether version blue still needs what it takes away can\'t be told (Deployment payments runs it); give versions of dotted numbers, like "4.2.0", or the very same text',
  },
  {
    kind: 'contract too early',
    what: 'Nothing is said of the oldest version alive',
    build: () => MigrationPhase.contract('2.4.1', js({})),
    message:
      'MigrationPhase.contract.oldestAlive: nothing is not a version of the service; write it as its pods are labelled, like "4.2.0"',
  },
  {
    kind: 'migration phase',
    what: 'A phase is of no version',
    build: () => MigrationPhase.expand('two point four'),
    message:
      'MigrationPhase.expand: "two point four" is not a version of the service; write it as its pods are labelled, like "4.2.0"',
  },
  {
    kind: 'migration gate',
    what: 'An expand has no gate',
    build: migration({ gate: undefined }),
    message:
      'payments-schema.gate: is missing, so that the new version would start before its schema is there; use MigrationGate.init({ credentials }), .argoCd() or .flux()',
  },
  {
    kind: 'migration gate',
    what: 'Pods are told to wait for a contract',
    build: migration({ phase: contract('2.4.1') }),
    message:
      'payments-schema.gate: keeps a new version waiting, and none waits for a contract; leave it out, or use MigrationGate.argoCd() or .flux(), which run it after the service',
  },
  {
    kind: 'migration gate',
    what: 'Pods would wait before their proxy is there',
    build: migration({}, {}, new Platform({ istio: { sidecar: SidecarMode.CLASSIC } })),
    message:
      'payments-schema.gate: needs the proxy as a native sidecar (Kubernetes 1.29 and newer, and not SidecarMode.CLASSIC): an ordinary one starts after the init containers, which can then reach nothing; use MigrationGate.argoCd() or .flux()',
  },
  {
    kind: 'migration gate',
    what: 'The old pods go before the new ones wait',
    build: migration({}, { release: Release.recreate({ acceptDowntime: 'Holds a lock on its files' }) }),
    message:
      'payments-schema.gate: keeps no old pod serving, since Release.recreate takes them away before a new one waits; use MigrationGate.argoCd() or .flux()',
  },
  {
    kind: 'migration gate',
    what: 'Pods of the service would hold the owner of the schema',
    build: (site) => migration({ gate: init('payments-owner') })(site),
    message:
      "payments-schema.gate.credentials: are those of the migration, who may change the schema, and pods of payments would hold them; give a user who may read, such as the service's own",
  },
  {
    kind: 'migration gate',
    what: 'A gate has no credentials',
    build: () => MigrationGate.init(js({})),
    message:
      'MigrationGate.init.credentials: is incomplete; give { username: { secret, key }, password: { secret, key } } of a user who may read',
  },
  {
    kind: 'migration gate',
    what: 'Pods of the service can not pull what they wait with',
    build: migration({ imagePullSecrets: ['registry-a', 'registry-b', 'registry-c'] }, { imagePullSecrets: ['registry-b'] }),
    message:
      'payments-schema.gate: pulls the same image in pods of payments, which lack registry-a, registry-c; add it to their imagePullSecrets',
  },
  {
    kind: 'migration gate',
    what: 'Flux would apply the Job again and again',
    build: (site) => migration({ gate: MigrationGate.flux(), ttlAfterFinished: Duration.hours(1) })(site),
    message:
      'payments-schema.ttlAfterFinished: makes Flux apply the Job again, which runs it again; leave it out: pruning clears away former Jobs',
  },
  {
    kind: 'migration gate',
    what: 'Under Flux the Job stands in the chart of the service',
    build: (site) => migration({ gate: MigrationGate.flux() })(site),
    message:
      'payments-schema.gate: the chart of the service (bank) also holds the migration, its namespace, the guard of payments-db; put the service into a chart of its own, so that the service is applied once the Job has succeeded',
  },
  {
    kind: 'secret in a manifest',
    what: 'A password is in the URL',
    build: migration({ url: 'jdbc:postgresql://payments-db:5432/payments?user=owner&password=hunter2' }),
    message:
      'payments-schema.url: holds a user or a password, and manifests are committed to Git; leave it out: credentials are given apart',
  },
  {
    kind: 'secret in a manifest',
    what: 'A password is in the URL, as Oracle takes it',
    build: migration({ url: 'jdbc:oracle:thin:scott/tiger@//payments-db:1521/payments' }),
    message:
      'payments-schema.url: holds a user or a password, and manifests are committed to Git; leave it out: credentials are given apart',
  },
  {
    kind: 'secret in a manifest',
    what: 'A password is in a script',
    build: (site) => tool({ scripts: { 'V1__x.sql': '-----BEGIN RSA PRIVATE KEY-----' } })(site),
    message:
      'payments-schema.tool.scripts: V1__x.sql holds a secret, and manifests are committed to Git; put it into a Secret and name it in secretFiles',
  },
  {
    kind: 'secret in a manifest',
    what: 'A password is given instead of its place',
    build: migration({ credentials: js({ username: 'owner', password: 'hunter2' }) }),
    message: several(
      'payments-schema.credentials.username: what is given must be the place of a value, like { secret: "ledger-db", key: "password" }, never the value itself',
      'payments-schema.credentials.password: what is given must be the place of a value, like { secret: "ledger-db", key: "password" }, never the value itself',
    ),
  },
  {
    kind: 'hostile text',
    what: 'A URL has what the kubelet would replace',
    build: migration({ url: 'jdbc:postgresql://$(HOST)/payments' }),
    message:
      'payments-schema.url: "jdbc:postgresql://$(HOST)/payments" is not a JDBC URL; write it like "jdbc:postgresql://ledger-db:5432/ledger", or name the Secret that holds it',
  },
  {
    kind: 'hostile text',
    what: 'A location ends the command',
    build: (site) => tool({ locations: ['filesystem:/sql; reboot'] })(site),
    message:
      'payments-schema.tool.locations: "filesystem:/sql; reboot" is not a location; write it like "filesystem:/flyway/sql" or "classpath:db/migration"',
  },
  {
    kind: 'hostile text',
    what: 'A changelog leads out of its folder',
    build: (site) => changes({ changelog: '../../etc/passwd' })(site),
    message:
      'payments-schema.tool.changelog: "../../etc/passwd" is not a changelog; write its path below the search path, like "changelog.yaml", without ".."',
  },
  {
    kind: 'hostile text',
    what: 'A label has a command in it',
    build: (site) => changes({ labels: 'expand`reboot`' })(site),
    message: 'payments-schema.tool.labels: "expand`reboot`" is not an expression; use names, "and", "or", "!" and brackets',
  },
  {
    kind: 'migration tool',
    what: 'Scripts are misnamed, so that Flyway passes them over',
    build: (site) => tool({ scripts: { 'V1__x.sql': '', 'v2_y.sql': '' } })(site),
    message:
      'payments-schema.tool.scripts: "v2_y.sql" is not named as Flyway reads it; write it like "V5__add_iban.sql" or "R__balances.sql"',
  },
  {
    kind: 'migration tool',
    what: 'There is no script',
    build: (site) => tool({ scripts: {} })(site),
    message:
      'payments-schema.tool.scripts: hold no migration, so that nothing would be migrated; write { "V5__add_iban.sql": "ALTER TABLE …" }',
  },
  {
    kind: 'migration tool',
    what: 'There is no location',
    build: (site) => tool({ locations: [] })(site),
    message: 'payments-schema.tool.locations: is empty, so that nothing would be migrated; leave it out, or name a folder',
  },
  {
    kind: 'migration tool',
    what: 'The target is a file',
    build: (site) => tool({ target: 'V5__add_iban.sql' })(site),
    message: 'payments-schema.tool.target: "V5__add_iban.sql" is not the version of a script; write "5" for V5__add_iban.sql',
  },
  {
    kind: 'migration tool',
    what: 'The changelog is not among the scripts',
    build: (site) => changes({ scripts: { 'other.yaml': '' } })(site),
    message: 'payments-schema.tool.scripts: have no "changelog.yaml", which is the changelog; add it',
  },
  {
    kind: 'migration tool',
    what: 'The image moves',
    build: (site) => tool({ image: 'registry.example.com/payments-schema:latest' })(site),
    message:
      'payments-schema.tool.image: "registry.example.com/payments-schema:latest" has the tag "latest", which moves from image to image, so that a rollback would not roll back; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'migration variable',
    what: 'A variable undoes what the gate looks at',
    build: migration({ variables: { FLYWAY_IGNORE_MIGRATION_PATTERNS: '*:*' } }),
    message: 'payments-schema.variables: FLYWAY_IGNORE_MIGRATION_PATTERNS is set by this construct; use the prop for it',
  },
  {
    kind: 'migration variable',
    what: 'A variable takes the password in',
    build: migration({ variables: { FLYWAY_PLACEHOLDERS_A: '$(FLYWAY_PASSWORD)' } }),
    message:
      'payments-schema.variables: FLYWAY_PLACEHOLDERS_A has "$(FLYWAY_PASSWORD)", of which Kubernetes would replace what is in $(…); write it without',
  },
  {
    kind: 'job',
    what: 'The name leaves no room for its hash',
    build: ({ chart }) => {
      const home = namespace(chart);
      const name = 'x'.repeat(53);
      return new DatabaseMigration(chart, name, {
        service: payments(chart, {}, home),
        database: new ExistingWorkload(chart, 'payments-db', { namespace: home, ports: [{ port: 5432 }] }),
        url: 'jdbc:postgresql://payments-db:5432/payments',
        credentials: user('payments-owner'),
        tool: flyway(),
        phase: MigrationPhase.expand('2.4.1'),
        gate: MigrationGate.argoCd(),
      });
    },
    message: `${'x'.repeat(53)}.name: "${'x'.repeat(53)}" is not a name that Kubernetes takes; use 1 to 52 lower-case letters, digits and "-", starting with a letter and not ending with "-"`,
  },
  {
    kind: 'job',
    what: 'A Job is tried for ever',
    build: migration({ retries: 1000 }),
    message: 'payments-schema: retries 1000 must be a whole number from 0 to 20',
  },
  {
    kind: 'job',
    what: 'A Job has no time',
    build: migration({ timeout: Duration.seconds(1) }),
    message: 'payments-schema.timeout: 1 s must be a whole number of seconds from 10 to 604800',
  },
  {
    kind: 'job',
    what: 'A Job runs as the proxy does',
    build: migration({ security: { user: 1337 } }),
    message:
      "payments-schema.security: user 1337 is the proxy's, whose traffic is not intercepted: it would bypass the mesh; use another id",
  },
  {
    kind: 'job',
    what: 'Everything is left out',
    build: ({ chart }) => new DatabaseMigration(chart, 'payments-schema', js({})),
    message: several(
      'payments-schema.service: is missing; it must be made with new BankingService(chart, id, { … })',
      'payments-schema.tool: is missing; it must be made with MigrationTool.flyway({ … }) or MigrationTool.liquibase({ … })',
      'payments-schema.phase: is missing; it must be made with MigrationPhase.expand("…") or MigrationPhase.contract("…", { … })',
      'payments-schema.url: is missing; it must be a JDBC URL, or the place of a value, like { secret: "ledger-db", key: "password" }, never the value itself',
      'payments-schema.credentials: is missing; it must be a map of props, like { key: value }',
      'payments-schema.database: is missing; give an ExistingWorkload, a ForeignWorkload or an ExternalHost',
    ),
  },
  {
    kind: 'job',
    what: 'A label would break a selector',
    build: migration({ labels: { app: 'x' } }),
    message:
      'payments-schema.labels: app is set by this construct, or must not be set at all: selectors and telemetry depend on it; use a key of your own',
  },
];
