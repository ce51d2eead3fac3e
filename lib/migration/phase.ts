import { ConfigError, show } from '../kernel/errors';
import { isLabelValue } from '../kernel/labels';
import { TEXT, fitOptions } from '../kernel/shape';

export interface ContractOptions {
  /**
   * The oldest version that still runs anywhere, or that you would roll back to. The manifests know the version that they ask
   * for, and not whether the cluster is there yet: read it off the cluster,
   * `kubectl get pods -n <namespace> -l banking.workload/name=<service> -L version`.
   */
  readonly oldestAlive: string;
}

/**
 * The half of a change of a schema that a migration is. Between the two, both versions of the service work with the schema.
 * https://martinfowler.com/bliki/ParallelChange.html
 */
export class MigrationPhase {
  /**
   * Adds what a version needs, and takes nothing away from older ones: new tables, new columns that may be empty, views. It is
   * done before that version starts.
   * @param version the version of the service, as its pods are labelled
   * @throws ConfigError when it is no version
   */
  static expand(version: string): MigrationPhase {
    return new MigrationPhase('expand', checked('MigrationPhase.expand', version));
  }

  /**
   * Takes away what only versions older than this one needed. It is an error while one of them is alive, in the manifests or by
   * your own word.
   * @param version the version of the service from which on nobody needs it, as its pods are labelled
   * @throws ConfigError when it is no version, or nothing is said of the oldest one alive
   */
  static contract(version: string, options: ContractOptions): MigrationPhase {
    const where = 'MigrationPhase.contract';
    const { oldestAlive } = fitOptions(where, options, { oldestAlive: TEXT });
    return new MigrationPhase('contract', checked(where, version), checked(`${where}.oldestAlive`, oldestAlive));
  }

  private constructor(
    readonly kind: 'expand' | 'contract',
    readonly version: string,
    readonly oldestAlive?: string,
  ) {}

  toString(): string {
    return `${this.kind}(${show(this.version)})`;
  }
}

function checked(where: string, version: string): string {
  if (isLabelValue(version) && version !== '') return version;
  const what = `${show(version)} is not a version of the service; write it as its pods are labelled, like "4.2.0"`;
  throw new ConfigError([{ where, what }]);
}
