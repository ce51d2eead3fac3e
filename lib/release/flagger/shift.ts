import { type Problems, show } from '../../kernel/errors';
import type { Audience } from '../../traffic/audience';
import type { AnalysisProps } from './analysis-props';

/** How requests move to the new version. */
export type Shift =
  | {
      readonly kind: 'weights';
      /** Percent that the new version gets, step by step. */
      readonly weights: readonly number[];
      /** As the user said it. */
      readonly evenly?: { readonly stepWeight: number; readonly maxWeight: number };
    }
  | {
      readonly kind: 'abTest';
      readonly audiences: readonly Audience[];
      /** Percent of the requests that are theirs at most. */
      readonly share: number;
      readonly iterations: number;
    }
  | { readonly kind: 'blueGreen'; readonly iterations: number };

/** Tens up to all requests: where the last step is below all, the primary is replaced while it serves the rest. */
const TENS = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
const ITERATIONS = 10;

/** Percent of the requests that the new version has at most. */
export function topWeight(shift: Shift): number {
  if (shift.kind === 'abTest') return shift.share;
  return shift.kind === 'blueGreen' ? 100 : shift.weights[shift.weights.length - 1]!;
}

/**
 * Exactly one of the three forms, as the Canary's schema wants it (`oneOf` of stepWeight, stepWeights, iterations):
 * https://github.com/fluxcd/flagger/blob/v1.44.0/artifacts/flagger/crd.yaml
 */
export function resolveShift(props: AnalysisProps, fallback: 'weights' | 'blueGreen', problems: Problems, at: At): Shift {
  const { steps, stepWeight, maxWeight, abTest, blueGreen } = props;
  const forms = (['steps', 'stepWeight', 'abTest', 'blueGreen'] as const).filter((form) => props[form] !== undefined);
  problems.check(
    forms.length <= 1,
    `${forms.join(' and ')} say in different ways how requests move; keep one of them`,
    at(forms[1] ?? ''),
  );
  problems.check(
    maxWeight === undefined || stepWeight !== undefined,
    `${show(maxWeight)} goes with stepWeight alone; let the last of steps be the largest`,
    at('maxWeight'),
  );
  if (abTest) {
    const audiences = abTest.audience === undefined ? [] : [abTest.audience].flat();
    problems.check(audiences.length > 0, 'names nobody; say whose requests get the new version', at('abTest.audience'));
    audiences.forEach((one) => one.validate(problems, at('abTest.audience')));
    const { share = 100 } = abTest;
    problems.check(
      share > 0 && share <= 100,
      `${show(share)} must be above 0 and at most 100 percent of the requests`,
      at('abTest.share'),
    );
    return { kind: 'abTest', audiences, share, iterations: iterationsOf(abTest.iterations, problems, at('abTest')) };
  }
  if (blueGreen || (fallback === 'blueGreen' && forms.length === 0)) {
    return { kind: 'blueGreen', iterations: iterationsOf(blueGreen?.iterations, problems, at('blueGreen')) };
  }
  if (stepWeight !== undefined) return evenSteps(stepWeight, maxWeight ?? 100, problems, at);
  return { kind: 'weights', weights: listedSteps(steps ?? TENS, problems, at('steps')) };
}

/** Where a prop is, in the words of the user. */
export type At = (prop: string) => string;

function iterationsOf(given: number | undefined, problems: Problems, part: string): number {
  const iterations = given ?? ITERATIONS;
  problems.check(
    Number.isInteger(iterations) && iterations >= 1 && iterations <= 1000,
    `iterations ${show(iterations)} must be a whole number from 1 to 1000`,
    part,
  );
  return iterations;
}

const isPercent = (value: number) => Number.isInteger(value) && value >= 1 && value <= 100;

function listedSteps(steps: readonly number[], problems: Problems, part: string): readonly number[] {
  if (!problems.check(steps.length > 0, '[] gives the new version nothing; write [10, 50, 100]', part)) return [100];
  const wrong = steps.find((step) => !isPercent(step));
  if (wrong !== undefined) problems.add(`${show(wrong)} must be a whole number of percent from 1 to 100`, part);
  else if (steps.some((step, i) => i > 0 && step <= steps[i - 1]!)) {
    const rising = [...new Set(steps)].sort((a, b) => a - b);
    problems.add(`[${steps.join(', ')}] must rise; write [${rising.join(', ')}]`, part);
  }
  return steps;
}

/** Flagger adds the step for as long as it is below the maximum, so that it would go past one that is no multiple. */
function evenSteps(stepWeight: number, maxWeight: number, problems: Problems, at: At): Shift {
  const good = [
    problems.check(
      isPercent(stepWeight),
      `${show(stepWeight)} must be a whole number of percent from 1 to 100`,
      at('stepWeight'),
    ),
    problems.check(isPercent(maxWeight), `${show(maxWeight)} must be a whole number of percent from 1 to 100`, at('maxWeight')),
  ].every(Boolean);
  if (!good) return { kind: 'weights', weights: [100] };
  const count = Math.ceil(maxWeight / stepWeight);
  const weights = Array.from({ length: count }, (_, i) => Math.min(100, (i + 1) * stepWeight));
  const top = weights[count - 1]!;
  problems.check(
    top <= maxWeight,
    `${maxWeight} is no multiple of stepWeight ${stepWeight}, and Flagger would go on to ${top}; ` +
      `write steps: [${[...weights.slice(0, -1), maxWeight].join(', ')}]`,
    at('maxWeight'),
  );
  return { kind: 'weights', weights, evenly: { stepWeight, maxWeight } };
}
