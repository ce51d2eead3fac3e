import type { Construct } from 'constructs';
import type { Problems } from '../kernel/errors';
import { fitOptions } from '../kernel/shape';
import { other } from './blue-green-state';
import { blueGreenCourse } from './blue-green-course';
import { COLOUR_SHAPES, type Colours, colourProblems, coloursNamed, makeColours } from './colours';
import { fullLoadOf } from './mesh/capacity';
import { needsRequests, shared } from './mesh/split';
import { MeshTraffic } from './mesh-traffic';
import type { BoundRelease, IRelease, NamedVersion, ReleasableService, ReleaseFacts } from './release';
import { TWO_TRACKS, type TwoTracksProps, twoTracksProblems } from './two-tracks';

export interface BlueGreenProps extends Colours, TwoTracksProps {}

const STRATEGY = 'Release.blueGreen';

/** Two versions side by side, of which one has the requests and the other is tried, or kept for the way back. */
export class BlueGreenRelease implements IRelease {
  readonly namesEveryImage = true;
  readonly versions: readonly NamedVersion[];
  private readonly props: BlueGreenProps;

  constructor(given: BlueGreenProps) {
    this.props = fitOptions<BlueGreenProps>(STRATEGY, given, { ...TWO_TRACKS, ...COLOUR_SHAPES });
    this.versions = coloursNamed(this.props);
  }

  validate(problems: Problems, facts: ReleaseFacts): void {
    twoTracksProblems(problems, facts, STRATEGY, this.props);
    colourProblems(problems, facts, this.props);
    if (this.props.state?.audience.length) {
      needsRequests(problems, facts, 'the audience of release.state is told by what requests carry');
    }
  }

  bind(scope: Construct, service: ReleasableService): BoundRelease {
    const { state } = this.props;
    const fullLoad = fullLoadOf(this.props.fullLoad, service.facts);
    const tracks = makeColours(service, this.props, fullLoad);
    return new MeshTraffic(scope, 'traffic', service, {
      course: () => blueGreenCourse(service.facts, this.props),
      split: {
        tracks: tracks.map(({ colour, name }) => ({ subset: colour, deployment: name })),
        shares: shared(state.colour, state.percent, other(state.colour)),
        audience: state.audience.length ? { of: state.audience, subset: state.colour } : undefined,
        fullLoad: tracks.length > 1 ? fullLoad : undefined,
      },
    });
  }
}
