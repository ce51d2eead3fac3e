import type { Construct } from 'constructs';
import { type Problems, show } from '../kernel/errors';
import { NUMBER, fitOptions, listOf, type Shapes } from '../kernel/shape';
import { type Audience } from '../traffic/audience';
import { ONE_OR_MORE_AUDIENCES, audienceProblems, audiences, needsRequests, shared } from './mesh/split';
import { fullLoadOf, podsFor, podsForWayBack } from './mesh/capacity';
import { MeshTraffic } from './mesh-traffic';
import type { BoundRelease, IRelease, NamedVersion, ReleasableService, ReleaseFacts, TrackVersion } from './release';
import { TRACK_VERSION, TWO_TRACKS, type TwoTracksProps, twoTracksProblems, update } from './two-tracks';
import { weightedCourse } from './weighted-course';

export interface WeightedProps extends TwoTracksProps {
  /** The new version, in a Deployment `<service>-canary` of its own. @default - none: all requests go to the stable track */
  readonly canary?: TrackVersion;
  /** Percent of the requests that the canary gets. 0 takes them all back. @default 0 */
  readonly weight?: number;
  /**
   * The weights that it goes through. The canary has pods for the next one already, so that a weight can rise the moment
   * that it is applied; a rise by more than one of them is what `live` of the app refuses.
   * @default [10, 25, 50, 75, 100]
   */
  readonly steps?: readonly number[];
  /** Requests that always go to the canary, whatever the weight: testers, by a header. Of several, any. @default - none */
  readonly always?: Audience | readonly Audience[];
}

const PROPS: Shapes<WeightedProps> = {
  ...TWO_TRACKS,
  canary: TRACK_VERSION,
  weight: NUMBER,
  steps: listOf(NUMBER),
  always: ONE_OR_MORE_AUDIENCES,
};

/** The weights that most canaries go through. */
const STEPS: readonly number[] = [10, 25, 50, 75, 100];

const STRATEGY = 'Release.weighted';

/** A new version beside the old one, with a share of the requests that a person raises, commit by commit. */
export class WeightedRelease implements IRelease {
  readonly versions: readonly NamedVersion[];
  private readonly props: WeightedProps;

  constructor(given: WeightedProps = {}) {
    this.props = fitOptions(STRATEGY, given, PROPS);
    const { canary } = this.props;
    this.versions = canary ? [{ part: 'release.canary', runs: canary }] : [];
  }

  validate(problems: Problems, facts: ReleaseFacts): void {
    const { canary, always } = this.props;
    const { weight, steps } = this;
    twoTracksProblems(problems, facts, STRATEGY, this.props);
    problems.check(
      Number.isInteger(weight) && weight >= 0 && weight <= 100,
      `${show(weight)} must be a whole percentage from 0 to 100; the stable track gets the rest`,
      'release.weight',
    );
    const percentages = problems.check(
      steps.length > 0 && steps.every((step) => Number.isInteger(step) && step >= 1 && step <= 100),
      `${show(steps)} must be whole percentages from 1 to 100, like [10, 25, 50, 75, 100]`,
      'release.steps',
    );
    const rising = [...new Set(steps)].sort((a, b) => a - b);
    problems.check(
      !percentages || JSON.stringify(rising) === JSON.stringify(steps),
      `${show(steps)} must rise; write ${show(rising)}`,
      'release.steps',
    );
    problems.check(
      canary !== undefined || weight === 0,
      `${show(weight)} % of the requests have no canary to go to; name its image with canary: { image }, or leave the weight out`,
      'release.weight',
    );
    problems.check(
      canary !== undefined || always === undefined,
      'has no canary to send requests to; name its image with canary: { image }, or leave it out',
      'release.always',
    );
    if (always) {
      audienceProblems(problems, always, 'release.always');
      needsRequests(problems, facts, 'release.always tells requests apart by what they carry');
    }
  }

  bind(scope: Construct, service: ReleasableService): BoundRelease {
    const { name, facts } = service;
    const { canary, always } = this.props;
    const { weight } = this;
    const fullLoad = fullLoadOf(this.props.fullLoad, facts);
    const strategy = update(this.props);
    service.createTrack({ name, strategy, minReplicas: podsForWayBack(weight, fullLoad, facts) });
    const stable = { subset: 'stable', deployment: name };
    const course = () => weightedCourse(facts, { ...this.props, weight, steps: this.steps });
    if (!canary)
      return new MeshTraffic(scope, 'traffic', service, { course, split: { tracks: [stable], shares: { stable: 100 } } });

    const deployment = `${name}-canary`;
    service.createTrack({ name: deployment, strategy, runs: canary, minReplicas: podsFor(this.next, fullLoad) });
    return new MeshTraffic(scope, 'traffic', service, {
      course,
      split: {
        tracks: [stable, { subset: 'canary', deployment }],
        shares: shared('canary', weight, 'stable'),
        audience: always && { of: audiences(always), subset: 'canary' },
        fullLoad,
      },
    });
  }

  private get weight(): number {
    return this.props.weight ?? 0;
  }

  private get steps(): readonly number[] {
    return this.props.steps ?? STEPS;
  }

  /** The weight that the canary must be able to take next. */
  private get next(): number {
    return this.steps.find((step) => step > this.weight) ?? this.weight;
  }
}
