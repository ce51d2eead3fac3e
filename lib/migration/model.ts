import { BankingService } from '../banking-service/banking-service';
import { KEEP_FORMER } from '../banking-service/config-maps';
import { contentHash, variableProblems } from '../banking-service/configuration';
import { versionOf, parseImage } from '../banking-service/image';
import type { SecretKey } from '../contracts/secret-key';
import { SECRET_KEY } from '../contracts/secret-key';
import { Problems, called, show } from '../kernel/errors';
import { ANYTHING, PARSED, TEXT, type Shapes, either, fitProps, madeBy, mapOf, needed, type Shape } from '../kernel/shape';
import { type JobDelivery, PLAIN, argoCdHook } from '../jobs/delivery';
import { JOB, type JobModel, resolveJob, wholeSeconds } from '../jobs/model';
import { canBeNative, quittingByBash } from '../jobs/proxy';
import { CREDENTIALS, type DatabaseCredentials, MigrationGate } from './gate';
import { MigrationPhase } from './phase';
import { aliveProblems, credentialProblems, gateProblems, urlProblems } from './problems';
import type { DatabaseMigrationProps } from './props';
import { MigrationTool } from './tool';
import { SCRIPTS_PATH, type ToolModel, type ToolRun } from './tool-model';

const URL: Shape = either({ what: 'a JDBC URL', fits: (value) => typeof value === 'string' }, SECRET_KEY);
const REQUIRED = {
  service: madeBy(BankingService, 'new BankingService(chart, id, { … })'),
  tool: madeBy(MigrationTool, 'MigrationTool.flyway({ … }) or MigrationTool.liquibase({ … })'),
  phase: madeBy(MigrationPhase, 'MigrationPhase.expand("…") or MigrationPhase.contract("…", { … })'),
  url: URL,
  credentials: CREDENTIALS,
} as const;

const PROPS: Shapes<DatabaseMigrationProps> = {
  ...JOB,
  ...REQUIRED,
  database: ANYTHING,
  port: PARSED,
  variables: mapOf(TEXT),
  gate: madeBy(MigrationGate, 'MigrationGate.init({ … }), MigrationGate.argoCd() or MigrationGate.flux()'),
};

/** The props with every default filled in. Frozen. */
export interface MigrationModel {
  readonly job: JobModel;
  readonly tool: ToolModel;
  readonly phase: MigrationPhase;
  readonly gate?: MigrationGate;
  /** Variables of the gate's container, and how long it looks, in seconds. */
  readonly init?: {
    readonly env: Readonly<Record<string, string>>;
    readonly secretEnv: Readonly<Record<string, SecretKey>>;
    readonly limit: number;
  };
}

/** Ten minutes: a change that both versions work with is one that locks nothing for long. */
const DEADLINE = 600;
const RETRIES = 3;

/** Validates the props and fills in the defaults. @throws ConfigError that lists every problem. */
export function resolveMigration(wanted: string, given: DatabaseMigrationProps): MigrationModel {
  const problems = new Problems(called('migration', wanted));
  const props = fitProps(given, PROPS, problems);
  for (const [part, shape] of Object.entries(REQUIRED)) needed(given[part as keyof typeof REQUIRED], shape, problems, part);
  if (given.database === undefined) {
    problems.add('is missing; give an ExistingWorkload, a ForeignWorkload or an ExternalHost', 'database');
  }
  problems.throwIfAny();
  const { service, phase, gate, credentials, url } = props;
  const tool = withVariables(props.tool.resolve(problems), props.variables ?? {}, problems);
  urlProblems(url, problems);
  credentialProblems(credentials, problems, 'credentials');
  if (phase.kind === 'contract') aliveProblems(service, phase, problems);
  gateProblems(props, problems);
  const job = resolveJob(
    wanted,
    props,
    { deadline: DEADLINE, retries: RETRIES, user: tool.user },
    deliveryOf(phase, gate),
    problems,
  );
  if (gate?.kind === 'flux') {
    problems.check(
      props.ttlAfterFinished === undefined,
      'makes Flux apply the Job again, which runs it again; leave it out: pruning clears away former Jobs',
      'ttlAfterFinished',
    );
  }
  const limit = wholeSeconds(gate?.options?.timeout, job.deadline, 10, 'gate.timeout', problems);
  problems.throwIfAny();

  const { platform } = service.namespace;
  const { command, env } = tool.migrate;
  const files = tool.scripts && {
    name: `${job.name}-scripts-${contentHash(tool.scripts)}`,
    data: tool.scripts,
    path: SCRIPTS_PATH,
    // Pods of the service that wait for it mount it for as long as they live, and as their release has it.
    annotations: gate?.kind === 'init' ? { ...KEEP_FORMER, ...service.model.release.configMapAnnotations } : {},
  };
  const image = parseImage(tool.image);
  return Object.freeze({
    job: Object.freeze({
      ...job,
      image: tool.image,
      version: versionOf(image),
      command: canBeNative(platform) ? command : quittingByBash(command),
      ...variables(tool, env, url, credentials),
      files,
      token: false,
      undisturbed: true,
    }),
    tool,
    phase,
    gate,
    init: gate?.options && { ...variables(tool, tool.check.env, url, gate.options.credentials), limit },
  });
}

/** The tool with what the user adds; what is set by us keeps its meaning. */
function withVariables(tool: ToolModel, variables: Readonly<Record<string, string>>, problems: Problems): ToolModel {
  variableProblems(variables).forEach((what) => problems.add(what, 'variables'));
  const ours = [...Object.keys(tool.migrate.env), ...Object.keys(tool.check.env), ...Object.values(tool.variables)];
  for (const [name, value] of Object.entries(variables)) {
    problems.check(!ours.includes(name), `${name} is set by this construct; use the prop for it`, 'variables');
    problems.check(
      !/\$\([^)]*\)/.test(value),
      `${name} has ${show(value)}, of which Kubernetes would replace what is in $(…); write it without`,
      'variables',
    );
  }
  const more = <T extends Pick<ToolRun, 'env'>>(run: T): T => ({ ...run, env: { ...run.env, ...variables } });
  return { ...tool, migrate: more(tool.migrate), check: more(tool.check) };
}

/** Variables of a container with the tool. Nobody sees them in a list of processes, and secrets stay where they are. */
function variables(
  { variables: names }: ToolModel,
  env: Readonly<Record<string, string>>,
  url: DatabaseMigrationProps['url'],
  { username, password }: DatabaseCredentials,
): Pick<JobModel, 'env' | 'secretEnv'> {
  const plain = typeof url === 'string';
  return {
    env: { ...env, ...(plain ? { [names.url]: url } : {}) },
    secretEnv: { ...(plain ? {} : { [names.url]: url }), [names.username]: username, [names.password]: password },
  };
}

function deliveryOf(phase: MigrationPhase, gate: MigrationGate | undefined): JobDelivery {
  if (gate?.kind !== 'argo-cd') return PLAIN;
  return argoCdHook(phase.kind === 'expand' ? 'Sync' : 'PostSync');
}
