import type { BankingService } from '../banking-service/banking-service';
import type { ICallee } from '../contracts/peer';
import type { SecretKey } from '../contracts/secret-key';
import type { JobProps } from '../jobs/props';
import type { Guarded } from '../zero-trust/existing-workload';
import type { DatabaseCredentials, MigrationGate } from './gate';
import type { MigrationPhase } from './phase';
import type { MigrationTool } from './tool';

export interface DatabaseMigrationProps extends JobProps {
  /** The service whose schema it is. The migration lives in its namespace. */
  readonly service: BankingService;
  /** The database: an ExistingWorkload, a ForeignWorkload or an ExternalHost. */
  readonly database: ICallee | Guarded;
  /** The port of the database: its Service's port, or its name. @default - its first one */
  readonly port?: number | string;
  /** Where the database is, as JDBC writes it, without user and password: the text, or where it is kept. */
  readonly url: string | SecretKey;
  /** The user who may change the schema. Passed by variables, never as arguments, which everybody on the node can read. */
  readonly credentials: DatabaseCredentials;
  readonly tool: MigrationTool;
  /** Further variables of the tool, in the Job and in an init gate: `FLYWAY_PLACEHOLDERS_REGION`. Secrets have no place here. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether it prepares a new version, or clears up after the last old one. */
  readonly phase: MigrationPhase;
  /** What keeps the new version from starting too early. Required for an expand; a contract goes without, or waits for the service. */
  readonly gate?: MigrationGate;
}
