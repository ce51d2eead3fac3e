import type { BankingService } from '../banking-service/banking-service';
import { SECRET_KEY, type SecretKey, secretKeyProblems } from '../contracts/secret-key';
import { type Problems, show } from '../kernel/errors';
import { needed } from '../kernel/shape';
import { canBeNative } from '../jobs/proxy';
import { RecreateRelease } from '../release/recreate';
import type { DatabaseCredentials } from './gate';
import type { MigrationPhase } from './phase';
import type { DatabaseMigrationProps } from './props';
import { compareVersions } from './version';

/** What drivers take a user or a secret by: `user=`, MySQL's `password2=`, `trustStorePassword=` of SQL Server. */
const SECRET_KEYS = /[?&;:,(](user|username|[a-z0-9_.]*(password|passwd|pwd|secret|token)[0-9]?)=/i;

/** Oracle's URL with nobody in it begins with an @, or with "/@" where a wallet knows who asks. */
const NOBODY = /^(jdbc:oracle:[a-z0-9]+:)\/?@/;

/** A password in a URL is in the manifest, in the tool's log, and in the history of both. */
export function urlProblems(url: DatabaseMigrationProps['url'], problems: Problems): void {
  if (typeof url !== 'string') return secretKeyProblems(url, problems, 'url');
  if (SECRET_KEYS.test(url) || /[:/][^/@?]*[:/][^/@?]*@/.test(url.replace(NOBODY, '$1'))) {
    problems.add(
      'holds a user or a password, and manifests are committed to Git; leave it out: credentials are given apart',
      'url',
    );
    return;
  }
  problems.check(
    /^jdbc:[a-z0-9]+:[A-Za-z0-9:/?&=;,.%@_~()[\]+-]+$/.test(url),
    `${show(url)} is not a JDBC URL; write it like "jdbc:postgresql://ledger-db:5432/ledger", or name the Secret that holds it`,
    'url',
  );
}

/** Credentials are places in Secrets. */
export function credentialProblems({ username, password }: Partial<DatabaseCredentials>, problems: Problems, part: string): void {
  for (const [key, place] of Object.entries({ username, password })) {
    const fitting = needed(place, SECRET_KEY, problems, `${part}.${key}`);
    if (fitting) secretKeyProblems(fitting, problems, `${part}.${key}`);
  }
}

/** A contract is for a time when nobody needs any more what it takes away. */
export function aliveProblems(service: BankingService, phase: MigrationPhase, problems: Problems): void {
  const tracks = service.deployments.map(({ name, version }) => ({ version, where: `Deployment ${name} runs it` }));
  for (const { version, where } of [...tracks, { version: phase.oldestAlive!, where: 'oldestAlive names it' }]) {
    const order = compareVersions(version, phase.version);
    problems.check(
      order !== 'older',
      `takes away what version ${version} needs, which is alive: ${where}; retire it first, and commit the contract after that`,
      `phase ${String(phase)}`,
    );
    problems.check(
      order !== 'unclear',
      `whether version ${version} still needs what it takes away can't be told (${where}); ` +
        'give versions of dotted numbers, like "4.2.0", or the very same text',
      `phase ${String(phase)}`,
    );
  }
}

/** What keeps a new version waiting has to be there for an expand, and has to be able to. */
export function gateProblems(
  { service, phase, gate, credentials, imagePullSecrets = [] }: DatabaseMigrationProps,
  problems: Problems,
): void {
  if (phase.kind === 'contract') {
    problems.check(
      gate?.kind !== 'init',
      'keeps a new version waiting, and none waits for a contract; leave it out, or use MigrationGate.argoCd() or .flux(), which run it after the service',
      'gate',
    );
    return;
  }
  if (!gate) {
    problems.add(
      'is missing, so that the new version would start before its schema is there; use MigrationGate.init({ credentials }), .argoCd() or .flux()',
      'gate',
    );
    return;
  }
  if (gate.kind !== 'init') return;
  const reader = gate.options!.credentials;
  credentialProblems(reader, problems, 'gate.credentials');
  const same = (a: SecretKey, b: SecretKey | undefined) => a.secret === b?.secret && a.key === b.key;
  problems.check(
    !same(reader.password, credentials.password),
    `are those of the migration, who may change the schema, and pods of ${service.model.name} would hold them; give a user who may read, such as the service's own`,
    'gate.credentials',
  );
  problems.check(
    canBeNative(service.namespace.platform),
    'needs the proxy as a native sidecar (Kubernetes 1.29 and newer, and not SidecarMode.CLASSIC): an ordinary one starts after the ' +
      'init containers, which can then reach nothing; use MigrationGate.argoCd() or .flux()',
    'gate',
  );
  problems.check(
    !(service.model.release instanceof RecreateRelease),
    'keeps no old pod serving, since Release.recreate takes them away before a new one waits; use MigrationGate.argoCd() or .flux()',
    'gate',
  );
  const missing = imagePullSecrets.filter((secret) => !service.model.imagePullSecrets.includes(secret));
  problems.check(
    missing.length === 0,
    `pulls the same image in pods of ${service.model.name}, which lack ${missing.join(', ')}; add it to their imagePullSecrets`,
    'gate',
  );
}
