import type { Duration } from 'cdk8s';
import type { SecretKey } from '../contracts/secret-key';
import { SECRET_KEY } from '../contracts/secret-key';
import { ConfigError } from '../kernel/errors';
import { DURATION, type Shape, type Shapes, fitOptions, propsOf } from '../kernel/shape';

/** A user of the database. Both are places in Secrets, never the values. */
export interface DatabaseCredentials {
  readonly username: SecretKey;
  readonly password: SecretKey;
}

export const CREDENTIALS: Shape = propsOf<DatabaseCredentials>({ username: SECRET_KEY, password: SECRET_KEY });

export interface InitGateOptions {
  /**
   * The user by which the pods of the service look whether the schema is there: the service's own, say. It needs to read the
   * tool's table and nothing else; the migration's own user, who may change the schema, has no place in those pods.
   */
  readonly credentials: DatabaseCredentials;
  /** How long a pod looks before it starts anew; rollouts are given as much time more. @default - the time of the migration */
  readonly timeout?: Duration;
}

const INIT: Shapes<InitGateOptions> = { credentials: CREDENTIALS, timeout: DURATION };

/** What keeps a new version from starting before its schema is there. */
export class MigrationGate {
  /**
   * Pods of the new version wait in an init container until the schema is there, whoever applies the manifests and however the
   * version is released: a pod that waits is not ready, so no old pod goes, and Flagger shifts no request to it. The proxy has to
   * be a native sidecar, since an ordinary one starts after the init containers.
   * @throws ConfigError when there are no credentials
   */
  static init(options: InitGateOptions): MigrationGate {
    const fitting = fitOptions('MigrationGate.init', options, INIT);
    if (fitting.credentials?.username === undefined || fitting.credentials.password === undefined) {
      const what = 'is incomplete; give { username: { secret, key }, password: { secret, key } } of a user who may read';
      throw new ConfigError([{ where: 'MigrationGate.init.credentials', what }]);
    }
    return new MigrationGate('init', fitting);
  }

  /**
   * The Job is a hook of Argo CD in a wave before all the rest: nothing of the service is touched until it has succeeded. A
   * contract runs as a PostSync hook instead, once all is healthy.
   */
  static argoCd(): MigrationGate {
    return new MigrationGate('argo-cd');
  }

  /**
   * The Job stands in a chart of its own, whose Kustomization the service's depends on. A contract's depends on the service's
   * instead. The README.md of the folder says what both must say.
   */
  static flux(): MigrationGate {
    return new MigrationGate('flux');
  }

  private constructor(
    readonly kind: 'init' | 'argo-cd' | 'flux',
    readonly options?: InitGateOptions,
  ) {}
}
