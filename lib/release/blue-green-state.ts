import { Problems, show } from '../kernel/errors';
import { NUMBER, fit, needed, oneOf } from '../kernel/shape';
import type { Audience } from '../traffic/audience';
import { ONE_OR_MORE_AUDIENCES, audienceProblems, audiences } from './mesh/split';

/** One of two versions that stand side by side. */
export type Colour = 'blue' | 'green';

export const COLOURS: readonly Colour[] = ['blue', 'green'];

/** The colour beside this one. */
export function other(colour: Colour): Colour {
  return colour === 'blue' ? 'green' : 'blue';
}

const COLOUR = oneOf(...COLOURS);

/** The kinds of states. */
export type BlueGreenKind = 'only' | 'staged' | 'preview' | 'partial' | 'live';

interface Said {
  readonly colour: Colour;
  readonly percent: number;
  readonly audience?: Audience | readonly Audience[];
}

/**
 * Where a blue-green release stands. Each step to the next one is a commit of one line, and safe in whatever order its
 * objects are applied, once the pods that it sends requests to are ready.
 *
 * `only('blue')` → `staged('green')` → `preview('green', …)` → `partial('green', 10)` → `live('green')` → `only('green')`
 */
export class BlueGreen {
  /** One colour is there, with all requests. The other one's pods are gone. */
  static only(colour: Colour): BlueGreen {
    return BlueGreen.of('only', { colour, percent: 100 });
  }

  /** The colour is there with pods for all requests, and gets none: the other one does. The same as `live` of the other. */
  static staged(colour: Colour): BlueGreen {
    return BlueGreen.of('staged', { colour, percent: 0 });
  }

  /** The requests of an audience (testers, synthetic traffic) go to the colour, the rest to the other. Of several audiences, any. */
  static preview(colour: Colour, audience: Audience | readonly Audience[]): BlueGreen {
    return BlueGreen.of('preview', { colour, percent: 0, audience });
  }

  /** The colour gets some percent of the requests, and all of the audience's, if one is named. */
  static partial(colour: Colour, percent: number, audience?: Audience | readonly Audience[]): BlueGreen {
    return BlueGreen.of('partial', { colour, percent, audience });
  }

  /** The colour gets all requests. The other one is kept with pods for all of them: the way back is one commit. */
  static live(colour: Colour): BlueGreen {
    return BlueGreen.of('live', { colour, percent: 100 });
  }

  private static of(kind: BlueGreenKind, { colour, percent, audience }: Said): BlueGreen {
    const problems = new Problems(`BlueGreen.${kind}`);
    needed(colour, COLOUR, problems, 'colour');
    needed(percent, NUMBER, problems, 'percent');
    const fitting =
      kind === 'preview'
        ? needed(audience, ONE_OR_MORE_AUDIENCES, problems, 'audience')
        : fit(audience, ONE_OR_MORE_AUDIENCES, problems, 'audience');
    problems.throwIfAny();
    return new BlueGreen(kind, colour, percent, fitting);
  }

  private constructor(
    readonly kind: BlueGreenKind,
    /** The colour that it is named for. */
    readonly colour: Colour,
    /** Percent of the requests that this colour gets. */
    readonly percent: number,
    private readonly given?: Audience | readonly Audience[],
  ) {}

  /** The colours that are there, the one that it is named for last. */
  get colours(): readonly Colour[] {
    return this.kind === 'only' ? [this.colour] : [other(this.colour), this.colour];
  }

  /** Whose requests go to the colour, whatever its percentage. */
  get audience(): readonly Audience[] {
    return audiences(this.given);
  }

  /** As the user writes it: `BlueGreen.partial('green', 10)`. */
  describe(): string {
    const { kind, colour, percent } = this;
    return `BlueGreen.${kind}('${colour}'${kind === 'partial' ? `, ${percent}` : kind === 'preview' ? ', …' : ''})`;
  }

  /** Adds what is wrong with it. */
  validate(problems: Problems, part: string): void {
    problems.check(
      this.kind !== 'partial' || (Number.isInteger(this.percent) && this.percent >= 1 && this.percent <= 99),
      `${show(this.percent)} must be a whole percentage from 1 to 99; for none use BlueGreen.staged, for all BlueGreen.live`,
      part,
    );
    if (this.given !== undefined) audienceProblems(problems, this.given, part);
  }
}
