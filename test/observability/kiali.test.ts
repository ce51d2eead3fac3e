import { Testing } from 'cdk8s';
import { expand } from '../../apps/patterns/r11-expand';
import { atRest } from '../support/flagger';
import type { KubeObject } from '../support/reachability';
import { STATES } from '../support/release/states';
import { bankWithItsStack, objectsOf, watched } from './monitors/world';

type Labels = Record<string, string>;
interface Template {
  metadata: { labels: Labels; annotations?: Labels };
}

/** Labels by which Kiali tells application and version, the first that a workload has: GetAppLabelName of its config/config.go. */
const APP = ['service.istio.io/canonical-name', 'app.kubernetes.io/name', 'app'];
const VERSION = ['service.istio.io/canonical-revision', 'app.kubernetes.io/version', 'version'];
const first = (labels: Labels, keys: readonly string[]) => labels[keys.find((key) => key in labels) ?? ''];

/** What Kiali lists: the labels are those of the pod template (models/workload.go). */
function workloads(objects: readonly KubeObject[]) {
  return objects
    .filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
    .map((one) => {
      const { metadata } = (one['spec'] as { template: Template }).template;
      const { labels, annotations = {} } = metadata;
      return { name: one.metadata!.name!, app: first(labels, APP), version: first(labels, VERSION), labels, annotations };
    });
}

let bank: KubeObject[];
beforeAll(() => {
  bank = atRest(bankWithItsStack()).filter(({ metadata }) => metadata?.namespace === 'banking');
});

describe('O7: what Kiali reads of workloads', () => {
  test('no workload lacks a label: one application, whatever its tracks, each with its version', () => {
    expect(Object.fromEntries(workloads(bank).map(({ name, app, version }) => [name, [app, version]]))).toEqual({
      accounts: ['accounts', '3.8.2'],
      'enterprise-loan-system-blue': ['enterprise-loan-system', '5.1.0'],
      'enterprise-loan-system-green': ['enterprise-loan-system', '5.2.0'],
      'load-tester': ['load-tester', '0.38.0'],
      payments: ['payments', '2.4.1'],
      'payments-primary': ['payments', '2.4.1'],
      web: ['web', '7.0.3'],
    });
  });

  test('O7 trap: Kiali before 2.6 takes `app`, by which the primary is an application of its own', () => {
    const older = workloads(bank).map(({ name, labels }) => [name, labels['app']]);
    expect(older.filter(([name]) => name!.startsWith('payments'))).toEqual([
      ['payments', 'payments'],
      ['payments-primary', 'payments-primary'],
    ]);
  });

  test.each(Object.entries(STATES))('%s: the labels of Istio, of Kiali and of our guards say the same', (_name, release) => {
    for (const { labels } of workloads(objectsOf(watched({ release: release() })))) {
      expect(labels).toMatchObject({
        'banking.workload/name': 'teller',
        'service.istio.io/canonical-name': 'teller',
        'app.kubernetes.io/name': 'teller',
        version: labels['service.istio.io/canonical-revision'],
      });
    }
  });

  test('Jobs are workloads too', () => {
    const objects = Testing.synth(expand(Testing.app())) as KubeObject[];
    const jobs = workloads(objects.filter(({ kind }) => kind === 'Job'));
    expect(jobs.map(({ app, version }) => [app, version])).toEqual([['escrow-expand', '7.3.0']]);
  });
});

describe('O7: what Kiali asks Jaeger for', () => {
  test('`<application>.<namespace>`: proxies call themselves so on every track, not by the label that Flagger rewrites', () => {
    const names = workloads(bank).map(({ annotations }) => annotations['proxy.istio.io/config']);
    expect(names.length).toBe(7);
    for (const name of names) expect(name).toContain('\ntracingServiceName: CANONICAL_NAME_AND_NAMESPACE\n');
  });
});
