import type { Construct } from 'constructs';
import { type Problems, show } from '../kernel/errors';
import { NUMBER, type Shapes, fitOptions, oneOf } from '../kernel/shape';
import { MeshTraffic } from './mesh-traffic';
import { rollingCourse } from './rolling-course';
import type { BoundRelease, IRelease, ReleasableService, ReleaseFacts, UpdateStrategy } from './release';

export interface RollingProps {
  /** Pods that may be missing while the version changes. @default 0 */
  readonly maxUnavailable?: number;
  /** Pods that may exist beyond the replicas. @default 1 */
  readonly maxSurge?: number;
  /**
   * Names its pods in the DestinationRule, where no route uses the name yet, or any more: the step between this release and
   * one that has several tracks, so that no proxy learns of a route before the pods that it leads to.
   * `stable` for weighted, abTest and mirrored, the colour for blueGreen.
   * @default - no name
   */
  readonly subset?: 'stable' | 'blue' | 'green';
}

const PROPS: Shapes<RollingProps> = {
  maxUnavailable: NUMBER,
  maxSurge: NUMBER,
  subset: oneOf('stable', 'blue', 'green'),
};

/** A new version replaces the old one pod by pod. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment */
export class RollingRelease implements IRelease {
  private readonly strategy: UpdateStrategy & { type: 'RollingUpdate' };
  private readonly props: RollingProps;

  constructor(given: RollingProps = {}) {
    const props = fitOptions('Release.rolling', given, PROPS);
    this.props = props;
    this.strategy = { type: 'RollingUpdate', maxUnavailable: props.maxUnavailable ?? 0, maxSurge: props.maxSurge ?? 1 };
  }

  validate(problems: Problems, { minReplicas }: ReleaseFacts): void {
    const { maxUnavailable, maxSurge } = this.strategy;
    for (const [key, value] of Object.entries({ maxUnavailable, maxSurge })) {
      problems.check(Number.isInteger(value) && value >= 0, `${key} ${show(value)} must be a whole number from 0 on`, 'release');
    }
    if (![maxUnavailable, maxSurge].every((value) => Number.isInteger(value) && value >= 0)) return;
    problems.check(
      maxUnavailable + maxSurge > 0,
      'maxUnavailable 0 and maxSurge 0 leave no way to replace a pod; set maxSurge: 1',
      'release',
    );
    // Half of the pods gone is not "without downtime": the rest must carry the load alone.
    problems.check(
      maxUnavailable === 0 || maxUnavailable * 5 <= minReplicas,
      `maxUnavailable ${maxUnavailable} of ${minReplicas} replicas leaves ${minReplicas - maxUnavailable} to carry the load; ` +
        `use maxUnavailable: 0, or at least ${maxUnavailable * 5} replicas`,
      'release',
    );
  }

  bind(scope: Construct, service: ReleasableService): BoundRelease {
    service.createTrack({ name: service.name, strategy: this.strategy });
    const { subset } = this.props;
    return new MeshTraffic(scope, 'traffic', service, {
      course: () => rollingCourse(service.facts, this.strategy),
      split: subset ? { tracks: [{ subset, deployment: service.name }] } : undefined,
    });
  }
}
