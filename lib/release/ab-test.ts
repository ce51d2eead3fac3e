import type { Construct } from 'constructs';
import { type Problems, show } from '../kernel/errors';
import { NUMBER, fitOptions, needed, type Shapes } from '../kernel/shape';
import type { Audience } from '../traffic/audience';
import { abTestCourse } from './ab-test-course';
import { fullLoadOf, podsFor, podsForWayBack } from './mesh/capacity';
import { ONE_OR_MORE_AUDIENCES, audienceProblems, audiences, needsRequests } from './mesh/split';
import { MeshTraffic } from './mesh-traffic';
import type { BoundRelease, IRelease, NamedVersion, ReleasableService, ReleaseFacts, TrackVersion } from './release';
import { TRACK_VERSION, TWO_TRACKS, type TwoTracksProps, twoTracksProblems, update } from './two-tracks';

export interface AbTestProps extends TwoTracksProps {
  /** The other version, in a Deployment `<service>-b` of its own. The service's image is A. */
  readonly b: TrackVersion;
  /** Whose requests go to B. Of several, any. @default - nobody's yet: B starts, or is left once the test is over */
  readonly audience?: Audience | readonly Audience[];
  /**
   * Percent of all requests that the audience makes at most. B has pods for as many.
   * @default 100: nobody can tell from here how many carry what the audience carries
   */
  readonly share?: number;
}

const PROPS: Shapes<AbTestProps> = {
  ...TWO_TRACKS,
  b: TRACK_VERSION,
  audience: ONE_OR_MORE_AUDIENCES,
  share: NUMBER,
};

const STRATEGY = 'Release.abTest';

/** Two versions for two groups of people, for as long as it takes to learn which one is better. */
export class AbTestRelease implements IRelease {
  readonly versions: readonly NamedVersion[];
  private readonly props: AbTestProps;

  constructor(given: AbTestProps) {
    this.props = fitOptions(STRATEGY, given, PROPS);
    this.versions = this.props.b ? [{ part: 'release.b', runs: this.props.b }] : [];
  }

  validate(problems: Problems, facts: ReleaseFacts): void {
    const { b, audience, share = 100 } = this.props;
    twoTracksProblems(problems, facts, STRATEGY, this.props);
    needed(b, TRACK_VERSION, problems, 'release.b');
    needsRequests(problems, facts, 'Release.abTest tells requests apart by what they carry');
    if (audience !== undefined) audienceProblems(problems, audience, 'release.audience');
    problems.check(
      share > 0 && share <= 100,
      `${show(share)} must be above 0 and at most 100 percent of the requests`,
      'release.share',
    );
  }

  bind(scope: Construct, service: ReleasableService): BoundRelease {
    const { name, facts } = service;
    const { b, audience, share = 100 } = this.props;
    const fullLoad = fullLoadOf(this.props.fullLoad, facts);
    const strategy = update(this.props);
    const other = `${name}-b`;
    // What the audience asks comes back to A with one commit.
    service.createTrack({ name, strategy, minReplicas: audience ? podsForWayBack(share, fullLoad, facts) : undefined });
    service.createTrack({ name: other, strategy, runs: b, minReplicas: podsFor(share, fullLoad) });
    return new MeshTraffic(scope, 'traffic', service, {
      course: () => abTestCourse(facts, this.props),
      split: {
        tracks: [
          { subset: 'stable', deployment: name },
          { subset: 'b', deployment: other },
        ],
        shares: { stable: 100 },
        audience: audience && { of: audiences(audience), subset: 'b' },
        fullLoad,
      },
    });
  }
}
