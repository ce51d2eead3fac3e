import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { defineObject, Environment, handOver, Stage } from '../../lib/kube';
import { head, problemsOf } from './fixtures';

describe('a collision', () => {
  const cases: [string, [string, string, string, string?][], boolean][] = [
    [
      'same group, kind, namespace and name',
      [
        ['apps/v1', 'Deployment', 'a', 'x'],
        ['apps/v1', 'Deployment', 'a', 'x'],
      ],
      true,
    ],
    [
      'another version',
      [
        ['autoscaling/v1', 'HorizontalPodAutoscaler', 'a', 'x'],
        ['autoscaling/v2', 'HorizontalPodAutoscaler', 'a', 'x'],
      ],
      true,
    ],
    [
      'another namespace',
      [
        ['v1', 'ConfigMap', 'a', 'x'],
        ['v1', 'ConfigMap', 'a', 'y'],
      ],
      false,
    ],
    [
      'another namespace, but the kind has none',
      [
        ['v1', 'Namespace', 'a', 'x'],
        ['v1', 'Namespace', 'a', 'y'],
      ],
      true,
    ],
    [
      'another group',
      [
        ['v1', 'Service', 'a', 'x'],
        ['serving.knative.dev/v1', 'Service', 'a', 'x'],
      ],
      false,
    ],
    [
      'another kind',
      [
        ['v1', 'ConfigMap', 'a', 'x'],
        ['v1', 'Secret', 'a', 'x'],
      ],
      false,
    ],
    [
      'another name',
      [
        ['v1', 'ConfigMap', 'a', 'x'],
        ['v1', 'ConfigMap', 'b', 'x'],
      ],
      false,
    ],
  ];

  test.each(cases)('%s, in a plain App: %#', (_name, objects, collides) => {
    const chart = Testing.chart();
    objects.forEach(([apiVersion, kind, name, namespace], i) =>
      defineObject(chart, `o${i}`, head(kind, name, namespace, apiVersion), {}),
    );
    const run = (): unknown => Testing.synth(chart);
    if (collides) expect(run).toThrow(/test\/o1: .* is defined by test\/o0 too; remove or rename one/);
    else expect(run).not.toThrow();
  });

  test("with the user's own object in another chart counts, and is reported once", () => {
    const app = new App();
    defineObject(new Chart(app, 'a'), 'x', head('ConfigMap', 'n'), {});
    defineObject(new Chart(app, 'c'), 'x', head('ConfigMap', 'other'), {});
    new ApiObject(new Chart(app, 'b'), 'y', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'n' } });
    const message = (): string => {
      try {
        return app.synthYaml();
      } catch (e) {
        return (e as Error).message;
      }
    };
    expect(message().match(/is defined by/g)).toHaveLength(1);
    expect(message()).toContain('b/y: ConfigMap n is defined by a/x too');
  });

  test('does not count between environments', () => {
    const app = new App();
    for (const name of ['one', 'two']) {
      defineObject(new Chart(new Environment(app, name, { stage: Stage.DEVELOPMENT }), 'c'), 'x', head('ConfigMap', 'n'), {});
    }
    expect(() => app.synthYaml()).not.toThrow();
  });
});

describe('handOver', () => {
  test('a plain App leaves the object in the chart', () => {
    const chart = Testing.chart();
    handOver(defineObject(chart, 'x', head('ConfigMap', 'x', 'theirs'), {}), 'theirs');
    expect(Testing.synth(chart)).toHaveLength(1);
  });

  test.each([['other'], ['../x'], ['']])('to %j is refused when the object stands elsewhere', (namespace) => {
    const object = defineObject(Testing.chart(), 'x', head('ConfigMap', 'x', 'theirs'), {});
    expect(problemsOf(() => handOver(object, namespace))).toHaveLength(1);
  });
});
