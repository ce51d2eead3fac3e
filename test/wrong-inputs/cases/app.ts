import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { BankingService, Environment, GitOpsApp, Overrides, Stage, defineObject, handOver, note } from 'cdk8s-banking';
import { IMAGE, type Site, type WrongInput, js, namespace, payments, several } from '../wrong-input';

const overridden = (change: (of: Overrides) => unknown) => (site: Site) => {
  change(Overrides.of(payments(site.chart).deployment));
};
const patched = (...ops: JsonPatch[]) => overridden((of) => of.jsonPatch(...ops));
const object = (chart: Chart, id: string, name: string) =>
  defineObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'banking' } }, { data: {} });

export const overrides: readonly WrongInput[] = [
  {
    kind: 'override without effect',
    what: 'An override says what is said already',
    build: patched(JsonPatch.replace('/spec/minReadySeconds', 10)),
    message:
      'bank/payments/track-payments/deployment/Resource (Deployment banking/payments): override 1, jsonPatch replace /spec/minReadySeconds: it changes nothing; the object says so already, or the path is not what was meant',
  },
  {
    kind: 'override without effect',
    what: 'A merge is empty',
    build: overridden((of) => of.merge({})),
    message:
      'bank/payments/track-payments/deployment/Resource (Deployment banking/payments): override 1, merge: it changes nothing; the object says so already, or the path is not what was meant',
  },
  {
    kind: 'override of nothing',
    what: 'An override replaces what is not there',
    build: patched(JsonPatch.replace('/spec/paused', true)),
    message:
      'bank/payments/track-payments/deployment/Resource (Deployment banking/payments): override 1, jsonPatch replace /spec/paused: there is nothing at /spec/paused: /spec is a map of minReadySeconds, progressDeadlineSeconds, replicas, selector, strategy, template; correct the path, or add what holds it first',
  },
  {
    kind: 'override of nothing',
    what: 'An override removes a container that is not there',
    build: patched(JsonPatch.remove('/spec/template/spec/containers/1')),
    message:
      'bank/payments/track-payments/deployment/Resource (Deployment banking/payments): override 1, jsonPatch remove /spec/template/spec/containers/1: there is nothing at /spec/template/spec/containers/1: /spec/template/spec/containers is a list of 1; correct the path, or add what holds it first',
  },
  {
    kind: 'override of nothing',
    what: 'The path of an override is written with dots',
    build: patched(JsonPatch.replace('spec.replicas', 3)),
    message:
      'bank/payments/track-payments/deployment/Resource (Deployment banking/payments): override 1, jsonPatch replace spec.replicas: "spec.replicas" is not a JSON pointer; start it with "/", as in "/spec/replicas"',
  },
  {
    kind: 'override of a name',
    what: 'An override renames an object',
    build: patched(JsonPatch.replace('/metadata/name', 'payments-v2')),
    message:
      'bank/payments/track-payments/deployment/Resource (Deployment banking/payments): override 1, jsonPatch replace /metadata/name: changes metadata.name from "payments" to "payments-v2", which other objects rely on; give it as a prop of the construct instead',
  },
  {
    kind: 'override of a name',
    what: 'An override moves an object',
    build: overridden((of) => of.merge({ metadata: { namespace: 'default' } })),
    message:
      'bank/payments/track-payments/deployment/Resource (Deployment banking/payments): override 1, merge: changes metadata.namespace from "banking" to "default", which other objects rely on; give it as a prop of the construct instead',
  },
  {
    kind: 'override of another kind',
    what: 'An override is typed by the class of another kind',
    build: overridden((of) => of.typed(kplus.k8s.KubeService, { spec: { type: 'NodePort' } })),
    message:
      'bank/payments/track-payments/deployment/Resource (Deployment banking/payments): override 1, typed: the class is for v1 Service, the object is apps/v1 Deployment; use the class of that',
  },
  {
    kind: 'no JSON',
    what: 'An override holds a number that is none',
    build: patched(JsonPatch.add('/spec/replicas', Number.NaN)),
    message:
      'bank/payments/track-payments/deployment/Resource (Deployment banking/payments): override 1, jsonPatch add /spec/replicas: / is number NaN, which is no JSON; use a map, a list, a string, a finite number, true or false',
  },
  {
    kind: 'override of another kind',
    what: 'An override is typed by the class of another version',
    build: ({ chart }) =>
      Overrides.of(payments(chart).object('HorizontalPodAutoscaler')).typed(kplus.k8s.KubeHorizontalPodAutoscaler, {
        spec: { maxReplicas: 9 },
      }),
    message:
      'bank/payments/track-payments/autoscaler (HorizontalPodAutoscaler banking/payments): override 1, typed: the class is for autoscaling/v1 HorizontalPodAutoscaler, the object is autoscaling/v2 HorizontalPodAutoscaler; use the class of that',
  },
  {
    kind: 'no override',
    what: 'A service is overridden as a whole',
    build: ({ chart }) => Overrides.of(payments(chart)),
    message:
      "bank/payments: stands for several objects, or for none; name the one to override: service.object('VirtualService'), findObject(namespace, 'Namespace')",
  },
  {
    kind: 'no override',
    what: 'An override is an operation as it stands in a patch file',
    build: patched(js({ op: 'replace', path: '/spec/replicas', value: 3 })),
    message:
      'jsonPatch: {"op":"replace","path":"/spec/replicas","value":3} must be made with JsonPatch.add, replace, remove, copy, move or test',
  },
  {
    kind: 'no override',
    what: 'An override is a text',
    build: overridden((of) => of.merge(js('spec: {}'))),
    message: 'merge: "spec: {}" must be a map of fields, like { spec: { … } }',
  },
  {
    kind: 'no such object',
    what: 'An object is looked for that is not there',
    build: ({ chart }) => payments(chart).object('Ingress'),
    message:
      'bank/payments: has no Ingress: Deployment payments, DestinationRule payments, HorizontalPodAutoscaler payments, PodDisruptionBudget payments, Service payments, ServiceAccount payments, VirtualService payments',
  },
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
    message: several(
      'bank/payments-again/service-account/Resource: ServiceAccount banking/payments is defined by bank/payments/service-account/Resource too; remove or rename one',
      'bank/payments-again/track-payments/deployment/Resource: Deployment banking/payments is defined by bank/payments/track-payments/deployment/Resource too; remove or rename one',
      'bank/payments-again/track-payments/autoscaler: HorizontalPodAutoscaler banking/payments is defined by bank/payments/track-payments/autoscaler too; remove or rename one',
      'bank/payments-again/traffic/service: Service banking/payments is defined by bank/payments/traffic/service too; remove or rename one',
      'bank/payments-again/traffic/destination-rule: DestinationRule banking/payments is defined by bank/payments/traffic/destination-rule too; remove or rename one',
      'bank/payments-again/traffic/virtual-service: VirtualService banking/payments is defined by bank/payments/traffic/virtual-service too; remove or rename one',
      'bank/payments-again/disruption-budget: PodDisruptionBudget banking/payments is defined by bank/payments/disruption-budget too; remove or rename one',
    ),
  },
  {
    kind: 'collision',
    what: 'An object of the user has the name of another one',
    build: ({ chart }) => {
      object(chart, 'first', 'settings');
      new ApiObject(chart, 'second', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings', namespace: 'banking' },
      });
    },
    message: 'bank/second: ConfigMap banking/settings is defined by bank/first too; remove or rename one',
  },
  {
    kind: 'file collision',
    what: 'Two charts are written to one file',
    build: ({ app, chart }) => {
      object(chart, 'first', 'first');
      object(new Chart(new Construct(app, 'team'), 'bank'), 'second', 'second');
    },
    message: 'team/bank: bank.yaml clashes with bank.yaml of file of bank; give one of the charts another id',
  },
  {
    kind: 'file collision',
    what: 'Two charts differ by capitals alone',
    build: ({ app, chart }) => {
      object(chart, 'first', 'first');
      object(new Chart(app, 'Bank'), 'second', 'second');
    },
    message: 'bank: bank.yaml clashes with Bank.yaml of file of Bank; give one of the charts another id',
  },
];

export const environments: readonly WrongInput[] = [
  {
    kind: 'environment',
    what: 'An environment climbs out of the folder',
    build: ({ app }) => new Environment(app, '../prod', { stage: Stage.PRODUCTION }),
    message:
      'environment ../prod: "../prod" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'environment',
    what: 'An environment stands in a chart',
    build: ({ chart }) => new Environment(chart, 'prod', { stage: Stage.PRODUCTION }),
    message: 'environment prod: it stands in the chart bank; put it directly below the app, and the charts below it',
  },
  {
    kind: 'environment',
    what: 'An environment has no stage',
    build: ({ app }) => new Environment(app, 'prod', js(undefined)),
    message: 'environment prod: the props are nothing; give { stage: Stage.PRODUCTION }',
  },
  {
    kind: 'environment',
    what: 'A stage is unknown',
    build: ({ app }) => new Environment(app, 'prod', { stage: js('live') }),
    message: 'environment prod: stage live is unknown; use one of development, staging, production',
  },
  {
    kind: 'folder',
    what: 'The folder of an app climbs',
    build: ({ outdir }) => new GitOpsApp({ outdir, folder: '../..' }),
    message:
      'app.folder: ".." is no safe file name; use letters, digits, "-", "_" and ".", starting and ending with a letter or digit; the folder is below outdir, as in "teams/bank"',
  },
  {
    kind: 'folder',
    what: 'The extension of manifests is that of a program',
    build: ({ outdir }) => new GitOpsApp({ outdir, outputFileExtension: '.sh' }),
    message: 'app.outputFileExtension: ".sh" is no extension of a manifest; use ".yaml", or one that ends like it',
  },
  {
    kind: 'folder',
    what: 'The id of a chart is no file name',
    build: ({ app }) => void object(new Chart(app, 'bank: retail'), 'first', 'first'),
    message:
      'bank: retail: "bank: retail.yaml" is no safe file name; use letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
  },
  {
    kind: 'folder',
    what: 'An object is handed over to a namespace where it does not stand',
    build: ({ chart }) => handOver(object(chart, 'first', 'first'), 'monitoring'),
    message: 'bank/first: handed over to "monitoring", but its metadata.namespace is "banking"; give both the same name',
  },
  {
    kind: 'no name',
    what: 'An object has no name',
    build: ({ chart }) => object(chart, 'first', ''),
    message: 'bank/first: metadata.name is ""; give every object its own, none is generated',
  },
  {
    kind: 'note',
    what: 'A note says nothing',
    build: ({ chart }) => note(chart, { kind: 'warning', text: ' ' }),
    message: 'bank: the warning says nothing; write one sentence',
  },
];
