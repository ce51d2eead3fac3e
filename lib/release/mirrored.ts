import type { Construct } from 'constructs';
import { type Problems, show } from '../kernel/errors';
import { NUMBER, fitOptions, needed, type Shapes } from '../kernel/shape';
import { note } from '../kube';
import { MeshTraffic } from './mesh-traffic';
import { fullLoadOf, podsFor } from './mesh/capacity';
import { needsRequests } from './mesh/split';
import { mirroredCourse } from './mirrored-course';
import type { BoundRelease, IRelease, NamedVersion, ReleasableService, ReleaseFacts, TrackVersion } from './release';
import { TRACK_VERSION, TWO_TRACKS, type TwoTracksProps, twoTracksProblems, update } from './two-tracks';

export interface MirroredProps extends TwoTracksProps {
  /** The version that gets copies, in a Deployment `<service>-shadow` of its own. */
  readonly shadow: TrackVersion;
  /**
   * Percent of the requests that are copied, of those that may be carried out twice: GET, HEAD, OPTIONS, and routes that are
   * declared `idempotent: true`. No other request is ever copied.
   * @default 0: the shadow starts, and gets nothing yet
   */
  readonly percentage?: number;
}

const PROPS: Shapes<MirroredProps> = { ...TWO_TRACKS, shadow: TRACK_VERSION, percentage: NUMBER };

const STRATEGY = 'Release.mirrored';

/**
 * A new version that is asked what the old one is asked, and whose answers nobody gets. What it does is real all the same: it
 * writes, sends and calls with the rights of the service, so that it is given other databases and topics by its `variables`.
 */
export class MirroredRelease implements IRelease {
  readonly versions: readonly NamedVersion[];
  private readonly props: MirroredProps;

  constructor(given: MirroredProps) {
    this.props = fitOptions(STRATEGY, given, PROPS);
    this.versions = this.props.shadow ? [{ part: 'release.shadow', runs: this.props.shadow }] : [];
  }

  validate(problems: Problems, facts: ReleaseFacts): void {
    const { shadow, percentage = 0 } = this.props;
    twoTracksProblems(problems, facts, STRATEGY, this.props);
    needed(shadow, TRACK_VERSION, problems, 'release.shadow');
    needsRequests(problems, facts, 'Release.mirrored copies requests');
    problems.check(
      percentage >= 0 && percentage <= 100,
      `${show(percentage)} must be from 0 to 100 percent of the requests`,
      'release.percentage',
    );
    problems.check(
      percentage === 0 || facts.traffic.routes.length === 0 || facts.traffic.routes.some(({ repeatable }) => repeatable),
      'copies only requests that may be carried out twice, and no route of the service is declared so; declare one idempotent: true in traffic.routes, if the service sees to it',
      'release',
    );
  }

  bind(scope: Construct, service: ReleasableService): BoundRelease {
    const { name, facts } = service;
    const { shadow, percentage = 0 } = this.props;
    const fullLoad = fullLoadOf(this.props.fullLoad, facts);
    const strategy = update(this.props);
    const other = `${name}-shadow`;
    service.createTrack({ name, strategy });
    service.createTrack({ name: other, strategy, runs: shadow, minReplicas: podsFor(percentage, fullLoad) });
    note(scope, {
      kind: 'warning',
      text: `${other} may do whatever ${name} may: what it writes, sends and calls is real, though nobody gets its answers.`,
    });
    return new MeshTraffic(scope, 'traffic', service, {
      course: () => mirroredCourse(facts, this.props),
      split: {
        tracks: [
          { subset: 'stable', deployment: name },
          { subset: 'shadow', deployment: other },
        ],
        shares: { stable: 100 },
        mirror: percentage > 0 ? { subset: 'shadow', percentage } : undefined,
        fullLoad,
      },
    });
  }
}
