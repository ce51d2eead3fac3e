/** A program that migrates, as far as a Job and a gate must know it. */
export interface ToolModel {
  readonly name: 'Flyway' | 'Liquibase';
  readonly image: string;
  /** Who it runs as, unless it is said otherwise: one who can read the program. */
  readonly user: number;
  /** Names of the variables that hold where the database is, and who asks. */
  readonly variables: { readonly url: string; readonly username: string; readonly password: string };
  /** Brings the schema up to date; does nothing when it is. */
  readonly migrate: ToolRun;
  /** A condition in POSIX sh: whether the schema is there. It reads only, and passes for older pods when newer changes were made. */
  readonly check: Pick<ToolRun, 'env'> & { readonly condition: readonly string[] };
  /** Scripts that come with the manifests, by file name, instead of with the image. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** What it goes up to, for people. */
  readonly upTo: string;
}

export interface ToolRun {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Where scripts that come with the manifests appear. */
export const SCRIPTS_PATH = '/migrations';
