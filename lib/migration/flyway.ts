import { fileProblems, sizeProblem } from '../banking-service/configuration';
import { parseImage } from '../banking-service/image';
import { type Problems, show } from '../kernel/errors';
import { ANYTHING, TEXT, type Shapes, listOf, mapOf } from '../kernel/shape';
import { SCRIPTS_PATH, type ToolModel } from './tool-model';

export interface FlywayProps {
  /** Image with Flyway, and with the scripts unless `scripts` are given; with a digest, or a tag that never moves. */
  readonly image: string;
  /** Where the scripts are. @default ['filesystem:/flyway/sql'], or where `scripts` are mounted */
  readonly locations?: readonly string[];
  /** Scripts that come with the manifests, by file name: `V5__add_iban.sql`. At most 1 MiB in all. @default - those of the image */
  readonly scripts?: Readonly<Record<string, string>>;
  /**
   * The version of the schema to go up to. One image with all scripts then serves both phases, and an image without that script is
   * found out: without a target, an empty folder passes for a schema that is up to date.
   * @default - every script there is
   */
  readonly target?: string;
  /** Schemas that are migrated; the first one holds the history table. @default - the user's own */
  readonly schemas?: readonly string[];
}

/** What `FlywayProps` may hold. */
export const FLYWAY: Shapes<FlywayProps> = {
  image: ANYTHING,
  locations: listOf(TEXT),
  scripts: mapOf(TEXT),
  target: TEXT,
  schemas: listOf(TEXT),
};

/** https://documentation.red-gate.com/flyway/flyway-concepts/migrations */
const MIGRATION = /^([VUB][0-9]+([._][0-9]+)*|R)__[A-Za-z0-9_.-]+\.sql$/;
const CALLBACK = /^(before|after)[A-Z][A-Za-z]*(__[A-Za-z0-9_.-]+)?\.sql$/;

/**
 * What the gate does not wait for. The default, `*:future` alone, makes pods of the former version fail as soon as a repeatable
 * migration was changed by the new one: they could then neither be scaled up nor be started anew.
 */
const NOT_WAITED_FOR = '*:future,repeatable:*';

/** Flyway's command line and variables: flyway-core, ConfigUtils.java, and flyway-commandline, CommandLineArguments.java. */
export function flyway(props: FlywayProps, problems: Problems): ToolModel {
  const { scripts, target, schemas = [] } = props;
  problems.take(() => parseImage(props.image), undefined, 'tool.image');
  const locations = props.locations ?? [`filesystem:${scripts ? SCRIPTS_PATH : '/flyway/sql'}`];
  problems.check(
    locations.length > 0,
    'is empty, so that nothing would be migrated; leave it out, or name a folder',
    'tool.locations',
  );
  for (const location of locations) {
    problems.check(
      /^(filesystem|classpath|s3|gcs):[A-Za-z0-9_./*-]+$/.test(location),
      `${show(location)} is not a location; write it like "filesystem:/flyway/sql" or "classpath:db/migration"`,
      'tool.locations',
    );
  }
  if (scripts) scriptProblems(scripts, problems);
  problems.check(
    target === undefined || /^[0-9]+([._][0-9]+)*$/.test(target),
    `${show(target)} is not the version of a script; write "5" for V5__add_iban.sql`,
    'tool.target',
  );
  for (const schema of schemas) {
    problems.check(
      /^[A-Za-z_][A-Za-z0-9_-]*$/.test(schema),
      `${show(schema)} is not the name of a schema; use letters, digits, "_" and "-"`,
      'tool.schemas',
    );
  }
  const env = {
    FLYWAY_LOCATIONS: locations.join(','),
    // A folder that is missing, or a script whose name is misspelled, is passed over otherwise.
    FLYWAY_FAIL_ON_MISSING_LOCATIONS: 'true',
    FLYWAY_VALIDATE_MIGRATION_NAMING: 'true',
    FLYWAY_CLEAN_DISABLED: 'true',
    // Nothing of it gets out of the namespace anyway; it would only cost time.
    REDGATE_DISABLE_TELEMETRY: 'true',
    ...(target === undefined ? {} : { FLYWAY_TARGET: target }),
    ...(schemas.length ? { FLYWAY_SCHEMAS: schemas.join(',') } : {}),
  };
  const command = ['flyway', '-skipCheckForUpdate'];
  return {
    name: 'Flyway',
    image: props.image,
    user: 10001,
    variables: { url: 'FLYWAY_URL', username: 'FLYWAY_USER', password: 'FLYWAY_PASSWORD' },
    // The proxy is there before its routes are; a second try comes after 1 s, the next after 2 s, and so on.
    migrate: { command: [...command, 'migrate'], env: { ...env, FLYWAY_CONNECT_RETRIES: '5' } },
    check: {
      env: { ...env, FLYWAY_IGNORE_MIGRATION_PATTERNS: NOT_WAITED_FOR },
      condition: [`${command.join(' ')} validate`],
    },
    scripts,
    upTo: target === undefined ? 'every script' : `script version ${target}`,
  };
}

function scriptProblems(scripts: Readonly<Record<string, string>>, problems: Problems): void {
  const part = 'tool.scripts';
  fileProblems(scripts, problems, part);
  sizeProblem(scripts, 'their ConfigMap', problems, part);
  const names = Object.keys(scripts);
  problems.check(
    names.some((name) => MIGRATION.test(name)),
    'hold no migration, so that nothing would be migrated; write { "V5__add_iban.sql": "ALTER TABLE …" }',
    part,
  );
  for (const name of names) {
    problems.check(
      MIGRATION.test(name) || CALLBACK.test(name) || !/\.sql$/.test(name),
      `${show(name)} is not named as Flyway reads it; write it like "V5__add_iban.sql" or "R__balances.sql"`,
      part,
    );
  }
}
