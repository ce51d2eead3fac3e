import { Chart } from 'cdk8s';
import { ConfigError, defineObject, Overrides } from 'cdk8s-banking';
import type { Construct } from 'constructs';
import { Excerpts } from '../../apps/patterns/excerpt';
import { filesIn, newFolder, removeFolders } from './render';

afterAll(removeFolders);

/** Two ConfigMaps and a Secret. */
function pattern(scope: Construct): Chart {
  const chart = new Chart(scope, 'pattern');
  for (const name of ['a', 'b']) defineObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }, {});
  defineObject(chart, 'c', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'c' } }, {});
  return chart;
}

function written(shows: readonly string[]): string[] {
  const outdir = newFolder();
  new Excerpts({ outdir }).add(pattern, shows).synth();
  return Object.values(filesIn(outdir)).flatMap((text) =>
    [...text.matchAll(/^kind: (.*)\n.*\n {2}name: (.*)$/gm)].map(([, kind, name]) => `${kind}/${name}`),
  );
}

describe('an excerpt', () => {
  test('holds the kinds that are named, whole', () => expect(written(['ConfigMap'])).toEqual(['ConfigMap/a', 'ConfigMap/b']));
  test('holds single objects', () => expect(written(['ConfigMap/b', 'Secret'])).toEqual(['Secret/c', 'ConfigMap/b']));

  test('without its subject is an error', () => {
    expect(() => new Excerpts().add(pattern, ['ConfigMap/a', 'Role'])).toThrow(
      'pattern has no Role; it has ConfigMap, ConfigMap/a',
    );
  });

  test('checks what it leaves out, and then writes nothing', () => {
    const outdir = newFolder();
    const app = new Excerpts({ outdir }).add(
      (scope) => {
        const chart = pattern(scope);
        Overrides.of(chart.node.findChild('c')).merge({ kind: 'Secret' });
        return chart;
      },
      ['ConfigMap'],
    );
    expect(() => app.synth()).toThrow(ConfigError);
    expect(filesIn(outdir)).toEqual({});
  });
});
