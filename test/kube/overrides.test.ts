import { ApiObject, type Chart, JsonPatch, Testing } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { k8s } from 'cdk8s-plus-28';
import { defineObject, Overrides } from '../../lib/kube';
import { head, problemsOf } from './fixtures';

const policyProps: k8s.KubeNetworkPolicyProps = {
  metadata: { name: 'p' },
  spec: { podSelector: {}, ingress: [{ ports: [{ port: k8s.IntOrString.fromNumber(8080), protocol: 'TCP' }] }] },
};
const PORT = '/spec/ingress/0/ports/0/port';

function l2Policy(chart: Chart): ApiObject {
  const policy = new plus.NetworkPolicy(chart, 'p', {
    metadata: { name: 'p' },
    ingress: {
      rules: [{ peer: plus.NetworkPolicyIpBlock.ipv4(chart, 'ip', '10.0.0.0/8'), ports: [plus.NetworkPolicyPort.tcp(8080)] }],
    },
  });
  return ApiObject.of(policy);
}

const MAKERS: [string, (chart: Chart) => ApiObject][] = [
  ['a generated class', (chart) => new k8s.KubeNetworkPolicy(chart, 'p', policyProps)],
  ['a cdk8s-plus L2', l2Policy],
];

describe.each(MAKERS)('the escape-hatch trap, on %s', (_name, make) => {
  test('without us, a patch of the port opens every port', () => {
    const object = make(Testing.chart());
    object.addJsonPatch(JsonPatch.replace(PORT, 8443));
    expect(object.toJson().spec.ingress[0].ports[0].port).toBeUndefined();
  });

  test.each([
    ['addJsonPatch before', (o: ApiObject) => (o.addJsonPatch(JsonPatch.replace(PORT, 8443)), Overrides.of(o))],
    ['addJsonPatch after', (o: ApiObject) => (Overrides.of(o), o.addJsonPatch(JsonPatch.replace(PORT, 8443)))],
    ['jsonPatch', (o: ApiObject) => Overrides.of(o).jsonPatch(JsonPatch.replace(PORT, 8443))],
    [
      'jsonPatch with IntOrString',
      (o: ApiObject) => Overrides.of(o).jsonPatch(JsonPatch.replace(PORT, k8s.IntOrString.fromNumber(8443))),
    ],
  ])('%s: NetworkPolicy port 8080 to 8443 survives as a number', (_how, patch) => {
    const object = make(Testing.chart());
    patch(object);
    expect(object.toJson().spec.ingress[0].ports).toEqual([{ port: 8443, protocol: 'TCP' }]);
  });

  test('an unknown field survives', () => {
    const object = make(Testing.chart());
    Overrides.of(object).merge({ spec: { futureField: { deep: [1] } } });
    expect(object.toJson().spec.futureField).toEqual({ deep: [1] });
  });
});

describe('Overrides.of', () => {
  test('is the same for the object and for what owns it, and wraps once', () => {
    const deployment = new plus.Deployment(Testing.chart(), 'd', { metadata: { name: 'd' }, containers: [{ image: 'x' }] });
    const overrides = Overrides.of(deployment);
    const wrapped = Object.getOwnPropertyDescriptor(ApiObject.of(deployment), 'toJson')?.value;
    expect(wrapped).toBeInstanceOf(Function);
    expect(Overrides.of(ApiObject.of(deployment))).toBe(overrides);
    expect(Object.getOwnPropertyDescriptor(ApiObject.of(deployment), 'toJson')?.value).toBe(wrapped);
  });
});

describe('the three kinds of override', () => {
  test('apply in the order of the calls', () => {
    const object = defineObject(Testing.chart(), 'x', head('ConfigMap', 'x'), { data: { a: '1' } });
    Overrides.of(object)
      .merge({ data: { a: '2' } })
      .jsonPatch(JsonPatch.test('/data/a', '2'), JsonPatch.copy('/data/a', '/data/b'))
      .typed(k8s.KubeConfigMap, { data: { a: '3' } });
    expect(object.toJson().data).toEqual({ a: '3', b: '2' });
  });

  test('typed renames to wire names, keeps IntOrString, and merges containers by name', () => {
    const deployment = new plus.Deployment(Testing.chart(), 'd', {
      metadata: { name: 'd' },
      containers: [{ name: 'main', image: 'x' }],
    });
    Overrides.of(deployment).typed(k8s.KubeDeployment, {
      spec: {
        strategy: { rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(3) } },
        template: { spec: { hostPid: true, containers: [{ name: 'main', imagePullPolicy: 'Never' }] } },
      },
    });
    const { spec } = ApiObject.of(deployment).toJson();
    expect(spec.strategy.rollingUpdate).toMatchObject({ maxSurge: 3 });
    expect(spec.template.spec.hostPID).toBe(true);
    expect(spec.template.spec.containers).toMatchObject([{ name: 'main', image: 'x', imagePullPolicy: 'Never' }]);
  });

  test('a patch does not reorder what it does not touch', () => {
    const make = (): ApiObject => new k8s.KubeNetworkPolicy(Testing.chart(), 'p', policyProps);
    const [plain, patched] = [make(), make()];
    Overrides.of(plain);
    Overrides.of(patched)
      .merge({ spec: { aaa: 1 } })
      .merge({ spec: { aaa: null } });
    expect(JSON.stringify(patched.toJson())).toBe(JSON.stringify(plain.toJson()));
  });

  test('a variable that is reused afterwards does not change a patch', () => {
    const object = defineObject(Testing.chart(), 'x', head('ConfigMap', 'x'), { data: { a: '1' } });
    const patch = { data: { a: '2' } };
    Overrides.of(object).merge(patch);
    patch.data.a = '3';
    expect(object.toJson().data.a).toBe('2');
  });
});

describe('an override that is wrong', () => {
  const cases: [string, (o: Overrides) => unknown, RegExp][] = [
    ['no-op merge', (o) => o.merge({ data: { a: '1' } }), /^override 1, merge: it changes nothing/],
    ['no-op replace', (o) => o.jsonPatch(JsonPatch.replace('/data/a', '1')), /replace \/data\/a: it changes nothing/],
    ['deletes what is not there', (o) => o.merge({ data: { b: null } }), /changes nothing/],
    [
      'replaces what is missing',
      (o) => o.jsonPatch(JsonPatch.replace('/data/b', '1')),
      /nothing at \/data\/b: \/data is a map of a/,
    ],
    ['removes what is missing', (o) => o.jsonPatch(JsonPatch.remove('/data/b')), /nothing at \/data\/b/],
    [
      'adds below what is missing',
      (o) => o.jsonPatch(JsonPatch.add('/spec/x', 1)),
      /nothing at \/spec\/x: the object is a map of/,
    ],
    ['adds past a list', (o) => o.jsonPatch(JsonPatch.add('/list/3', 1)), /\/list is a list of 1/],
    ['copies what is missing', (o) => o.jsonPatch(JsonPatch.copy('/data/b', '/data/c')), /nothing at \/data\/b/],
    ['no pointer', (o) => o.jsonPatch(JsonPatch.add('data', 1)), /"data" is not a JSON pointer/],
    ['fails its test', (o) => o.jsonPatch(JsonPatch.test('/data/a', '2')), /does not say "2"/],
    ['renames', (o) => o.merge({ metadata: { name: 'y' } }), /changes metadata.name from "x" to "y".*as a prop/],
    ['moves', (o) => o.jsonPatch(JsonPatch.add('/metadata/namespace', 'n')), /changes metadata.namespace from nothing to "n"/],
    ['changes the kind', (o) => o.merge({ kind: 'Secret' }), /changes kind/],
    ['replaces the whole', (o) => o.jsonPatch(JsonPatch.replace('', {})), /changes apiVersion from "v1" to nothing/],
    ['is of another class', (o) => o.typed(k8s.KubeSecret, { data: {} }), /class is for v1 Secret, the object is v1 ConfigMap/],
    ['has an unknown field', (o) => o.typed(k8s.KubeConfigMap, { dada: 1 } as never), /the generated class drops \/dada/],
    ['is no JSON', (o) => o.merge({ data: { a: Number.NaN } }), /\/data\/a is number/],
  ];

  test.each(cases)('%s', (_name, patch, message) => {
    const chart = Testing.chart();
    const object = defineObject(chart, 'x', head('ConfigMap', 'x'), { data: { a: '1' }, list: [1] });
    patch(Overrides.of(object));
    expect(problemsOf(() => Testing.synth(chart))).toEqual([
      { where: 'test/x (ConfigMap x)', what: expect.stringMatching(message) },
    ]);
  });

  test('all that are wrong are reported together', () => {
    const object = defineObject(Testing.chart(), 'x', head('ConfigMap', 'x'), { data: { a: '1' } });
    Overrides.of(object)
      .merge({ data: { a: '1' } })
      .merge({ data: { a: '2' } })
      .merge({ kind: 'Y' });
    expect(problemsOf(() => object.toJson()).map((p) => p.what.slice(0, 10))).toEqual(['override 1', 'override 3']);
  });
});
