import { Duration } from 'cdk8s';
import { DatabaseMigration, MigrationGate } from 'cdk8s-banking';
import { type WrongInput, js, several } from '../wrong-input';
import { migration } from './migrations';

const argoCd = () => MigrationGate.argoCd();
const time = (part: string, given: string, least = 10) =>
  `payments-schema.${part}: ${given} s must be a whole number of seconds from ${least} to 604800`;
const tries = (given: string) => `payments-schema: retries ${given} must be a whole number from 0 to 20`;

/** What any Job may be told wrongly. */
export const jobs: readonly WrongInput[] = [
  {
    kind: 'job',
    what: 'A Job is tried less often than once',
    build: migration({ retries: -1 }),
    message: tries('-1'),
  },
  { kind: 'job', what: 'A Job is tried half a time', build: migration({ retries: 0.5 }), message: tries('0.5') },
  { kind: 'job', what: 'A Job is tried once too often', build: migration({ retries: 21 }), message: tries('21') },
  {
    kind: 'job',
    what: 'A Job has half a second more',
    build: migration({ timeout: Duration.millis(10_500) }),
    message: time('timeout', '10.5'),
  },
  {
    kind: 'job',
    what: 'A Job has more than a week',
    build: migration({ timeout: Duration.seconds(604_801) }),
    message: time('timeout', '604801'),
  },
  {
    kind: 'job',
    what: 'A finished Job stays for half a second',
    build: (site) => migration({ gate: argoCd(), ttlAfterFinished: Duration.millis(500) })(site),
    message: time('ttlAfterFinished', '0.5', 0),
  },
  {
    kind: 'job',
    what: 'A Job is pulled with a Secret that there can not be',
    build: (site) => migration({ gate: argoCd(), imagePullSecrets: ['registry-a', 'Registry B'] })(site),
    message:
      'payments-schema.imagePullSecrets: "Registry B" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
  },
  {
    kind: 'job',
    what: 'A Job is called by two words, and is tried too often',
    build: migration({ name: 'payments schema', retries: 21 }),
    message: several(
      'migration "payments schema".name: "payments schema" is not a name that Kubernetes takes; use 1 to 52 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
      'migration "payments schema": retries 21 must be a whole number from 0 to 20',
    ),
  },
  {
    kind: 'options left out',
    what: 'A migration has no props',
    build: ({ chart }) => new DatabaseMigration(chart, 'payments-schema', js(undefined)),
    message: 'payments-schema: the props are nothing; give a map of props, like { key: value }',
  },
];
