// Writes every shell script that the library generates into a folder, and prints their paths, a line each:
//   npm run build && shellcheck --severity=style $(node .ci/scripts-to-check.mjs /tmp/scripts)
// The folder is the first argument; the second one is the compiled library, if it is not the one in build/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [folder, library = join(import.meta.dirname, '..', 'build', 'lib')] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node .ci/scripts-to-check.mjs <folder> [<compiled library>]');
  process.exit(2);
}
const require = createRequire(import.meta.url);
const banking = require(resolve(library));
const { App, Chart, Duration, Testing } = require('cdk8s');

const user = (secret) => ({ username: { secret, key: 'username' }, password: { secret, key: 'password' } });
const flyway = banking.MigrationTool.flyway({ image: 'registry.example.com/schema:1.0.0', target: '7' });
const liquibase = banking.MigrationTool.liquibase({ image: 'registry.example.com/schema:1.0.0', changelog: 'changelog.yaml' });

/** A system on one kind of platform, with one way of releasing: each form of each script is in one of them. */
function objects(name, istio, release, tool, gate) {
  const chart = new Chart(new App(), name);
  const platform = new banking.Platform({ istio, apiServer: { cidrs: ['10.20.0.10/32'] } });
  const namespace = new banking.ZeroTrustNamespace(chart, 'namespace', { name: 'bank', platform });
  const common = { namespace, port: 8080 };
  const ledger = new banking.BankingService(chart, 'ledger', { ...common, image: 'registry.example.com/ledger:1.0.0', release });
  const rates = new banking.BankingService(chart, 'rates', {
    ...common,
    image: 'registry.example.com/rates:1.0.0',
    protocol: banking.PortProtocol.GRPC,
    health: banking.Health.grpc({ readinessService: 'bank.v1.Rates' }),
  });
  new banking.DatabaseMigration(chart, 'schema', {
    service: ledger,
    database: banking.ForeignWorkload.postgres({ platform, namespace: 'databases', name: 'ledger-db' }),
    url: 'jdbc:postgresql://ledger-db.databases:5432/ledger',
    credentials: user('owner'),
    tool,
    phase: banking.MigrationPhase.expand('1.0.0'),
    gate,
  });
  new banking.DeploymentValidation(chart, 'validate', {
    services: [ledger, rates],
    image: 'registry.example.com/kubectl:1.34.1',
    timeout: Duration.seconds(900),
  });
  return Testing.synth(chart);
}

const init = banking.MigrationGate.init({ credentials: user('reader') });
const { canary, rolling } = banking.Release;
const systems = {
  flyway: objects('flyway', {}, rolling(), flyway, init),
  liquibase: objects('liquibase', {}, canary(), liquibase, init),
  classic: objects('classic', { sidecar: banking.SidecarMode.CLASSIC }, rolling(), flyway, banking.MigrationGate.argoCd()),
};

const SHELLS = { sh: 'sh', bash: 'bash' };
const scripts = new Map();
for (const [system, all] of Object.entries(systems)) {
  for (const { kind, metadata, data, spec } of all) {
    const named = (what) => `${system}-${kind}-${metadata.name}-${what}`;
    for (const [file, text] of Object.entries(data ?? {})) {
      if (file.endsWith('.sh')) scripts.set(named(file), text);
    }
    const pod = spec?.template?.spec;
    for (const { name, command } of [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]) {
      const shell = SHELLS[command?.[0]];
      if (shell && command[1] === '-c') scripts.set(named(`${name}.${shell}`), `#!/usr/bin/env ${shell}\n${command[2]}\n`);
    }
  }
}
// A form that is lost would not be missed by shellcheck.
const forms = { init: /wait-for/, bash: /\.bash$/, validation: /validate\.sh$/, curl: /Job-validate-.*\.sh$/ };
for (const [form, pattern] of Object.entries(forms)) {
  if (![...scripts.keys()].some((name) => pattern.test(name))) throw new Error(`no script is of the form ${form}`);
}
mkdirSync(folder, { recursive: true });
for (const [name, text] of scripts) {
  const path = join(folder, name);
  writeFileSync(path, text);
  console.log(path);
}
