import { Duration } from 'cdk8s';
import { Health } from '../../lib';
import { type Json, World } from '../banking-service/world';
import { appOf, containersOf, deployments, kinds, named, type Objects, podOf, renderedBank, trap } from './support';

const bank = renderedBank();
const WEB = 'web';

const jvm = new World();
jvm.service('teller', { health: Health.springBootActuator(), resources: { limits: { cpu: 'none' } } });
trap(
  'S1 trap: a CPU limit that throttles the start of a JVM comes back through the LimitRange or the quota',
  jvm.objects(),
  (objects) =>
    deployments(objects).every((one) => appOf(one).resources.limits.cpu === undefined) &&
    kinds(objects, 'LimitRange').every(({ spec }) => spec.limits.every((one: Json) => one.default.cpu === undefined)) &&
    kinds(objects, 'ResourceQuota').every(({ spec }) => spec.hard['limits.cpu'] === undefined),
  {
    'in the container': (all) => (appOf(deployments(all)[0]!).resources.limits.cpu = '500m'),
    'by default': (all) => (named(all, 'LimitRange', 'container-defaults').spec.limits[0].default.cpu = '500m'),
    'for the namespace': (all) => (named(all, 'ResourceQuota', 'quota').spec.hard['limits.cpu'] = '99'),
  },
);

const asks = (probe: Json): string => JSON.stringify(probe.httpGet ?? probe.grpc ?? probe.tcpSocket ?? probe.exec);
trap(
  'S2 trap: liveness that is readiness, that asks for the whole health, a startup path that is a 404, and dead waiting time',
  bank,
  (objects) =>
    deployments(objects)
      .map(appOf)
      .every(({ livenessProbe, readinessProbe, startupProbe }) => {
        const [alive, started] = [livenessProbe, startupProbe].map((probe) => probe?.httpGet?.path as string | undefined);
        return (
          asks(livenessProbe) !== asks(readinessProbe) &&
          ![alive, started].includes('/actuator/health') &&
          started !== '/actuator/health/startup' &&
          !livenessProbe.initialDelaySeconds &&
          !readinessProbe.initialDelaySeconds
        );
      }),
  {
    'liveness is readiness': (all) => {
      const app = appOf(named(all, 'Deployment', 'payments'));
      app.livenessProbe.httpGet.path = app.readinessProbe.httpGet.path;
    },
    'liveness asks the database': (all) =>
      (appOf(named(all, 'Deployment', 'payments')).livenessProbe.httpGet.path = '/actuator/health'),
    'a startup group that is not configured': (all) =>
      (appOf(named(all, 'Deployment', 'payments')).startupProbe.httpGet.path = '/actuator/health/startup'),
    'waits once more': (all) => (appOf(named(all, 'Deployment', 'payments')).livenessProbe.initialDelaySeconds = 60),
  },
);

const slow = new World();
slow.service('teller', { shutdown: { drain: Duration.seconds(60) } });
const stopping = (objects: Objects) =>
  deployments(objects).every((one) => {
    const drain = /terminationDrainDuration: (\d+)s/.exec(
      one.spec.template.metadata.annotations['proxy.istio.io/config'] as string,
    );
    const { preStop } = appOf(one).lifecycle;
    const waits = preStop.sleep?.seconds as number | undefined;
    return (
      waits !== undefined &&
      waits >= 5 &&
      Number(drain?.[1]) > waits &&
      podOf(one).terminationGracePeriodSeconds >= Number(drain?.[1]) + 5
    );
  });
const BREAKS_OF_STOPPING: Record<string, (all: Json[]) => void> = {
  'the default of 30 s': (all) => delete podOf(deployments(all)[0]!).terminationGracePeriodSeconds,
  'a grace shorter than the drain': (all) => (podOf(deployments(all)[0]!).terminationGracePeriodSeconds = 45),
  'a sleep program that a distroless image has not': (all) =>
    (appOf(deployments(all)[0]!).lifecycle.preStop = { exec: { command: ['sleep', '15'] } }),
  'a proxy that goes first': (all) => {
    deployments(all)[0]!.spec.template.metadata.annotations['proxy.istio.io/config'] = 'terminationDrainDuration: 5s\n';
  },
};
trap(
  'S3 trap: 30 s of grace with a drain of 60 s, a missing sleep program, a proxy that stops before the application',
  slow.objects(),
  stopping,
  BREAKS_OF_STOPPING,
);
trap('S3 trap: the same, in the bank', bank, stopping, BREAKS_OF_STOPPING);

trap(
  'S4 trap: the user id of the proxy, whose traffic passes the mesh by; and what `restricted` refuses',
  bank,
  (objects) =>
    deployments(objects).every((one) => {
      const pod = podOf(one);
      const ids = [pod, ...containersOf(one)].flatMap(({ securityContext: own }) => [own.runAsUser, own.runAsGroup] as number[]);
      return (
        ids.every((id) => id > 10000 && id !== 1337) &&
        pod.securityContext.seccompProfile?.type === 'RuntimeDefault' &&
        pod.automountServiceAccountToken === false &&
        containersOf(one).every(
          ({ securityContext: own }) =>
            own.runAsNonRoot &&
            own.readOnlyRootFilesystem &&
            own.allowPrivilegeEscalation === false &&
            own.capabilities?.drop?.includes('ALL'),
        )
      );
    }),
  {
    'uid 1337': (all) => (appOf(named(all, 'Deployment', WEB)).securityContext.runAsUser = 1337),
    root: (all) => (podOf(named(all, 'Deployment', WEB)).securityContext.runAsUser = 0),
    'a writable root': (all) => (appOf(named(all, 'Deployment', WEB)).securityContext.readOnlyRootFilesystem = false),
    'no seccomp': (all) => delete podOf(named(all, 'Deployment', WEB)).securityContext.seccompProfile,
    capabilities: (all) => delete appOf(named(all, 'Deployment', WEB)).securityContext.capabilities,
  },
);

const pool = new World();
pool.service('teller', { placement: { dedicatedPool: { key: 'pool', value: 'cash' } } });
trap(
  'S7 trap: a toleration that allows and does not attract',
  pool.objects(),
  (objects) =>
    deployments(objects)
      .map(podOf)
      .every(({ tolerations, affinity }) =>
        (tolerations as Json[]).every(({ key, value }) =>
          affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms.every(
            ({ matchExpressions }: Json) =>
              matchExpressions.some((one: Json) => one.key === key && one.operator === 'In' && String(one.values) === value),
          ),
        ),
      ),
  {
    'no affinity': (all) => delete podOf(deployments(all)[0]!).affinity,
    'another pool': (all) => (podOf(deployments(all)[0]!).tolerations[0].value = 'gold'),
  },
);

trap(
  'S8 trap: a port without a name, which Istio takes for TCP',
  bank,
  (objects) =>
    kinds(objects, 'Service').every(({ spec }) =>
      spec.ports.every(
        ({ name, appProtocol }: Json) =>
          /^(http|http2|grpc|tls|tcp)(-|$)/.test(String(name)) && String(name).split('-')[0] === appProtocol,
      ),
    ),
  {
    'no name': (all) => delete named(all, 'Service', WEB).spec.ports[0].name,
    'a name that says nothing': (all) => (named(all, 'Service', WEB).spec.ports[0].name = 'web'),
    'a name that says something else': (all) => (named(all, 'Service', WEB).spec.ports[0].appProtocol = 'tcp'),
  },
);

const mapsOf = (one: Json): string[] =>
  containersOf(one).flatMap(({ envFrom }) => ((envFrom ?? []) as Json[]).map(({ configMapRef }) => configMapRef.name as string));
trap(
  'S9 trap: a ConfigMap that is edited under pods that never notice, or pruned while a former pod still needs it',
  bank,
  (objects) =>
    deployments(objects).flatMap(mapsOf).length > 0 &&
    deployments(objects)
      .flatMap(mapsOf)
      .every((name) => {
        const map = kinds(objects, 'ConfigMap').find(({ metadata }) => metadata.name === name);
        const { 'argocd.argoproj.io/sync-options': argo, 'kustomize.toolkit.fluxcd.io/prune': flux } = (map?.metadata
          .annotations ?? {}) as Json;
        return map?.immutable === true && /-[0-9a-f]{10}$/.test(name) && argo === 'Prune=false' && flux === 'disabled';
      }),
  {
    'it can be changed': (all) => delete kinds(all, 'ConfigMap')[0]!.immutable,
    'it is pruned': (all) => delete kinds(all, 'ConfigMap')[0]!.metadata.annotations,
    'the pod names another': (all) => (kinds(all, 'ConfigMap')[0]!.metadata.name += '0'),
  },
);

test('S9 trap: another content rolls the pods, and the former content brings the former pods back', () => {
  const template = (rate: string) => {
    const world = new World();
    world.service('teller', { configuration: { variables: { RATE: rate } } });
    return JSON.stringify(world.one('Deployment').spec.template);
  };
  const [before, after] = [template('7'), template('8')];
  const rolls = (a: string, b: string) => a !== b;
  expect([rolls(before, after), rolls(before, template('7'))]).toEqual([true, false]);
  const fixed = (text: string) => text.replace(/teller-env-[0-9a-f]{10}/, 'teller-env');
  expect(rolls(fixed(before), fixed(after))).toBe(false);
});

trap(
  'S12 trap: an image that is another one tomorrow',
  bank,
  (objects) =>
    deployments(objects)
      .flatMap(containersOf)
      .every(({ image }) => /@sha256:[0-9a-f]{64}$|:v?\d+\.\d+\.\d+[-.\w]*$/.test(image as string)),
  {
    latest: (all) => (appOf(named(all, 'Deployment', WEB)).image = 'registry.example.com/web:latest'),
    'no tag': (all) => (appOf(named(all, 'Deployment', WEB)).image = 'registry.example.com:5000/web'),
    'a tag that moves': (all) => (appOf(named(all, 'Deployment', WEB)).image = 'registry.example.com/web:7'),
  },
);
