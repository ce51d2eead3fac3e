import { type Problems, show } from '../kernel/errors';
import { dnsLabel } from '../kernel/names';
import { PARSED, madeBy, propsOf, type Shapes } from '../kernel/shape';
import { BlueGreen, COLOURS, type Colour, other } from './blue-green-state';
import { fullLoadOf } from './mesh/capacity';
import type { NamedVersion, ReleasableService, ReleaseFacts, TrackVersion } from './release';
import { TRACK_VERSION_SHAPES, type TwoTracksProps, update } from './two-tracks';

/** What one colour runs, and what its Deployment is called. */
export interface ColourProps extends TrackVersion {
  /**
   * Name of its Deployment. The service's own name takes over the Deployment of a service that was rolled out before, with
   * its running pods.
   * @default `<service>-<colour>`
   */
  readonly deployment?: string;
}

/** Two colours of which the state says who is there. */
export interface Colours {
  /** @default - none yet */
  readonly blue?: ColourProps;
  /** @default - none yet */
  readonly green?: ColourProps;
  /** Where the release stands. */
  readonly state: BlueGreen;
}

const COLOUR = propsOf<ColourProps>({ ...TRACK_VERSION_SHAPES, deployment: PARSED });
export const COLOUR_SHAPES: Shapes<Colours> = {
  blue: COLOUR,
  green: COLOUR,
  state: madeBy(BlueGreen, "BlueGreen.only('blue') or one of its sisters"),
};

/** The colours that the user named, whether they are there or not: an image is judged before it is wanted. */
export function coloursNamed(props: Colours): NamedVersion[] {
  return COLOURS.flatMap((colour) => {
    const runs = props[colour];
    return runs ? [{ part: `release.${colour}`, runs }] : [];
  });
}

/** The name of a colour's Deployment. */
export function deploymentOf(service: string, props: Colours, colour: Colour): string {
  return props[colour]?.deployment ?? `${service}-${colour}`;
}

/**
 * Makes the Deployments of the colours that are there. While there are two, each has pods for all requests: the one that
 * may get them with the next commit, and the one that may get them back.
 */
export function makeColours(
  service: ReleasableService,
  props: Colours & TwoTracksProps,
  fullLoad: number,
): { readonly colour: Colour; readonly name: string }[] {
  const { colours } = props.state;
  return [...colours].sort().map((colour) => {
    const name = deploymentOf(service.name, props, colour);
    const minReplicas = colours.length > 1 ? fullLoad : undefined;
    service.createTrack({ name, strategy: update(props), runs: props[colour]!, minReplicas });
    return { colour, name };
  });
}

/** A turn from one colour to the other. */
export interface Turn {
  readonly coming: Colour;
  readonly going: Colour;
  /** The Deployment of a colour. */
  readonly name: (colour: Colour) => string;
  /** How many pods each of them has while there are two. */
  readonly pods: number;
  /** The percentages of both Deployments, by that of the one that comes. */
  readonly weights: (percent: number) => Record<string, number>;
}

export function turnOf(facts: ReleaseFacts, props: Colours & TwoTracksProps): Turn {
  const { state } = props;
  // What is there alone is old: the other one comes next.
  const coming = state.kind === 'only' ? other(state.colour) : state.colour;
  const going = other(coming);
  const name = (colour: Colour) => deploymentOf(facts.name, props, colour);
  return {
    coming,
    going,
    name,
    pods: Math.max(facts.minReplicas, fullLoadOf(props.fullLoad, facts)),
    weights: (percent) => ({ [name(going)]: 100 - percent, [name(coming)]: percent }),
  };
}

/** Adds what is wrong with the colours and their state. */
export function colourProblems(problems: Problems, { name }: ReleaseFacts, props: Colours): void {
  const { state } = props;
  if (
    !problems.check(state !== undefined, "is missing; say where the release stands, like BlueGreen.only('blue')", 'release.state')
  )
    return;
  state.validate(problems, 'release.state');
  for (const colour of state.colours) {
    problems.check(
      props[colour] !== undefined,
      `is missing, and ${state.describe()} has its pods running; name its image with ${colour}: { image }`,
      `release.${colour}`,
    );
  }
  for (const colour of COLOURS) {
    const given = props[colour]?.deployment;
    if (given !== undefined) problems.take(() => dnsLabel(given), '', `release.${colour}.deployment`);
  }
  const [blue, green] = COLOURS.map((colour) => deploymentOf(name, props, colour));
  problems.check(
    blue !== green,
    `${show(blue)} is the Deployment of both colours, whose pods could not be told apart; leave one of them out`,
    'release.deployment',
  );
}
