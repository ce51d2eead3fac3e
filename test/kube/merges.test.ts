import { Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { define, defineObject, Overrides, strategicMerge } from '../../lib/kube';
import { head, problemsOf } from './fixtures';

/* What a merge does with maps and lists that are out of the ordinary, and what it says of mistakes. */

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };
const SERVICE = { apiVersion: 'v1', kind: 'Service' };
const pod = (spec: object): object => ({ spec: { template: { spec } } });
const ports = (...all: object[]): object => ({ spec: { ports: all } });
const spread = (topologyKey: string, whenUnsatisfiable: string, maxSkew: number) => ({ topologyKey, whenUnsatisfiable, maxSkew });

describe('a merge', () => {
  const cases: [string, object, object, object, object][] = [
    ['leaves out what is undefined', DEPLOYMENT, { a: 1 }, { a: undefined, b: { c: undefined } }, { a: 1, b: {} }],
    ['puts a map where nothing stands', DEPLOYMENT, { spec: { a: null } }, { spec: { a: { b: 1 } } }, { spec: { a: { b: 1 } } }],
    ['takes away what is not there', DEPLOYMENT, { a: 1 }, { b: null }, { a: 1 }],
    [
      'adds the same port of another protocol',
      SERVICE,
      ports({ port: 53, protocol: 'UDP' }),
      ports({ port: 53, protocol: 'TCP' }),
      ports({ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }),
    ],
    [
      'takes a port without protocol for TCP',
      SERVICE,
      ports({ port: 53, protocol: 'UDP' }, { port: 53 }),
      ports({ port: 53, protocol: 'TCP', name: 'dns' }),
      ports({ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP', name: 'dns' }),
    ],
    [
      'finds one of two constraints by its second field',
      DEPLOYMENT,
      pod({ topologySpreadConstraints: [spread('zone', 'DoNotSchedule', 1), spread('zone', 'ScheduleAnyway', 2)] }),
      pod({ topologySpreadConstraints: [{ topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 5 }] }),
      pod({ topologySpreadConstraints: [spread('zone', 'DoNotSchedule', 1), spread('zone', 'ScheduleAnyway', 5)] }),
    ],
    [
      'takes the mark out of a list that is replaced anyway',
      DEPLOYMENT,
      { rules: ['a'] },
      { rules: [{ $patch: 'replace' }, 'b'] },
      { rules: ['b'] },
    ],
    [
      'cleans what is new, however deep',
      DEPLOYMENT,
      {},
      { rules: [[{ a: null, b: 1 }, { $patch: 'replace' }, 'c']] },
      { rules: [[{ b: 1 }, 'c']] },
    ],
    [
      'knows fields that are called like those that each map inherits',
      DEPLOYMENT,
      {},
      { constructor: { toString: ['a'] } },
      { constructor: { toString: ['a'] } },
    ],
    [
      'of which one may be the prototype',
      DEPLOYMENT,
      { data: {} },
      { data: JSON.parse('{"__proto__": {"x": "1"}}') as object },
      { data: JSON.parse('{"__proto__": {"x": "1"}}') as object },
    ],
  ];
  test.each(cases)('%s', (_what, type, target, patch, expected) => {
    expect(JSON.stringify(strategicMerge(target, patch, type as typeof DEPLOYMENT))).toBe(JSON.stringify(expected));
  });
});

describe('a mistake', () => {
  const replaceFirst = 'replace the list with { "$patch": "replace" } first';
  const directive = (at: string, got: string): string =>
    `${at} has the directive ${got}; use $patch: replace, delete or merge, or jsonPatch for a field of that name`;
  const cases: [object, object, string][] = [
    [{}, { $retainKeys: ['a'] }, directive('/', '$retainKeys')],
    [{}, { $patch: 'drop' }, directive('/', '$patch: "drop"')],
    [{}, { spec: { $setElementOrder: [] } }, directive('/spec', '$setElementOrder')],
    [{}, { rules: [{ $x: 1 }] }, directive('/rules/0', '$x')],
    [{}, { rules: ['a', ['b', { $x: 1 }]] }, directive('/rules/1/1', '$x')],
    [{}, { $patch: 'delete' }, '$patch: delete at the top would delete the object; leave the construct out instead'],
    [{}, { spec: { $patch: 'delete' } }, '$patch: delete at /spec finds nothing to delete; remove it'],
    [
      pod({ volumes: [] }),
      pod({ volumes: [{ name: null }] }),
      '/spec/template/spec/volumes/0 has no name, by which this list is merged; add it, or put { "$patch": "replace" } first',
    ],
    [
      pod({ volumes: [{ name: 'a' }, { name: 'a' }] }),
      pod({ volumes: [{ name: 'a' }] }),
      `/spec/template/spec/volumes/0: 2 items have name "a"; ${replaceFirst}`,
    ],
    [
      pod({ topologySpreadConstraints: [spread('zone', 'DoNotSchedule', 1), spread('zone', 'DoNotSchedule', 2)] }),
      pod({ topologySpreadConstraints: [{ topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }] }),
      `/spec/template/spec/topologySpreadConstraints/0: 2 items have topologyKey "zone"; say which by its whenUnsatisfiable, or ${replaceFirst}`,
    ],
    [
      { spec: { a: 'b' } },
      { spec: { a: ['b'] } },
      '/spec/a is a plain value and the patch has a list; give a plain value, or use jsonPatch to replace it',
    ],
  ];
  test.each(cases)('%j and %j', (target, patch, message) => {
    expect(() => strategicMerge(target, patch, DEPLOYMENT)).toThrow(new RangeError(message));
  });
});

describe('a generated class', () => {
  const drops = (what: string): string =>
    `the generated class drops ${what}; wrap a number-or-string in IntOrString.fromNumber(…), or set a field that the class does not know by merge()`;
  const said = (run: (of: Overrides) => unknown): string[] => {
    const object = defineObject(Testing.chart(), 'loans', head('Deployment', 'loans', 'bank', 'apps/v1'), {
      spec: { replicas: 1 },
    });
    run(Overrides.of(object));
    return problemsOf(() => object.toJson()).map(({ what }) => what);
  };
  const typed = (patch: object) => said((of) => of.typed(k8s.KubeDeployment, patch));

  test.each([
    [{ spec: { replicas: 3, replica: 3 } }, '/spec/replica'],
    [{ nope: {} }, '/nope'],
    [{ nope: [], spec: undefined }, '/nope'],
    [{ nope: 1, spec: { nope: 2, replicas: 3 } }, '/nope, /spec/nope'],
    [{ spec: { replicas: 3, nope: {} } }, '/spec/nope'],
    [{ spec: { replicas: 3, nope: [] } }, '/spec/nope'],
    [{ spec: { replicas: 3, strategy: { nope: 1 } } }, '/spec/strategy/nope'],
    [{ spec: { replicas: 3, template: undefined }, nope: true }, '/nope'],
    [
      { spec: { strategy: { rollingUpdate: { maxSurge: 3, maxUnavailable: 3 } } } },
      '/spec/strategy/rollingUpdate/maxSurge, /spec/strategy/rollingUpdate/maxUnavailable',
    ],
  ])('says what it would lose of %j', (patch, lost) => {
    expect(typed(patch)).toEqual([`override 1, typed: ${drops(lost)}`]);
  });

  test('of another version is refused', () => {
    const scaler = head('HorizontalPodAutoscaler', 'loans', 'bank', 'autoscaling/v2');
    const object = defineObject(Testing.chart(), 'scaler', scaler, { spec: { maxReplicas: 5 } });
    Overrides.of(object as never).typed(k8s.KubeHorizontalPodAutoscaler, { spec: { maxReplicas: 7 } });
    expect(problemsOf(() => object.toJson()).map(({ what }) => what)).toEqual([
      'override 1, typed: the class is for autoscaling/v1 HorizontalPodAutoscaler, the object is autoscaling/v2 HorizontalPodAutoscaler; use the class of that',
    ]);
  });

  test('may be given no body', () => {
    const object = define(Testing.chart(), 'x', k8s.KubeConfigMap, { name: 'x' }, undefined as never);
    expect(object.toJson()).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
  });
});
