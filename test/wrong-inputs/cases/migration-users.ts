import { Duration } from 'cdk8s';
import { MigrationGate, MigrationPhase } from 'cdk8s-banking';
import { type WrongInput, js, several } from '../wrong-input';
import { contract, migration, user } from './migrations';

const NAME =
  'is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit';
const PLACE = 'the place of a value, like { secret: "ledger-db", key: "password" }, never the value itself';
const misplaced = { username: { secret: 'Reader DB', key: 'name' }, password: { secret: 'reader', key: 'pass word' } };

/** Who asks the database, from where, and for how long. */
export const migrationUsers: readonly WrongInput[] = [
  {
    kind: 'migration user',
    what: 'Credentials are in places that there can not be',
    build: migration({ credentials: misplaced }),
    message: several(
      `payments-schema.credentials.username: "Reader DB" ${NAME}`,
      'payments-schema.credentials.password: key "pass word" is not a key of a Secret; use letters, digits, "-", "_" and "."',
    ),
  },
  {
    kind: 'migration user',
    what: 'Credentials of pods that wait are in places that there can not be',
    build: (site) => migration({ gate: MigrationGate.init({ credentials: misplaced }) })(site),
    message: several(
      `payments-schema.gate.credentials.username: "Reader DB" ${NAME}`,
      'payments-schema.gate.credentials.password: key "pass word" is not a key of a Secret; use letters, digits, "-", "_" and "."',
    ),
  },
  {
    kind: 'migration user',
    what: 'Credentials are a name without a password',
    build: migration({ credentials: js({ username: user('payments-owner').username }) }),
    message: `payments-schema.credentials.password: is missing; it must be ${PLACE}`,
  },
  {
    kind: 'migration user',
    what: 'Pods that wait have a name without a password',
    build: () => MigrationGate.init(js({ credentials: { username: user('payments-reader').username } })),
    message:
      'MigrationGate.init.credentials: is incomplete; give { username: { secret, key }, password: { secret, key } } of a user who may read',
  },
  {
    kind: 'unknown prop',
    what: 'Pods that wait are patient',
    build: () => MigrationGate.init(js({ credentials: user('payments-reader'), patience: 'long' })),
    message: 'MigrationGate.init: there is no prop "patience"; there are credentials, timeout',
  },
  {
    kind: 'migration gate',
    what: 'Pods that wait give up at once',
    build: (site) =>
      migration({ gate: MigrationGate.init({ credentials: user('payments-reader'), timeout: Duration.seconds(1) }) })(site),
    message: 'payments-schema.gate.timeout: 1 s must be a whole number of seconds from 10 to 604800',
  },
  {
    kind: 'migration URL',
    what: 'A URL is a number',
    build: migration({ url: js(5432) }),
    message: `payments-schema.url: 5432 must be a JDBC URL, or ${PLACE}`,
  },
  {
    kind: 'migration URL',
    what: 'A URL is in a place that there can not be',
    build: migration({ url: { secret: 'payments-db', key: 'the url' } }),
    message: 'payments-schema.url: key "the url" is not a key of a Secret; use letters, digits, "-", "_" and "."',
  },
  {
    kind: 'migration variable',
    what: 'A variable can not be called so',
    build: migration({ variables: { '5TH': 'a' } }),
    message: 'payments-schema.variables: "5TH" is not a variable name; use letters, digits and "_", not starting with a digit',
  },
  {
    kind: 'migration phase',
    what: 'A phase is of an empty version',
    build: () => MigrationPhase.expand(''),
    message: 'MigrationPhase.expand: "" is not a version of the service; write it as its pods are labelled, like "4.2.0"',
  },
  {
    kind: 'contract too early',
    what: 'A contract says nothing at all of who is alive',
    build: () => contract('2.4.1', js(null)),
    message: 'MigrationPhase.contract.oldestAlive: null must be a string; leave it out',
  },
];
