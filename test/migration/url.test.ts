import { type ConfigError, Problems } from '../../lib/kernel/errors';
import { urlProblems } from '../../lib/migration/problems';

function said(url: Parameters<typeof urlProblems>[0]): string[] {
  const problems = new Problems('x');
  urlProblems(url, problems);
  try {
    problems.throwIfAny();
    return [];
  } catch (e) {
    return (e as ConfigError).problems.map(({ where, what }) => `${where}: ${what}`);
  }
}

/* The forms that drivers document, without a user: https://docs.oracle.com/en/database/oracle/oracle-database/23/jjdbc/data-sources-and-URLs.html */
test.each([
  'jdbc:postgresql://db:5432/ledger?sslmode=verify-full&currentSchema=a,b',
  'jdbc:postgresql://a:5432,b:5433/ledger?options=a:b@c',
  'jdbc:mysql:loadbalance://[a:3306,b:3307]/ledger',
  'jdbc:sqlserver://db:1433;databaseName=ledger;encrypt=true',
  'jdbc:db2://db:50000/ledger',
  'jdbc:oracle:thin:@//db:1521/ledger',
  'jdbc:oracle:thin:@db:1521:ORCL',
  'jdbc:oracle:thin:@tcps://db:2484/ledger?oracle.net.ssl_server_dn_match=true',
  'jdbc:oracle:thin:/@ledger_high',
])('%s says where, and not who', (url) => {
  expect(said(url)).toEqual([]);
});

test.each([
  'jdbc:postgresql://owner:word@db/ledger',
  'jdbc:postgresql://owner@db/ledger',
  'jdbc:postgresql://db/ledger?USER=owner',
  'jdbc:postgresql://db/ledger?sslmode=require&sslpassword=word',
  'jdbc:mysql://db/ledger?password2=word',
  'jdbc:mysql://address=(host=db)(user=owner)(password=word)/ledger',
  'jdbc:mysql://(host=db,passwd=word)/ledger',
  'jdbc:sqlserver://db;userName=owner',
  'jdbc:sqlserver://db;trustStorePassword=word',
  'jdbc:db2://db:50000/ledger:pwd=word;',
  'jdbc:oracle:thin:owner/word@//db:1521/ledger',
  'jdbc:oracle:thin:owner/word@db:1521:ORCL',
  'jdbc:oracle:thin:@owner/word@db:1521:ORCL',
])('%s says who', (url) => {
  expect(said(url)).toEqual([
    'x.url: holds a user or a password, and manifests are committed to Git; leave it out: credentials are given apart',
  ]);
});

test.each([
  'postgresql://db/ledger',
  'see jdbc:postgresql://db/ledger',
  'jdbc:postgresql://db/ledger $(reboot)',
  'jdbc:X:y',
  'jdbc:',
])('%s is no JDBC URL', (url) => {
  expect(said(url)).toEqual([
    `x.url: ${JSON.stringify(url)} is not a JDBC URL; write it like "jdbc:postgresql://ledger-db:5432/ledger", or name the Secret that holds it`,
  ]);
});

test('its place must be one that there can be', () => {
  expect(said({ secret: 'ledger-db', key: 'url' })).toEqual([]);
  expect(said({ secret: 'ledger db', key: 'a/b' })).toEqual([
    'x.url: "ledger db" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
    'x.url: key "a/b" is not a key of a Secret; use letters, digits, "-", "_" and "."',
  ]);
});
