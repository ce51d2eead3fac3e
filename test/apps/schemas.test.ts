import { loadAll } from 'js-yaml';
import { schemaProblems as problemsOf } from '../support/schemas';
import { DIST, filesIn } from './render';

type Json = Record<string, any>;

interface Placed {
  readonly file: string;
  readonly object: Json;
}

// That readers of YAML 1.1 find the same objects in dist/ is tested where YAML is written.
const objects: readonly Placed[] = Object.entries(filesIn(DIST))
  .filter(([file]) => file.endsWith('.yaml'))
  .flatMap(([file, text]) => (loadAll(text) as Json[]).map((object): Placed => ({ file, object })));

describe('every object in dist/ passes the strict schema of its kind', () => {
  const kinds = [...new Set(objects.map(({ object }) => `${object.apiVersion} ${object.kind}`))].sort();

  test('there are objects of many kinds', () => {
    expect(objects.length).toBeGreaterThan(200);
    expect(kinds.length).toBeGreaterThan(18);
  });

  test.each(kinds)('%s', (kind) => {
    const wrong = objects
      .filter(({ object }) => `${object.apiVersion} ${object.kind}` === kind)
      .flatMap(({ file, object }) => problemsOf(object).map((what) => `${file} ${object.metadata?.name}: ${what}`));
    expect(wrong).toEqual([]);
  });
});

/** A copy of the first object of a kind in dist/, changed by a function. */
function broken(kind: string, change: (object: Json) => void): Json {
  const found = objects.find(({ object }) => object.kind === kind);
  const copy = structuredClone(found!.object);
  change(copy);
  return copy;
}

const container = (object: Json): Json => object.spec.template.spec.containers[0];

describe('the schemas catch', () => {
  const cases: readonly [string, Json, string][] = [
    [
      'an unknown field, deep in a core kind',
      broken('Deployment', (o) => (container(o).livenessProbe.path = '/')),
      'must NOT have additional properties path',
    ],
    [
      'an unknown field of the metadata',
      broken('Service', (o) => (o.metadata.label = {})),
      'must NOT have additional properties label',
    ],
    ['a wrong type in a core kind', broken('Deployment', (o) => (o.spec.minReadySeconds = '10s')), '/spec/minReadySeconds'],
    ['a number for a label in a core kind', broken('Namespace', (o) => (o.metadata.labels.tier = 1)), '/metadata/labels/tier'],
    [
      'a required field that is missing in a core kind',
      broken('NetworkPolicy', (o) => (o.spec = { egress: [{ to: [{ ipBlock: {} }] }] })),
      'cidr',
    ],
    [
      'an unknown field of a CRD',
      broken('VirtualService', (o) => (o.spec.http[0].retires = {})),
      'must NOT have additional properties retires',
    ],
    ['a wrong type in a CRD', broken('VirtualService', (o) => (o.spec.http[0].timeout = 10)), '/spec/http/0/timeout'],
    ['an unknown value in a CRD', broken('PeerAuthentication', (o) => (o.spec.mtls.mode = 'strict')), '/spec/mtls/mode'],
    [
      'a field that Istio gave up',
      broken('DestinationRule', (o) => (o.spec.trafficPolicy.outlierDetection.consecutiveErors = 5)),
      'consecutiveErors',
    ],
    [
      'an unknown kind',
      { apiVersion: 'example.com/v1', kind: 'Vault', metadata: { name: 'x' } },
      'no schema for example.com/v1 Vault',
    ],
    [
      'a known kind of an unknown version',
      broken('Deployment', (o) => (o.apiVersion = 'apps/v1beta1')),
      'no schema for apps/v1beta1 Deployment',
    ],
    ['no object at all', {}, 'no apiVersion and kind'],
  ];
  test.each(cases)('%s', (_, object, message) => {
    expect(problemsOf(object).join('\n')).toContain(message);
  });
});
