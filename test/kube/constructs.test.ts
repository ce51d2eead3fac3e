import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { k8s } from 'cdk8s-plus-28';
import { defineObject, Environment, findObject, GitOpsApp, handedOverTo, handOver, Overrides, Stage } from '../../lib/kube';
import { config } from './app';
import { freshOutdir, head, problemsOf, removeOutdirs } from './fixtures';

afterAll(removeOutdirs);

/* What is found below a construct, what is handed over, and what is said where there is no such thing. */

const told = (run: () => unknown): string[] => problemsOf(run).map(({ where, what }) => `${where}: ${what}`);

describe('findObject', () => {
  const chart = (): Chart => {
    const found = Testing.chart();
    config(found, 'loans', 'bank');
    config(found, 'atm', 'bank');
    defineObject(found, 's', head('Service', 'loans', 'bank'), {});
    return found;
  };

  test('finds the only one of a kind, or the one that is named', () => {
    const where = chart();
    expect(findObject(where, 'Service').node.path).toBe('test/s');
    expect(findObject(where, 'ConfigMap', 'atm').node.path).toBe('test/config-atm-bank');
    expect(findObject(where, 'ConfigMap', 'loans').node.path).toBe('test/config-loans-bank');
  });

  test.each([
    [
      (where: Chart) => findObject(where, 'ConfigMap'),
      'has 2 objects of kind "ConfigMap"; give the name too: ConfigMap atm, ConfigMap loans, Service loans',
    ],
    [(where: Chart) => findObject(where, 'Secret'), 'has no Secret: ConfigMap atm, ConfigMap loans, Service loans'],
    [
      (where: Chart) => findObject(where, 'Service', 'atm'),
      'has no Service "atm": ConfigMap atm, ConfigMap loans, Service loans',
    ],
  ])('lists what there is: %#', (find, expected) => {
    expect(told(() => find(chart()))).toEqual([`test: ${expected}`]);
  });

  test('says where there is nothing at all', () => {
    expect(told(() => findObject(Testing.chart(), 'Service'))).toEqual(['test: has no Service: it has none at all']);
  });
});

describe('Overrides', () => {
  const object = (chart = Testing.chart()): ApiObject => config(chart, 'loans', 'bank');
  const several = (): Chart => {
    const chart = Testing.chart();
    config(chart, 'loans');
    return chart;
  };
  const MAP = 'must be a map of fields, like { spec: { … } }';
  const MADE = 'must be made with JsonPatch.add, replace, remove, copy, move or test';
  test.each([
    ['nothing', () => Overrides.of(undefined as never), 'Overrides.of: nothing is no construct'],
    ['a name', () => Overrides.of('loans' as never), 'Overrides.of: "loans" is no construct'],
    [
      'what stands for no single object',
      () => Overrides.of(several()),
      "test: stands for several objects, or for none; name the one to override: service.object('VirtualService'), findObject(namespace, 'Namespace')",
    ],
    ['with a text', () => Overrides.of(object()).merge('data' as never), `merge: "data" ${MAP}`],
    ['with a list', () => Overrides.of(object()).merge([] as never), `merge: [] ${MAP}`],
    ['with a typed nothing', () => Overrides.of(object()).typed(k8s.KubeConfigMap, null as never), `typed: null ${MAP}`],
    [
      'with a bare operation',
      () => Overrides.of(object()).jsonPatch(JsonPatch.remove('/data'), { op: 'remove', path: '/data' } as never),
      `jsonPatch: {"op":"remove","path":"/data"} ${MADE}`,
    ],
    ['with no operation', () => Overrides.of(object()).jsonPatch(undefined as never), `jsonPatch: nothing ${MADE}`],
  ])('of %s are refused', (_what, run, message) => {
    expect(told(run)).toEqual([message]);
  });

  test('of a construct of cdk8s-plus are those of its object', () => {
    const deployment = new plus.Deployment(Testing.chart(), 'd', { metadata: { name: 'd' }, containers: [{ image: 'x' }] });
    Overrides.of(deployment).merge({ spec: { paused: true } });
    expect(ApiObject.of(deployment).toJson().spec.paused).toBe(true);
  });
});

describe('handOver', () => {
  const theirs = (): ApiObject => config(Testing.chart(), 'dashboards', 'monitoring');
  const NAME =
    'is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"';
  test.each([
    ['../x', `handed over to "../x" ${NAME}`],
    ['', `handed over to "" ${NAME}`],
    ['tracing', 'handed over to "tracing", but its metadata.namespace is "monitoring"; give both the same name'],
  ])('to %j is refused', (namespace, what) => {
    expect(told(() => handOver(theirs(), namespace))).toEqual([`test/config-dashboards-monitoring: ${what}`]);
  });

  test('of an object without namespace is refused', () => {
    expect(told(() => handOver(config(Testing.chart(), 'x'), 'monitoring'))).toEqual([
      'test/config-x-undefined: handed over to "monitoring", but its metadata.namespace is nothing; give both the same name',
    ]);
  });

  test('may be said twice', () => {
    const object = theirs();
    expect(handedOverTo(object)).toBeUndefined();
    handOver(object, 'monitoring');
    handOver(object, 'monitoring');
    expect(handedOverTo(object)).toBe('monitoring');
  });
});

describe('Environment', () => {
  test.each([undefined, null, 'prod', 7, {}, new App()])('%p is none', (value) => {
    expect(Environment.isEnvironment(value)).toBe(false);
  });

  test('is one', () => {
    expect(Environment.isEnvironment(new Environment(new App(), 'prod', { stage: Stage.PRODUCTION }))).toBe(true);
  });

  const app = new App();
  const outer = new Environment(app, 'outer', { stage: Stage.STAGING });
  const STAGE = { stage: Stage.STAGING };
  test.each([
    [
      'without props',
      () => new Environment(app, 'a', undefined as never),
      'environment a: the props are nothing; give { stage: Stage.PRODUCTION }',
    ],
    [
      'with none',
      () => new Environment(app, 'b', null as never),
      'environment b: the props are null; give { stage: Stage.PRODUCTION }',
    ],
    [
      'with a text',
      () => new Environment(app, 'c', 'staging' as never),
      'environment c: the props are "staging"; give { stage: Stage.PRODUCTION }',
    ],
    [
      'in another',
      () => new Environment(outer, 'd', STAGE),
      'environment d: it stands in the environment outer; put it directly below the app, and the charts below it',
    ],
    [
      'in a chart of another',
      () => new Environment(new Chart(outer, 'e'), 'e', STAGE),
      'environment e: it stands in the environment outer; put it directly below the app, and the charts below it',
    ],
  ])('%s is refused', (_what, run, message) => {
    expect(told(run)).toEqual([message]);
  });
});

test('a plain synth notices collisions again after a GitOpsApp has looked for them itself', () => {
  const app = new GitOpsApp({ outdir: freshOutdir() });
  const chart = new Chart(app, 'c');
  config(chart, 'same');
  app.synth();
  config(new Chart(app, 'd'), 'same');
  expect(() => chart.toJson()).toThrow(
    'd/config-same-undefined: ConfigMap same is defined by c/config-same-undefined too; remove or rename one',
  );
});
