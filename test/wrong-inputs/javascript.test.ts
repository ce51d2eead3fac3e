import { Chart } from 'cdk8s';
import { ConfigError, GitOpsApp } from 'cdk8s-banking';
import { THOROUGH, counted } from '../properties/runs';
import { CANARIES } from './javascript/canaries';
import { CONSTRUCTS } from './javascript/constructs';
import { FACTORIES } from './javascript/factories';
import { FLAGGER } from './javascript/flagger';
import { HOSTILE } from './javascript/hostile';
import { JOBS } from './javascript/jobs';
import { OBSERVABILITY } from './javascript/observability';
import { RELEASES } from './javascript/releases';
import { TRACING } from './javascript/tracing';
import { js } from './wrong-input';

// Warnings are not what is looked for.
beforeAll(() => void jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterAll(() => jest.restoreAllMocks());

/** The path of every prop, and of every prop within it. */
function paths(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  const inside =
    typeof value === 'object' && value !== null && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value));
  const deeper = inside ? Object.entries(value).flatMap(([key, one]) => paths(one, [...at, key])) : [];
  return [at, ...deeper];
}

/** The value with something else at a path. */
function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const inner = replaced((value as Record<string, unknown>)[key], rest, by);
  return Array.isArray(value)
    ? value.map((one: unknown, i) => (String(i) === key ? inner : one))
    : { ...(value as object), [key]: inner };
}

/** What a prop gets: everything, or every fourth kind, of which the next prop gets the next ones. */
const kindsFor = (turn: number) => HOSTILE.filter((_, i) => THOROUGH || (i + turn) % 4 === 0);

test.each(
  Object.entries({ ...CONSTRUCTS, ...FACTORIES, ...RELEASES, ...FLAGGER, ...CANARIES, ...JOBS, ...OBSERVABILITY, ...TRACING }),
)('%s takes what is right, or says what is wrong', (_name, [right, build]) => {
  const escaped: string[] = [];
  counted('wrong kinds', { props: paths(right).length, values: paths(right).length * HOSTILE.length });
  for (const [turn, path] of paths(right).entries()) {
    for (const [what, make] of kindsFor(turn)) {
      try {
        const app = new GitOpsApp();
        const chart = new Chart(app, 'bank');
        build(js(replaced(right, path, make())), chart);
        app.synthYaml();
      } catch (e) {
        const sound =
          e instanceof ConfigError &&
          !/cannot be rendered|failed by itself|undefined|\[object/.test(e.message.replaceAll('is undefined', ''));
        if (!sound) escaped.push(`${path.join('.') || 'all'} = ${what}: ${String(e)}`);
      }
    }
  }
  expect(escaped).toEqual([]);
});
