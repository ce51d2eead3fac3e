import { Duration } from 'cdk8s';
import { Audience, BlueGreen, type IRelease, Release } from 'cdk8s-banking';
import fc from 'fast-check';

/** How a service of a random system is released: data that fast-check can shrink and print. */
export type ReleaseDraft =
  | { readonly kind: 'rolling'; readonly maxSurge: number }
  | { readonly kind: 'weighted'; readonly weight?: number; readonly always: boolean }
  | {
      readonly kind: 'blueGreen';
      readonly state: 'only' | 'staged' | 'preview' | 'partial' | 'live';
      readonly colour: 'blue' | 'green';
    }
  | { readonly kind: 'abTest'; readonly audience: boolean; readonly share: number }
  | { readonly kind: 'mirrored'; readonly percentage: number }
  | {
      readonly kind: 'canary';
      readonly moves: 'default' | 'steps' | 'stepWeight' | 'abTest' | 'blueGreen';
      readonly extra: 'none' | 'mirror' | 'affinity';
      readonly interval: number;
      readonly successRate: number;
      readonly p99: number;
    };

const canary = fc
  .record({
    moves: fc.constantFrom('default' as const, 'steps' as const, 'stepWeight' as const, 'abTest' as const, 'blueGreen' as const),
    extra: fc.constantFrom('none' as const, 'mirror' as const, 'affinity' as const),
    interval: fc.integer({ min: 20, max: 300 }),
    successRate: fc.integer({ min: 900, max: 999 }).map((tenths) => tenths / 10),
    p99: fc.integer({ min: 5, max: 4000 }),
  })
  // An audience is neither copied nor kept by a cookie; checks before any request need copies, where there is no load test.
  .map(({ extra, ...draft }) => ({
    kind: 'canary' as const,
    ...draft,
    extra: draft.moves === 'abTest' ? ('none' as const) : draft.moves === 'blueGreen' ? ('mirror' as const) : extra,
  }));

/** Any release of a service that answers requests. */
export const requestRelease: fc.Arbitrary<ReleaseDraft> = fc.oneof(
  fc.record({ kind: fc.constant('rolling' as const), maxSurge: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    kind: fc.constant('weighted' as const),
    weight: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    always: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('blueGreen' as const),
    state: fc.constantFrom('only' as const, 'staged' as const, 'preview' as const, 'partial' as const, 'live' as const),
    colour: fc.constantFrom('blue' as const, 'green' as const),
  }),
  fc.record({ kind: fc.constant('abTest' as const), audience: fc.boolean(), share: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ kind: fc.constant('mirrored' as const), percentage: fc.integer({ min: 0, max: 100 }) }),
  { weight: 3, arbitrary: canary },
);

/** Any release of a service of which the mesh sees connections only. */
export const connectionRelease: fc.Arbitrary<ReleaseDraft> = fc.record({
  kind: fc.constant('rolling' as const),
  maxSurge: fc.integer({ min: 1, max: 3 }),
});

const insiders = Audience.header('x-insider', 'yes');

function blueGreenState(state: (ReleaseDraft & { kind: 'blueGreen' })['state'], colour: 'blue' | 'green'): BlueGreen {
  switch (state) {
    case 'preview':
      return BlueGreen.preview(colour, insiders);
    case 'partial':
      return BlueGreen.partial(colour, 30);
    default:
      return BlueGreen[state](colour);
  }
}

function canaryOf({ moves, extra, interval, successRate, p99 }: ReleaseDraft & { kind: 'canary' }): IRelease {
  return Release.canary({
    interval: Duration.seconds(interval),
    successRate,
    p99: Duration.millis(p99),
    ...(moves === 'steps' ? { steps: [3, 20, 70] } : {}),
    ...(moves === 'stepWeight' ? { stepWeight: 20, maxWeight: 60 } : {}),
    ...(moves === 'abTest' ? { abTest: { audience: insiders, iterations: 4 } } : {}),
    ...(moves === 'blueGreen' ? { blueGreen: { iterations: 6 } } : {}),
    ...(extra === 'mirror' ? { mirror: { percentage: 40, idempotent: true } } : {}),
    ...(extra === 'affinity' ? { sessionAffinity: { maxAge: Duration.hours(3) } } : {}),
  });
}

/** What the draft says, of a service with this image; `other` is the version beside it. */
export function releaseOf(draft: ReleaseDraft, image: string, other: string): IRelease {
  switch (draft.kind) {
    case 'rolling':
      return Release.rolling({ maxSurge: draft.maxSurge });
    case 'weighted':
      return draft.weight === undefined
        ? Release.weighted()
        : Release.weighted({ canary: { image: other }, weight: draft.weight, always: draft.always ? insiders : undefined });
    case 'blueGreen':
      return Release.blueGreen({
        blue: { image },
        green: { image: other },
        state: blueGreenState(draft.state, draft.colour),
      });
    case 'abTest':
      return Release.abTest({ b: { image: other }, share: draft.share, audience: draft.audience ? insiders : undefined });
    case 'mirrored':
      return Release.mirrored({ shadow: { image: other }, percentage: draft.percentage });
    case 'canary':
      return canaryOf(draft);
  }
}

/** Whether the release names the images, and the service none. */
export const namesImages = ({ kind }: ReleaseDraft): boolean => kind === 'blueGreen';
