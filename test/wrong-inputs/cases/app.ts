import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { BankingService, Environment, GitOpsApp, Overrides, Stage, defineObject, note } from 'cdk8s-banking';
import { IMAGE, type Site, type WrongInput, js, namespace, payments } from '../wrong-input';

const overridden = (change: (of: Overrides) => unknown) => (site: Site) => {
  change(Overrides.of(payments(site.chart).deployment));
};
const patched = (...ops: JsonPatch[]) => overridden((of) => of.jsonPatch(...ops));
const object = (chart: Chart, id: string, name: string) =>
  defineObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'banking' } }, { data: {} });

export const overrides: readonly WrongInput[] = [
  { kind: 'override without effect', what: 'An override says what is said already', build: patched(JsonPatch.replace('/spec/minReadySeconds', 10)), message: '' },
  { kind: 'override without effect', what: 'A merge is empty', build: overridden((of) => of.merge({})), message: '' },
  { kind: 'override of nothing', what: 'An override replaces what is not there', build: patched(JsonPatch.replace('/spec/paused', true)), message: '' },
  { kind: 'override of nothing', what: 'An override removes a container that is not there', build: patched(JsonPatch.remove('/spec/template/spec/containers/1')), message: '' },
  { kind: 'override of nothing', what: 'The path of an override is written with dots', build: patched(JsonPatch.replace('spec.replicas', 3)), message: '' },
  { kind: 'override of a name', what: 'An override renames an object', build: patched(JsonPatch.replace('/metadata/name', 'payments-v2')), message: '' },
  { kind: 'override of a name', what: 'An override moves an object', build: overridden((of) => of.merge({ metadata: { namespace: 'default' } })), message: '' },
  {
    kind: 'override of another kind',
    what: 'An override is typed by the class of another kind',
    build: overridden((of) => of.typed(kplus.k8s.KubeService, { spec: { type: 'NodePort' } })),
    message: '',
  },
  { kind: 'no JSON', what: 'An override holds a number that is none', build: patched(JsonPatch.add('/spec/replicas', Number.NaN)), message: '' },
  { kind: 'no such object', what: 'An object is looked for that is not there', build: ({ chart }) => payments(chart).object('Ingress'), message: '' },
];

export const collisions: readonly WrongInput[] = [
  {
    kind: 'collision',
    what: 'Two services have one name',
    build: ({ chart }) => {
      const home = namespace(chart);
      payments(chart, {}, home);
      new BankingService(chart, 'payments-again', { namespace: home, name: 'payments', image: IMAGE, port: 8080 });
    },
    message: '',
  },
  {
    kind: 'collision',
    what: 'An object of the user has the name of another one',
    build: ({ chart }) => {
      object(chart, 'first', 'settings');
      new ApiObject(chart, 'second', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'banking' } });
    },
    message: '',
  },
  {
    kind: 'file collision',
    what: 'Two charts are written to one file',
    build: ({ app, chart }) => {
      object(chart, 'first', 'first');
      object(new Chart(new Construct(app, 'team'), 'bank'), 'second', 'second');
    },
    message: '',
  },
  {
    kind: 'file collision',
    what: 'Two charts differ by capitals alone',
    build: ({ app, chart }) => {
      object(chart, 'first', 'first');
      object(new Chart(app, 'Bank'), 'second', 'second');
    },
    message: '',
  },
];

export const environments: readonly WrongInput[] = [
  { kind: 'environment', what: 'An environment climbs out of the folder', build: ({ app }) => new Environment(app, '../prod', { stage: Stage.PRODUCTION }), message: '' },
  { kind: 'environment', what: 'An environment stands in a chart', build: ({ chart }) => new Environment(chart, 'prod', { stage: Stage.PRODUCTION }), message: '' },
  { kind: 'environment', what: 'A stage is unknown', build: ({ app }) => new Environment(app, 'prod', { stage: js('live') }), message: '' },
  { kind: 'folder', what: 'The folder of an app climbs', build: ({ outdir }) => new GitOpsApp({ outdir, folder: '../..' }), message: '' },
  { kind: 'folder', what: 'The extension of manifests is that of a program', build: ({ outdir }) => new GitOpsApp({ outdir, outputFileExtension: '.sh' }), message: '' },
  {
    kind: 'folder',
    what: 'The id of a chart is no file name',
    build: ({ app }) => void object(new Chart(app, 'bank: retail'), 'first', 'first'),
    message: '',
  },
  { kind: 'no name', what: 'An object has no name', build: ({ chart }) => object(chart, 'first', ''), message: '' },
  { kind: 'note', what: 'A note says nothing', build: ({ chart }) => note(chart, { kind: 'warning', text: ' ' }), message: '' },
];
