import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { IMAGE, type Json, World } from './world';

/* What a user adds to the Deployment through cdk8s-plus, as always. */

const HARDENED = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
};

function added(add: (deployment: kplus.Deployment, container: kplus.Container, world: World) => void, placement?: object): Json {
  const world = new World();
  const service = world.service('teller', { placement });
  add(service.deployment, service.container, world);
  return world.one('Deployment').spec.template as Json;
}

const named = (list: Json[], name: string): Json => list.find((one) => one.name === name)!;

test('a volume, mounted', () => {
  const { spec } = added((_, container, { chart }) => {
    container.mount('/spool', kplus.Volume.fromEmptyDir(chart, 'spool', 'spool', { medium: kplus.EmptyDirMedium.MEMORY }));
  });
  expect(spec.volumes).toEqual([
    { name: 'tmp', emptyDir: {} },
    { name: 'spool', emptyDir: { medium: 'Memory' } },
  ]);
  expect(spec.containers[0].volumeMounts).toContainEqual({ name: 'spool', mountPath: '/spool' });
});

test('a sidecar container, hardened, and otherwise as it was given', () => {
  const { spec } = added((deployment) => {
    deployment.addContainer({
      name: 'log',
      image: 'registry.example.com/log:1.7.3',
      securityContext: { user: 20007, group: 20009 },
    });
  });
  const log = named(spec.containers, 'log');
  expect(log.securityContext).toEqual({ ...HARDENED, runAsUser: 20007, runAsGroup: 20009 });
  expect(log.image).toBe('registry.example.com/log:1.7.3');
  // Probes and the graceful end belong to the application.
  expect([log.livenessProbe, log.lifecycle]).toEqual([undefined, undefined]);
  expect(named(spec.containers, 'teller').securityContext).toMatchObject(HARDENED);
});

test('what a container says of itself is kept, and what it does not say is still dropped', () => {
  const { spec } = added((deployment) => {
    deployment.addContainer({
      name: 'log',
      image: IMAGE,
      securityContext: { readOnlyRootFilesystem: false, capabilities: { add: [kplus.Capability.NET_BIND_SERVICE] } },
    });
  });
  expect(named(spec.containers, 'log').securityContext).toEqual({
    ...HARDENED,
    readOnlyRootFilesystem: false,
    capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
  });
});

test('a privileged container stays visible as one, for checks and admission to refuse', () => {
  const { spec } = added((deployment) => {
    deployment.addContainer({ name: 'log', image: IMAGE, securityContext: { privileged: true, allowPrivilegeEscalation: true } });
  });
  expect(named(spec.containers, 'log').securityContext).toMatchObject({ privileged: true, allowPrivilegeEscalation: true });
});

test('an init container, hardened', () => {
  const { spec } = added((deployment) =>
    deployment.addInitContainer({ name: 'wait', image: IMAGE, command: ['/wait', 'broker:8071'] }),
  );
  expect(spec.initContainers).toHaveLength(1);
  expect(spec.initContainers[0]).toMatchObject({ name: 'wait', command: ['/wait', 'broker:8071'], securityContext: HARDENED });
});

test('an environment variable, beside those of the props', () => {
  const { spec } = added((_, container) => container.env.addVariable('TILL', kplus.EnvValue.fromValue('7')));
  expect(spec.containers[0].env).toEqual([{ name: 'TILL', value: '7' }]);
});

test('a port of the container, behind those of the props', () => {
  const { spec } = added((_, container) => container.addPort({ name: 'debug', number: 5007 }));
  expect(spec.containers[0].ports).toEqual([
    { name: 'http', containerPort: 8071, protocol: 'TCP' },
    { name: 'debug', containerPort: 5007 },
  ]);
});

test('a toleration, beside those of the placement', () => {
  const { spec } = added(
    (deployment) => deployment.scheduling.tolerate(kplus.Node.tainted(kplus.NodeTaintQuery.is('spot', 'yes'))),
    { dedicatedPool: { key: 'pool', value: 'cash' } },
  );
  expect(spec.tolerations).toEqual([
    { key: 'spot', operator: 'Equal', value: 'yes' },
    { key: 'pool', operator: 'Equal', value: 'cash', effect: 'NoSchedule' },
  ]);
});

test('an attraction to nodes is joined with our own conditions in each of its alternatives', () => {
  const { spec } = added(
    ({ scheduling }) => {
      scheduling.attract(kplus.Node.labeled(kplus.NodeLabelQuery.is('disk', 'ssd')));
      scheduling.attract(kplus.Node.labeled(kplus.NodeLabelQuery.exists('nvme')));
      scheduling.attract(kplus.Node.labeled(kplus.NodeLabelQuery.is('rack', 'r7')), { weight: 37 });
    },
    { dedicatedPool: { key: 'pool', value: 'cash' } },
  );
  const ours = { key: 'pool', operator: 'In', values: ['cash'] };
  const { nodeAffinity } = spec.affinity;
  expect(nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms).toEqual([
    { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }, ours] },
    { matchExpressions: [{ key: 'nvme', operator: 'Exists' }, ours] },
  ]);
  expect(nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution).toHaveLength(1);
});

test('a wish for nodes stays one beside our own conditions', () => {
  const { spec } = added(
    ({ scheduling }) => scheduling.attract(kplus.Node.labeled(kplus.NodeLabelQuery.is('rack', 'r7')), { weight: 37 }),
    {
      dedicatedPool: { key: 'pool', value: 'cash' },
    },
  );
  const rack = { matchExpressions: [{ key: 'rack', operator: 'In', values: ['r7'] }] };
  expect(spec.affinity.nodeAffinity).toEqual({
    preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 37, preference: rack }],
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: 'pool', operator: 'In', values: ['cash'] }] }],
    },
  });
});

test('without a placement of ours it stays as it was given', () => {
  const { spec } = added(({ scheduling }) => scheduling.attract(kplus.Node.labeled(kplus.NodeLabelQuery.is('disk', 'ssd'))));
  expect(spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms).toEqual([
    { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] },
  ]);
});

test('a host alias', () => {
  const { spec } = added((deployment) => deployment.addHostAlias({ hostnames: ['hsm'], ip: '192.0.2.7' }));
  expect(spec.hostAliases).toEqual([{ hostnames: ['hsm'], ip: '192.0.2.7' }]);
});

test('a label and an annotation of the pod; the label of cdk8s-plus is gone', () => {
  const { metadata } = added((deployment) => {
    deployment.podMetadata.addLabel('shift', 'night');
    deployment.podMetadata.addAnnotation('example.com/till', '7');
  });
  expect(metadata.labels).toMatchObject({ shift: 'night', app: 'teller', 'banking.workload/name': 'teller' });
  expect(metadata.labels).not.toHaveProperty(['cdk8s.io/metadata.addr']);
  expect(metadata.annotations).toHaveProperty(['example.com/till'], '7');
});

test('a label of the Deployment itself', () => {
  const world = new World();
  const { deployment } = world.service('teller');
  ApiObject.of(deployment).metadata.addLabel('shift', 'night');
  expect(world.one('Deployment').metadata.labels).toMatchObject({ shift: 'night', 'app.kubernetes.io/name': 'teller' });
});
