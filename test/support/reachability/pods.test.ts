import { Cluster } from './cluster';
import { deployment, namespace, service, town } from './fixtures';
import { injected, type InjectionInput } from './injection';
import type { KubeObject } from './objects';

describe('injection', () => {
  const opted = { 'sidecar.istio.io/inject': 'false' };
  const cases: [string, Partial<InjectionInput>, boolean][] = [
    ['no label anywhere', {}, false],
    ['istio-injection=enabled', { namespaceLabels: { 'istio-injection': 'enabled' } }, true],
    ['istio-injection=disabled', { namespaceLabels: { 'istio-injection': 'disabled' } }, false],
    ['disabled beside a revision', { namespaceLabels: { 'istio-injection': 'disabled', 'istio.io/rev': '1-30' } }, false],
    ['a revision', { namespaceLabels: { 'istio.io/rev': '1-30' } }, true],
    ['a revision on the pod', { labels: { 'istio.io/rev': '1-30' } }, true],
    ['the pod asks for it', { labels: { 'sidecar.istio.io/inject': 'true' } }, true],
    [
      'the pod asks where it is disabled',
      { labels: { 'sidecar.istio.io/inject': 'true' }, namespaceLabels: { 'istio-injection': 'disabled' } },
      false,
    ],
    ['opted out by label', { namespaceLabels: { 'istio-injection': 'enabled' }, labels: opted }, false],
    ['opted out by annotation', { namespaceLabels: { 'istio-injection': 'enabled' }, annotations: opted }, false],
    [
      'the label beats the annotation',
      { namespaceLabels: { 'istio-injection': 'enabled' }, labels: { 'sidecar.istio.io/inject': 'true' }, annotations: opted },
      true,
    ],
    [
      'any other word is no answer',
      { namespaceLabels: { 'istio-injection': 'enabled' }, labels: { 'sidecar.istio.io/inject': 'no' } },
      true,
    ],
    ['the network of the node', { namespaceLabels: { 'istio-injection': 'enabled' }, hostNetwork: true }, false],
    ["the cluster's own namespaces", { namespace: 'kube-system', namespaceLabels: { 'istio-injection': 'enabled' } }, false],
  ];
  it.each(cases)('%s', (_, input, expected) => {
    expect(injected({ namespace: 'n', namespaceLabels: {}, labels: {}, annotations: {}, hostNetwork: false, ...input })).toBe(
      expected,
    );
  });

  it('does not speak of ambient mode', () => {
    expect(() => Cluster.of([namespace('n', { 'istio.io/dataplane-mode': 'ambient' }), deployment('n', 'd', {})])).toThrow(
      'ambient',
    );
  });
});

describe('pods', () => {
  const template = (name: string): object => ({ metadata: { labels: { l: name } }, spec: { serviceAccountName: `${name}-sa` } });
  const workload = (apiVersion: string, kind: string, name: string, spec: object): KubeObject => ({
    apiVersion,
    kind,
    metadata: { name, namespace: 'n' },
    spec,
  });

  it('come from every kind of workload', () => {
    const objects = [
      ...['Deployment', 'StatefulSet', 'DaemonSet'].map((kind) =>
        workload('apps/v1', kind, kind.toLowerCase(), { template: template(kind) }),
      ),
      workload('batch/v1', 'Job', 'job', { template: template('Job') }),
      workload('batch/v1', 'CronJob', 'cron', { jobTemplate: { spec: { template: template('Cron') } } }),
      workload('argoproj.io/v1alpha1', 'Rollout', 'rollout', { template: template('Rollout') }),
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'pod', namespace: 'n', labels: { l: 'Pod' } },
        spec: { serviceAccountName: 'Pod-sa' },
      },
    ];
    expect(
      Cluster.of(objects)
        .pods()
        .map(({ id, labels, serviceAccount }) => [id, labels['l'], serviceAccount]),
    ).toEqual([
      ['n/deployment', 'Deployment', 'Deployment-sa'],
      ['n/statefulset', 'StatefulSet', 'StatefulSet-sa'],
      ['n/daemonset', 'DaemonSet', 'DaemonSet-sa'],
      ['n/job', 'Job', 'Job-sa'],
      ['n/cron', 'Cron', 'Cron-sa'],
      ['n/rollout', 'Rollout', 'Rollout-sa'],
      ['n/pod', 'Pod', 'Pod-sa'],
    ]);
  });

  it('carry ports of containers, of sidecars and of the proxy, and the default account', () => {
    const pod = Cluster.of([
      namespace('n', { 'istio-injection': 'enabled' }),
      deployment(
        'n',
        'd',
        {},
        {
          containers: [{ ports: [{ name: 'a', containerPort: 1 }] }, { ports: [{ containerPort: 2, protocol: 'UDP' }] }],
          initContainers: [
            { ports: [{ containerPort: 3 }] },
            { restartPolicy: 'Always', ports: [{ name: 'd', containerPort: 4 }] },
          ],
        },
      ),
    ]).pod('n/d');
    expect(pod.ports.map(({ name, port, protocol }) => `${name ?? ''}:${port}/${protocol}`)).toEqual([
      'a:1/TCP',
      ':2/UDP',
      'd:4/TCP',
      'http-envoy-prom:15090/TCP',
    ]);
    expect(pod).toMatchObject({ serviceAccount: 'default', inMesh: true, gateway: false });
  });

  it('of one name are told apart by their kind', () => {
    const cluster = Cluster.of([deployment('n', 'd', {}), workload('batch/v1', 'Job', 'd', { template: {} })], {
      pods: [{ name: 'e', namespace: 'n' }],
    });
    expect(cluster.pods().map(({ id }) => id)).toEqual(['n/Deployment/d', 'n/Job/d', 'n/e']);
    expect(() => cluster.pod('n/d')).toThrow("no pod is called 'n/d'; there are n/Deployment/d");
    expect(() => Cluster.of([deployment('n', 'd', {}), deployment('n', 'd', {})])).toThrow('two workloads');
  });

  it('may be said to be in the mesh, whatever the labels', () => {
    const cluster = town([], {
      pods: [
        { name: 'x', namespace: 'street', inMesh: true },
        { name: 'y', namespace: 'vault', inMesh: false },
      ],
    });
    expect([cluster.pod('street/x').inMesh, cluster.pod('vault/y').inMesh, cluster.pod('street/thief').inMesh]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('know a gateway by its template', () => {
    const gateway = deployment('n', 'g', {});
    const spec = gateway['spec'] as { template: { metadata: object } };
    spec.template.metadata = {
      annotations: { 'inject.istio.io/templates': 'gateway' },
      labels: { 'sidecar.istio.io/inject': 'true' },
    };
    expect(Cluster.of([gateway]).pod('n/g')).toMatchObject({ gateway: true, inMesh: true });
  });
});

it('finds the Services of a port among their several ports', () => {
  const ports = [
    { name: 'http', port: 81, targetPort: 'door' },
    { name: 'tcp', port: 82, targetPort: 7 },
  ];
  const cluster = town([
    service('vault', 'safe', { selector: { id: 'safe' }, ports }),
    service('lobby', 'safe', { selector: { id: 'safe' }, ports }),
  ]);
  expect(cluster.servicesOf('vault/safe', 8081).map(({ id }) => id)).toEqual(['Service/vault/safe']);
  expect(cluster.servicesOf('vault/safe', 81)).toEqual([]);
});

it('takes a kind for what it is only in its own group', () => {
  const stranger = {
    apiVersion: 'crd.projectcalico.org/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'vault' },
    spec: {},
  };
  expect(town([stranger]).flow({ from: 'vault/clerk', to: 'vault/safe', port: 8081 }).ingress.guarded).toBe(false);
});

it('refuses guards that it cannot read', () => {
  const foreign = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'p', namespace: 'vault' } };
  expect(() => town([foreign])).toThrow('CiliumNetworkPolicy/vault/p');
});
