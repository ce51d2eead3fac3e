import { AbTestRelease, type AbTestProps } from './ab-test';
import { BlueGreenRelease, type BlueGreenProps } from './blue-green';
import { BlueGreenIngressRelease, type BlueGreenIngressProps } from './ingress/blue-green-ingress';
import { MirroredRelease, type MirroredProps } from './mirrored';
import { type CanaryProps, FlaggerCanary } from './flagger/canary';
import { RecreateRelease, type RecreateProps } from './recreate';
import type { IRelease } from './release';
import { RollingRelease, type RollingProps } from './rolling';
import { WeightedRelease, type WeightedProps } from './weighted';

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

  /**
   * A new version beside the old one gets a share of the requests, which people raise commit by commit: 10, 25, 50, 75, 100 %.
   * Without a canary, all requests go to the one version that there is. docs/guides/weighted.md
   *
   * Roll back: `weight: 0`.
   */
  static weighted(props?: WeightedProps): IRelease {
    return new WeightedRelease(props);
  }

  /**
   * Two versions, blue and green, of which one has the requests; the other is tried first, and kept for the way back
   * afterwards. Each step is a commit of one line: the state. docs/guides/blue-green.md
   *
   * Roll back: `BlueGreen.live('…')` of the colour that is kept.
   */
  static blueGreen(props: BlueGreenProps): IRelease {
    return new BlueGreenRelease(props);
  }

  /**
   * Blue-green behind an Ingress, for customers who do not come through the mesh. docs/guides/blue-green.md
   *
   * Roll back: `BlueGreen.live('…')` of the colour that is kept.
   */
  static blueGreenIngress(props: BlueGreenIngressProps): IRelease {
    return new BlueGreenIngressRelease(props);
  }

  /**
   * Requests of an audience go to another version, B, until it is known which one is better. docs/guides/ab-test.md
   *
   * Roll back: leave the audience out.
   */
  static abTest(props: AbTestProps): IRelease {
    return new AbTestRelease(props);
  }

  /**
   * A new version gets copies of the requests that may be carried out twice, and its answers go to nobody.
   * docs/guides/mirroring.md
   *
   * Roll back: `percentage: 0`.
   */
  static mirrored(props: MirroredProps): IRelease {
    return new MirroredRelease(props);
  }

  /**
   * Flagger gives a new version requests step by step, checks each step, and goes on or back by itself.
   *
   * Roll back: nothing to do when a check fails; else put the former image back and commit.
   */
  static canary(props?: CanaryProps): IRelease {
    return new FlaggerCanary(props);
  }

  private constructor() {}
}
