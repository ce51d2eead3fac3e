import { ApiObject, App, Chart } from 'cdk8s';
import { Environment, ObservabilityStack, ObservedService, Overrides, Platform, Stage } from '../../../lib';
import { StackWorld } from './world';

/* O5: of two Telemetries without a selector in a namespace Istio takes the older one, and nobody is told. */

const said = (world: StackWorld): string[] =>
  world.chart.node.root.node
    .findAll()
    .flatMap((one) => one.node.validate())
    .filter((text) => text.includes('without a selector'));

function stack(world: StackWorld, id: string, namespace: string): void {
  new ObservabilityStack(world.chart, id, {
    platform: new Platform(),
    objective: { availability: 99 },
    services: [ObservedService.of({ namespace, name: 'clerk' })],
  });
}

const sentence = (later: string, earlier: string) =>
  `world/${later}: world/${earlier} is a Telemetry without a selector in namespace vault too, and Istio takes only the older one; ` +
  'watch a namespace in one stack, or give the other telemetry: { accessLogs: AccessLogs.inherited(), tracing: Tracing.inherited() }';

test('each stack tells of those before it, and none of those after it', () => {
  const world = new StackWorld();
  stack(world, 'second', 'vault');
  stack(world, 'third', 'vault');
  stack(world, 'elsewhere', 'attic');
  expect(said(world)).toEqual([
    sentence('second/telemetry-vault', 'stack/telemetry-vault'),
    sentence('third/telemetry-vault', 'stack/telemetry-vault'),
    sentence('third/telemetry-vault', 'second/telemetry-vault'),
  ]);
});

function own(scope: Chart, apiVersion: string, kind: string, spec?: object, namespace = 'vault'): ApiObject {
  return new ApiObject(new Chart(scope, 'own'), 'own', { apiVersion, kind, metadata: { name: 'own', namespace }, spec });
}

const TELEMETRY = ['telemetry.istio.io/v1', 'Telemetry'] as const;

test.each<[string, (chart: Chart) => ApiObject]>([
  ['without a spec', (chart) => own(chart, ...TELEMETRY)],
  ['for all pods, of another version', (chart) => own(chart, 'telemetry.istio.io/v1alpha1', 'Telemetry', {})],
])('one of the user %s is a rival, made before or after', (_, make) => {
  const after = new StackWorld();
  make(after.chart);
  expect(said(after)).toEqual([sentence('stack/telemetry-vault', 'own/own')]);
});

test.each<[string, (chart: Chart) => ApiObject]>([
  ['for some pods', (chart) => own(chart, ...TELEMETRY, { selector: { matchLabels: { app: 'a' } } })],
  ['for one thing', (chart) => own(chart, ...TELEMETRY, { targetRef: { kind: 'Gateway', name: 'a' } })],
  ['for several things', (chart) => own(chart, ...TELEMETRY, { targetRefs: [{ kind: 'Gateway', name: 'a' }] })],
  ['of another namespace', (chart) => own(chart, ...TELEMETRY, {}, 'attic')],
  ['of another API', (chart) => own(chart, 'telemetry.example.com/v1', 'Telemetry', {})],
  ["of another kind of Istio's", (chart) => own(chart, 'telemetry.istio.io/v1', 'Filter', {})],
])('one %s is none', (_, make) => {
  const world = new StackWorld();
  make(world.chart);
  expect(said(world)).toEqual([]);
});

test('one of a stack that an override has mean some pods is none either, and has none', () => {
  const world = new StackWorld();
  const [telemetry] = world.chart.node
    .findAll()
    .filter((one): one is ApiObject => ApiObject.isApiObject(one) && one.kind === 'Telemetry');
  Overrides.of(telemetry!).merge({ spec: { selector: { matchLabels: { app: 'teller' } } } });
  own(world.chart, ...TELEMETRY);
  stack(world, 'second', 'vault');
  expect(said(world)).toEqual([sentence('second/telemetry-vault', 'own/own')]);
});

test('nor is one of another environment, which is another cluster', () => {
  const app = new App();
  for (const name of ['staging', 'production']) {
    const chart = new Chart(new Environment(app, name, { stage: Stage.PRODUCTION }), 'bank');
    new ObservabilityStack(chart, 'stack', {
      platform: new Platform(),
      objective: { availability: 99 },
      services: [ObservedService.of({ namespace: 'vault', name: 'clerk' })],
    });
  }
  const problems = app.node.findAll().flatMap((one) => one.node.validate());
  expect(problems.filter((text) => text.includes('without a selector'))).toEqual([]);
});
