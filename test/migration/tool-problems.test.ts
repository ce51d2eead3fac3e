import { type FlywayProps, type LiquibaseProps, MigrationTool } from '../../lib';
import { type ConfigError, Problems } from '../../lib/kernel/errors';

function said(tool: MigrationTool): string[] {
  const problems = new Problems('x');
  tool.resolve(problems);
  try {
    problems.throwIfAny();
    return [];
  } catch (e) {
    return (e as ConfigError).problems.map(({ where, what }) => `${where}: ${what}`);
  }
}

const image = 'registry.example.com/vault/teller-schema:4.7.0';
const flyway = (props: Partial<FlywayProps>) => said(MigrationTool.flyway({ image, ...props }));
const liquibase = (props: Partial<LiquibaseProps>) =>
  said(MigrationTool.liquibase({ image, changelog: 'changelog.yaml', ...props }));
const BIG = 'x'.repeat(1024 ** 2);

describe('what Flyway is told', () => {
  test.each<[string, Partial<FlywayProps>]>([
    ['locations of every kind', { locations: ['filesystem:/sql', 'classpath:db/migration', 's3:bucket/a', 'gcs:bucket/*.d'] }],
    ['a version of one number', { target: '5' }],
    ['a version of several numbers', { target: '2026.11_21.300' }],
    ['schemas', { schemas: ['_audit', 'Teller-2'] }],
    [
      'scripts of every kind, callbacks, and files beside them',
      {
        scripts: {
          'V5__a.sql': '',
          'V5.1_12__b-c.sql': '',
          'U5__a.sql': '',
          'B5__a.sql': '',
          'R__b.sql': '',
          'beforeMigrate.sql': '',
          'afterEachMigrate__grants.sql': '',
          'V5__a.sql.conf': '',
          'README.md': '',
        },
      },
    ],
  ])('%s', (_, props) => {
    expect(flyway(props)).toEqual([]);
  });

  test.each(['sql', 'my filesystem:/sql', 'filesystem:/sql;x', 'filesystem:', 'ftp:/sql'])('%s is no location', (location) => {
    expect(flyway({ locations: ['filesystem:/sql', location] })).toEqual([
      `x.tool.locations: "${location}" is not a location; write it like "filesystem:/flyway/sql" or "classpath:db/migration"`,
    ]);
  });

  test.each(['latest', 'V5', '5.x', '5.', '5..1', '5-1', '', '5 '])('"%s" is no version to go up to', (target) => {
    expect(flyway({ target })).toEqual([
      `x.tool.target: "${target}" is not the version of a script; write "5" for V5__add_iban.sql`,
    ]);
  });

  test.each(['5teller', 'teller;x', 'a b', ''])('"%s" is no schema', (schema) => {
    expect(flyway({ schemas: ['teller', schema] })).toEqual([
      `x.tool.schemas: "${schema}" is not the name of a schema; use letters, digits, "_" and "-"`,
    ]);
  });

  test.each([
    'v6__b.sql',
    'V6_b.sql',
    'V6__.sql',
    'xV6__b.sql',
    'V.6__b.sql',
    'R_b.sql',
    'beforemigrate.sql',
    'xafterMigrate.sql',
  ])('%s is passed over by Flyway', (name) => {
    expect(flyway({ scripts: { 'V5__a.sql': '', [name]: '' } })).toEqual([
      `x.tool.scripts: "${name}" is not named as Flyway reads it; write it like "V5__add_iban.sql" or "R__balances.sql"`,
    ]);
  });

  test('more than a ConfigMap holds', () => {
    expect(flyway({ scripts: { 'V5__a.sql': BIG } })).toEqual([
      'x.tool.scripts: their ConfigMap holds 1048585 bytes, more than the 1048576 of a ConfigMap; split it, or mount a volume',
    ]);
  });

  test('what there is not', () => {
    expect(() => MigrationTool.flyway({ image, folder: '/sql' } as never)).toThrow(
      'MigrationTool.flyway: there is no prop "folder"; there are image, locations, scripts, target, schemas',
    );
  });
});

describe('what Liquibase is told', () => {
  test.each<[string, Partial<LiquibaseProps>]>([
    ['a changelog in a folder', { changelog: 'db.d/v4/change-log_1.xml' }],
    ['a changelog that starts with dots', { changelog: '..changes/...yaml' }],
    ['where it is', { searchPath: '/opt/my-changes_1.d/x' }],
    ['expressions', { labels: 'expand and !(slow, never)', contexts: 'prod or test@eu' }],
    ['what is repeated', { repeated: 'again_1.2-x' }],
    ['its changelog among the files', { scripts: { 'changelog.yaml': '', 'V1.sql': '' } }],
  ])('%s', (_, props) => {
    expect(liquibase(props)).toEqual([]);
  });

  test.each<[string, string | undefined]>([
    ['nothing', undefined],
    ['""', ''],
    ['"/etc/changes.yaml"', '/etc/changes.yaml'],
    ['"a//b.yaml"', 'a//b.yaml'],
    ['"a.yaml;x"', 'a.yaml;x'],
    ['".."', '..'],
    ['"../a.yaml"', '../a.yaml'],
    ['"a/../b.yaml"', 'a/../b.yaml'],
    ['"a/.."', 'a/..'],
  ])('%s is no changelog', (shown, changelog) => {
    expect(liquibase({ changelog })).toEqual([
      `x.tool.changelog: ${shown} is not a changelog; write its path below the search path, like "changelog.yaml", without ".."`,
    ]);
  });

  test.each(['changes', 'my /changes', '/opt/changes,/etc', '/'])('"%s" is no folder', (searchPath) => {
    expect(liquibase({ searchPath })).toEqual([
      `x.tool.searchPath: "${searchPath}" is not a folder; write it like "/liquibase/changelog"`,
    ]);
  });

  test.each(['a;b', '$(reboot)', ''])('"%s" is no expression, nor a label', (text) => {
    expect(liquibase({ labels: text, contexts: text, repeated: text })).toEqual([
      `x.tool.labels: "${text}" is not an expression; use names, "and", "or", "!" and brackets`,
      `x.tool.contexts: "${text}" is not an expression; use names, "and", "or", "!" and brackets`,
      `x.tool.repeated: "${text}" is not a label; use letters, digits, ".", "_" and "-"`,
    ]);
  });

  test.each(['a b', '!a', 'a,'])('an expression is no label: "%s"', (repeated) => {
    expect(liquibase({ repeated })).toEqual([
      `x.tool.repeated: "${repeated}" is not a label; use letters, digits, ".", "_" and "-"`,
    ]);
  });

  test('an image that moves, and files that it should not have or can not hold', () => {
    const scripts = { 'changelog.yaml': BIG, 'a b.sql': '' };
    expect(liquibase({ image: 'liquibase', scripts })).toEqual([
      expect.stringMatching(/^x\.tool\.image: "liquibase" /),
      'x.tool.scripts: "a b.sql" is not a file name; use letters, digits, ".", "_" and "-"',
      'x.tool.scripts: their ConfigMap holds 1048597 bytes, more than the 1048576 of a ConfigMap; split it, or mount a volume',
    ]);
  });

  test('what there is not', () => {
    expect(() => MigrationTool.liquibase({ image, changelog: 'a.yaml', context: 'prod' } as never)).toThrow(
      'MigrationTool.liquibase: there is no prop "context"; there are image, changelog, searchPath, scripts, labels, contexts, repeated',
    );
  });
});

describe('how far it goes, and what a gate waits for', () => {
  const model = (tool: MigrationTool) => tool.resolve(new Problems('x'));

  test('Flyway', () => {
    expect(model(MigrationTool.flyway({ image })).upTo).toBe('every script');
    expect(model(MigrationTool.flyway({ image, target: '17' })).upTo).toBe('script version 17');
  });

  test.each<[Partial<LiquibaseProps>, string, string | undefined, string | undefined]>([
    [{}, 'every changeset', undefined, undefined],
    [{ labels: 'a or b' }, 'changesets of a or b', 'a or b', 'a or b'],
    [{ repeated: 'again' }, 'every changeset', undefined, '!again'],
    [{ labels: 'a or b', repeated: 'again' }, 'changesets of a or b', 'a or b', '(a or b) and !again'],
  ])('Liquibase with %j', (props, upTo, run, waited) => {
    const { migrate, check, ...rest } = model(MigrationTool.liquibase({ image, changelog: 'a.yaml', ...props }));
    const filter = 'LIQUIBASE_COMMAND_LABEL_FILTER';
    expect([rest.upTo, migrate.env[filter], check.env[filter]]).toEqual([upTo, run, waited]);
  });
});
