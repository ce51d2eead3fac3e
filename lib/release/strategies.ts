import { RecreateRelease, type RecreateProps } from './recreate';
import type { IRelease } from './release';
import { RollingRelease, type RollingProps } from './rolling';

/** The release strategies, one sentence each. */
export class Release {
  /**
   * Pods are replaced one by one: a new one is ready before an old one goes. The default.
   *
   * Roll back: put the former image back and commit; pods are replaced one by one again.
   */
  static rolling(props?: RollingProps): IRelease {
    return new RollingRelease(props);
  }

  /** One of at least five pods may be missing and two may be added: faster, for services with room to spare. */
  static relaxed(): IRelease {
    return new RollingRelease({ maxUnavailable: 1, maxSurge: 2 });
  }

  /** All pods stop before the new ones start. Only where two versions can't run side by side, with the downtime accepted. */
  static recreate(props: RecreateProps): IRelease {
    return new RecreateRelease(props);
  }

  private constructor() {}
}
