import { Chart } from 'cdk8s';
import { ExistingWorkload, GitOpsApp, type QuotaProps, ZeroTrustNamespace } from 'cdk8s-banking';
import { objectsOf } from '../support/yaml';

/** The limits that admission gives by default in a namespace whose pods are run by somebody else. */
function defaultLimits(quota?: QuotaProps): unknown {
  const app = new GitOpsApp();
  const chart = new Chart(app, 'chart');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'data', quota });
  new ExistingWorkload(chart, 'postgres', { namespace });
  const objects = objectsOf(app.synthYaml()) as Record<string, any>[];
  return objects.find(({ kind }) => kind === 'LimitRange')!.spec.limits[0].default;
}

describe('where nobody knows what pods need', () => {
  test('no limit is put on them that nobody chose', () => expect(defaultLimits()).toBeUndefined());

  test('a limit that the quota demands is given, or the quota would refuse every pod without one', () => {
    expect(defaultLimits({ limitsMemory: '16Gi' })).toEqual({ memory: '256Mi' });
    expect(defaultLimits({ limitsMemory: '16Gi', limitsCpu: '8' })).toEqual({ memory: '256Mi', cpu: '500m' });
    // Requests have a default of their own, whatever the quota says.
    expect(defaultLimits({ requestsMemory: '16Gi' })).toBeUndefined();
  });
});
