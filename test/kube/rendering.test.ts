import { runInNewContext } from 'node:vm';
import { type ApiObject, App, Chart, type IResolver, JsonPatch, Lazy, Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { ConfigError } from '../../lib';
import { define, defineObject, GitOpsApp, Overrides, onceInSynth, toYaml, transform } from '../../lib/kube';
import { put } from '../../lib/kube/manifest';
import { head, problemsOf } from './fixtures';

/* How an object becomes JSON: what is asked when, in which order keys stand, and what is no JSON. */

const thing = (body: object, chart = Testing.chart()): ApiObject => defineObject(chart, 'x', head('Thing', 'x'), body);
const text = (object: ApiObject): string => JSON.stringify(object.toJson());
const spec = (value: unknown): unknown => (thing({ spec: value }).toJson() as { spec: unknown }).spec;

describe('keys', () => {
  afterEach(() => {
    delete process.env.CDK8S_DISABLE_SORT;
  });

  const build = (): ApiObject => {
    const object = thing({ spec: { z: 1, a: [{ d: 1, c: 2 }] } });
    Overrides.of(object).merge({ data: { y: 1, b: [{ f: 1, e: 2 }] }, array: [] });
    return object;
  };

  test('are sorted all the way down, behind apiVersion, kind and metadata', () => {
    expect(text(build())).toBe(
      '{"apiVersion":"v1","kind":"Thing","metadata":{"name":"x"},' +
        '"array":[],"data":{"b":[{"e":2,"f":1}],"y":1},"spec":{"a":[{"c":2,"d":1}],"z":1}}',
    );
  });

  test('are sorted too where a transform and an override come after it, and in an object with a toJson of its own', () => {
    const finished = thing({});
    transform(finished, (json) => ({ ...json, spec: { z: 1, a: { d: 1, c: 2 } } }));
    Overrides.of(finished).merge({ data: { y: 1, b: 2 } });
    expect(text(finished)).toContain('"data":{"b":2,"y":1},"spec":{"a":{"c":2,"d":1},"z":1}}');
    const own = new k8s.KubeConfigMap(Testing.chart(), 'x', { metadata: { name: 'x' } });
    own.toJson = () => ({ data: { z: '1', a: '2' }, metadata: { name: 'x' }, kind: 'ConfigMap', apiVersion: 'v1' });
    Overrides.of(own);
    expect(text(own)).toBe('{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"data":{"a":"2","z":"1"}}');
  });

  test("stay as they were written where cdk8s' own switch says so", () => {
    process.env.CDK8S_DISABLE_SORT = '1';
    expect(text(build())).toBe(
      '{"apiVersion":"v1","kind":"Thing","metadata":{"name":"x"},' +
        '"spec":{"z":1,"a":[{"d":1,"c":2}]},"data":{"y":1,"b":[{"f":1,"e":2}]},"array":[]}',
    );
  });

  test('without a value are left out, also those that a transform made', () => {
    const object = thing({ spec: { kept: 1 } });
    transform(object, (json) => ({ ...json, spec: { a: undefined, b: { c: undefined }, kept: 1 } }));
    expect(object.toJson()).toStrictEqual({
      apiVersion: 'v1',
      kind: 'Thing',
      metadata: { name: 'x' },
      spec: { b: {}, kept: 1 },
    });
  });

  test('may be called like the prototype', () => {
    const data = JSON.parse('{"__proto__": "deep", "a": {"__proto__": {"b": "1"}}}') as object;
    const object = thing({ data });
    expect(text(object)).toContain('"data":{"__proto__":"deep","a":{"__proto__":{"b":"1"}}}');
    Overrides.of(object).merge(
      JSON.parse('{"data": {"__proto__": "deeper", "a": {"__proto__": {"c": "2"}}}}') as Record<string, unknown>,
    );
    expect(text(object)).toContain('"data":{"__proto__":"deeper","a":{"__proto__":{"b":"1","c":"2"}}}');
    expect(toYaml([object.toJson() as object])).toContain('  __proto__: deeper\n');
  });
});

test('a field that is called like the prototype is changed and taken away like any other', () => {
  const map: Record<string, unknown> = {};
  put(map, '__proto__', 1);
  put(map, '__proto__', 2);
  expect(Object.getOwnPropertyDescriptors(map)).toEqual(Object.getOwnPropertyDescriptors(JSON.parse('{"__proto__": 2}')));
});

describe('labels', () => {
  const labels = (given: Record<string, string | null | undefined>): unknown =>
    defineObject(
      Testing.chart(),
      'x',
      { apiVersion: 'v1', kind: 'Thing', metadata: { name: 'x', labels: given as never } },
      {},
    ).toJson().metadata;

  test('that are nothing are left out, and so is the map of none', () => {
    expect(labels({ team: 'loans', gone: undefined, none: null })).toStrictEqual({ name: 'x', labels: { team: 'loans' } });
    expect(labels({ gone: undefined })).toStrictEqual({ name: 'x' });
  });
});

describe('values', () => {
  class Box {
    constructor(readonly value: unknown) {}
  }

  test('that are late are asked for, wherever they stand', () => {
    const late = (value: unknown): unknown => Lazy.any({ produce: () => value });
    const token = { resolve: () => ({ port: k8s.IntOrString.fromNumber(8071) }) };
    expect(spec({ list: ['plain', late(['a', late('b')])], same: ['c', { d: 1 }], token, resolve: 'a field' })).toEqual({
      list: ['plain', ['a', 'b']],
      same: ['c', { d: 1 }],
      token: { port: 8071 },
      resolve: 'a field',
    });
  });

  test('of classes that hold a number or a text are that', () => {
    expect(spec([new Box(8071), new Box('http')])).toEqual([8071, 'http']);
  });

  test('may be maps without a prototype, and of another realm', () => {
    const bare = Object.assign(Object.create(null) as object, { a: 1 });
    expect(spec({ bare, foreign: runInNewContext('({ b: [2, { c: 3 }] })') as object })).toEqual({
      bare: { a: 1 },
      foreign: { b: [2, { c: 3 }] },
    });
  });

  test('are never the zero below zero, which JSON does not know', () => {
    expect(spec({ replicas: -0, share: -1 })).toEqual({ replicas: 0, share: -1 });
  });

  const NO_JSON = 'which is no JSON; use a map, a list, a string, a finite number, true or false';
  test.each([
    [{ when: new Date(0) }, '/spec/when is an instance of Date'],
    [[{ a: [1, new Map()] }], '/spec/0/a/1 is an instance of Map'],
    [{ before: ['fine'], box: new Box({ a: 1 }) }, '/spec/box is an instance of Box'],
    [{ box: new Box(true) }, '/spec/box is an instance of Box'],
    [Number.POSITIVE_INFINITY, '/spec is number Infinity'],
    [{ call: () => 1 }, '/spec/call is the function call'],
    [{ big: 1n }, '/spec/big is bigint 1'],
  ])('that are no JSON are refused with their place: %p', (value, what) => {
    expect(problemsOf(() => thing({ spec: value }).toJson())).toEqual([
      { where: 'test/x (Thing x)', what: `cannot be rendered: ${what}, ${NO_JSON}` },
    ]);
  });
});

describe('a resolver of the app', () => {
  const resolver: IResolver = {
    resolve: (context) => {
      if (context.value === 'WHERE') context.replaceValue(context.key.join('/'));
    },
  };
  const chart = (): Chart => new Chart(new App({ resolvers: [resolver] }), 'c');

  test('is asked about labels, bodies and overrides', () => {
    const object = defineObject(
      chart(),
      'x',
      { apiVersion: 'v1', kind: 'Thing', metadata: { name: 'x', labels: { place: 'WHERE' } } },
      {
        spec: {
          at: ['WHERE', Lazy.any({ produce: () => ['WHERE'] })],
          port: k8s.IntOrString.fromNumber(8071),
          late: Lazy.any({ produce: () => k8s.IntOrString.fromNumber(8072) }),
          none: undefined,
          on: true,
        },
      },
    );
    Overrides.of(object).merge({ more: { of: 'WHERE', port: k8s.IntOrString.fromString('http'), none: null } });
    expect(object.toJson()).toEqual({
      apiVersion: 'v1',
      kind: 'Thing',
      metadata: { name: 'x', labels: { place: 'place' } },
      more: { of: 'more/of', port: 'http' },
      spec: { at: ['spec/at/0', ['spec/at/1/0']], late: 8072, port: 8071, on: true },
    });
  });

  test('is asked about what a generated class is given', () => {
    const object = define(chart(), 'x', k8s.KubeService, { name: 'x' }, () => ({
      spec: { clusterIp: 'WHERE', ports: [{ port: 80, targetPort: k8s.IntOrString.fromNumber(8071) }] },
    }));
    expect(object.toJson().spec).toEqual({ clusterIP: 'spec/clusterIp', ports: [{ port: 80, targetPort: 8071 }] });
  });
});

test('a class of the user that is made of a generated one has its own word, before overrides', () => {
  class Settings extends k8s.KubeConfigMap {
    override toJson(): object {
      return { ...(super.toJson() as object), immutable: true };
    }
  }
  const object = new Settings(Testing.chart(), 'x', { metadata: { name: 'x' }, data: { a: '1' } });
  Overrides.of(object).merge({ data: { b: '2' } });
  expect(object.toJson()).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'x' },
    data: { a: '1', b: '2' },
    immutable: true,
  });
});

test('an object with a toJson of its own has the word as well', () => {
  const object = new k8s.KubeConfigMap(Testing.chart(), 'x', { metadata: { name: 'x' }, data: { a: '1' } });
  const usual = object.toJson.bind(object);
  object.toJson = () => ({ ...(usual() as object), immutable: true });
  Overrides.of(object).merge({ data: { b: '2' } });
  expect(object.toJson()).toMatchObject({ data: { a: '1', b: '2' }, immutable: true });
});

test('an object of a generated class is what the class makes of it: late values, numbers or texts, no nulls', () => {
  const props = {
    metadata: { name: 'x', labels: { z: '1', a: '2' } },
    spec: {
      clusterIp: Lazy.any({ produce: () => '10.0.0.1' }) as unknown as string,
      ports: [{ port: 80, targetPort: k8s.IntOrString.fromNumber(8071), name: null as unknown as string }],
      selector: undefined,
    },
  };
  const [plain, ours] = [new k8s.KubeService(Testing.chart(), 'x', props), new k8s.KubeService(Testing.chart(), 'x', props)];
  Overrides.of(ours).jsonPatch(JsonPatch.replace('/spec/clusterIP', '10.0.0.2'));
  const expected = plain.toJson() as { spec: object };
  expect(expected.spec).toEqual({ clusterIP: '10.0.0.1', ports: [{ port: 80, targetPort: 8071 }] });
  expect(ours.toJson()).toStrictEqual({ ...expected, spec: { ...expected.spec, clusterIP: '10.0.0.2' } });
});

describe('what goes wrong', () => {
  test('in a body that judges by itself is said in its own words', () => {
    const object = thing(() => {
      throw new ConfigError([{ where: 'loans.port', what: 'is taken' }]);
    });
    expect(problemsOf(() => object.toJson())).toEqual([{ where: 'loans.port', what: 'is taken' }]);
  });

  test('in a body keeps its error, with the stack of the bug', () => {
    const bug = new TypeError('no such thing');
    const object = thing(() => {
      throw bug;
    });
    const thrown = ((): unknown => {
      try {
        return object.toJson();
      } catch (e) {
        return e;
      }
    })();
    expect(thrown).toBeInstanceOf(ConfigError);
    expect((thrown as ConfigError).message).toBe('test/x (Thing x): cannot be rendered: no such thing');
    expect((thrown as ConfigError).cause).toBe(bug);
  });

  test('in a transform that gives nothing is said', () => {
    const object = thing({});
    transform(object, () => undefined as never);
    expect(problemsOf(() => object.toJson()).map(({ what }) => what)).toEqual([
      'a transform of the library changes apiVersion from "v1" to nothing, which other objects rely on; give it as a prop of the construct instead',
    ]);
  });

  test('with an object that stands in no chart is said with its id', () => {
    const make = (bad: object) =>
      problemsOf(() => defineObject(new App(), 'x', { apiVersion: 'v1', kind: 'Thing', ...bad } as never, {}));
    const expected = [{ where: 'x', what: 'metadata.name is nothing; give every object its own, none is generated' }];
    expect(make({ metadata: {} })).toEqual(expected);
    expect(make({})).toEqual(expected);
  });
});

test('what is computed once is so in one synth, and is computed afresh outside of it', () => {
  const app = new GitOpsApp();
  const chart = new Chart(app, 'c');
  let computed = 0;
  const once = (owner: object, what: string): string => onceInSynth(owner, what, () => `${what} ${(computed += 1)}`);
  for (const name of ['p', 'q']) {
    defineObject(chart, name, head('Thing', name), () => ({
      chart: once(chart, 'a'),
      other: once(chart, 'b'),
      app: once(app, 'a'),
    }));
  }
  const found = (): string[] => [...app.synthYaml().matchAll(/(?:chart|other|app): (.*)/g)].map(([, value]) => value!);
  // Keys are asked for as they were written, and stand sorted.
  expect(found()).toEqual(['a 3', 'a 1', 'b 2', 'a 3', 'a 1', 'b 2']);
  expect(found()).toEqual(['a 6', 'a 4', 'b 5', 'a 6', 'a 4', 'b 5']);
  expect([once(chart, 'a'), once(chart, 'a')]).toEqual(['a 7', 'a 8']);
});
