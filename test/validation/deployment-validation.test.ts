import { ApiObject, Duration } from 'cdk8s';
import {
  type BankingService,
  DeploymentValidation,
  type DeploymentValidationProps,
  GitOpsTool,
  Health,
  HealthProbe,
  PortProtocol,
  Release,
  Scaling,
  SidecarMode,
} from '../../lib';
import { grpcQuestion } from '../../lib/validation/script';
import { IMAGE, type Json, World } from '../banking-service/world';

const TOOLS = 'registry.example.com/kubectl-curl:1.34.1';
const API = { apiServer: { cidrs: ['10.20.0.11/32'], port: 6443 } };

function validated(
  services: (world: World) => DeploymentValidationProps['services'],
  props: Partial<DeploymentValidationProps> = {},
  platform = {},
): { readonly world: World; readonly validation: DeploymentValidation } {
  const world = new World({ ...API, ...platform });
  const validation = new DeploymentValidation(world.chart, 'validate', { services: services(world), image: TOOLS, ...props });
  return { world, validation };
}

const teller = (world: World): BankingService[] => [world.service('teller')];
const calls = (validation: DeploymentValidation): string[] =>
  validation
    .script()
    .split('\n')
    .filter((line) => /^ *(validate_\w+ '|if validate)/.test(line))
    .map((line) => line.trim());

/** Stands for what Flagger is told, wherever it is told from. */
function underFlagger(service: BankingService): BankingService {
  new ApiObject(service, 'canary', { apiVersion: 'flagger.app/v1beta1', kind: 'Canary', metadata: { name: service.model.name } });
  return service;
}

describe('R12: what is compared', () => {
  test('image, version and fewest pods of a plain service, and its readiness path', () => {
    const { validation } = validated((world) => [world.service('teller', { scaling: Scaling.horizontal({ min: 4, max: 9 }) })]);
    expect(calls(validation)).toEqual([
      `validate_deployment 'teller' 'teller' '${IMAGE}' '4.7.1' 4`,
      "validate_http 'http://teller.vault.svc.cluster.local:8071/readyz'",
    ]);
  });

  test('every track of a release', () => {
    const { validation } = validated((world) => [
      world.service('teller', {
        release: Release.weighted({ canary: { image: 'registry.example.com/teller:4.8.0' }, weight: 10 }),
      }),
    ]);
    const deployments = calls(validation).filter((line) => line.startsWith('validate_deployment'));
    expect(deployments.map((line) => line.split(' ').slice(3, 5))).toEqual([
      [`'${IMAGE}'`, "'4.7.1'"],
      ["'registry.example.com/teller:4.8.0'", "'4.8.0'"],
    ]);
  });

  test('under Flagger the primary, once Flagger has come to an end: the target has no pods in steady state', () => {
    const { validation, world } = validated((w) => [underFlagger(w.service('teller'))], { timeout: Duration.seconds(900) });
    expect(calls(validation)).toEqual([
      "if validate_canary 'teller'; then",
      `validate_deployment 'teller-primary' 'teller' '${IMAGE}' '4.7.1' 3`,
      "validate_http 'http://teller.vault.svc.cluster.local:8071/readyz'",
    ]);
    const scaling = Scaling.horizontal({ min: 4, max: 9 });
    const own = validated((w) => [w.service('teller', { release: Release.canary(), scaling })]);
    expect(calls(own.validation)[1]).toBe(`validate_deployment 'teller-primary' 'teller' '${IMAGE}' '4.7.1' 4`);
    expect(world.one('Role', 'validate').rules).toEqual([
      { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['teller-primary'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
      { apiGroups: ['flagger.app'], resources: ['canaries'], resourceNames: ['teller'], verbs: ['get'] },
    ]);
  });

  test.each<[string, object, string]>([
    [
      'of a port of its own',
      { health: Health.healthz({ port: 9071 }), ports: [{ port: 9071, name: 'health', servicePort: 971 }] },
      ':971/readyz',
    ],
    [
      'of a gRPC server',
      { protocol: PortProtocol.GRPC, health: Health.grpc({ readinessService: 'a.B' }) },
      ':8071/grpc.health.v1.Health/Check',
    ],
  ])('the health %s', (_, props, url) => {
    const { validation } = validated((world) => [world.service('teller', props)]);
    expect(calls(validation)[1]).toContain(`svc.cluster.local${url}'`);
  });

  test('the health at another path, and port', () => {
    const { validation } = validated((world) => [
      {
        service: world.service('teller', { ports: [{ port: 9071, name: 'admin', servicePort: 971 }] }),
        path: '/live?deep=yes',
        port: 'http-admin',
      },
    ]);
    expect(calls(validation)[1]).toBe("validate_http 'http://teller.vault.svc.cluster.local:971/live?deep=yes'");
  });

  test('no health of what speaks no HTTP', () => {
    const health = Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['ready']) });
    const { validation } = validated((world) => [world.service('teller', { protocol: PortProtocol.TCP, health })]);
    expect(calls(validation)).toHaveLength(1);
  });
});

describe('R12: what the Job may do', () => {
  let world: World;
  beforeAll(() => {
    ({ world } = validated((w) => [
      w.service('teller', { health: Health.springBootActuator() }),
      w.service('ledger', { port: 8072 }),
    ]));
  });

  test('look at these Deployments and at pods; nothing else, and nothing of other namespaces', () => {
    expect(world.one('Role', 'validate').rules).toEqual([
      { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['ledger', 'teller'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
    ]);
    expect(world.one('RoleBinding', 'validate')).toMatchObject({
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'validate' },
      subjects: [{ kind: 'ServiceAccount', name: 'validate', namespace: 'vault' }],
    });
    expect(world.objects().filter(({ kind }) => String(kind).startsWith('ClusterRole'))).toEqual([]);
  });

  test('with a token, which its service account gives to nobody else', () => {
    expect(world.one('Job').spec.template.spec.automountServiceAccountToken).toBe(true);
    expect(world.one('ServiceAccount', 'validate').automountServiceAccountToken).toBe(false);
  });

  test('call the API server, and the services for their health alone', () => {
    const egress = world.one('NetworkPolicy', 'validate').spec.egress as Json[];
    expect(egress.map((rule) => rule.ports[0].port)).toEqual([6443, 8071, 8072]);
    expect(egress[0]!.to).toEqual([{ ipBlock: { cidr: '10.20.0.11/32' } }]);
    expect(world.one('Sidecar', 'validate').spec.egress[0].hosts).toEqual([
      'default/kubernetes.default.svc.cluster.local',
      'vault/ledger.vault.svc.cluster.local',
      'vault/teller.vault.svc.cluster.local',
    ]);
    // The one path of the management endpoints, and not the others.
    expect(world.one('AuthorizationPolicy', 'teller').spec.rules).toEqual([
      {
        from: [{ source: { principals: ['cluster.local/ns/vault/sa/validate'] } }],
        to: [{ operation: { ports: ['8071'], methods: ['GET'], paths: ['/actuator/health/readiness'] } }],
      },
    ]);
  });
});

describe('R12: the Job', () => {
  test('runs the script that is at hand as data', () => {
    const { world, validation } = validated(teller);
    const map = world.one('ConfigMap');
    expect(map).toMatchObject({ immutable: true, data: { 'validate.sh': validation.script() } });
    expect(map.metadata.annotations).toEqual({ 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' });
    const { containers, volumes } = world.one('Job').spec.template.spec;
    expect(containers[0]).toMatchObject({
      image: TOOLS,
      command: ['sh', '/validation/validate.sh'],
      env: [{ name: 'HOME', value: '/tmp' }],
    });
    expect(containers[0].volumeMounts).toContainEqual({ name: 'files', mountPath: '/validation', readOnly: true });
    expect(volumes).toContainEqual({ name: 'files', configMap: { name: map.metadata.name } });
  });

  test('has some time more than the script, and is not repeated: its answer is the answer', () => {
    const { world, validation } = validated(teller, { timeout: Duration.seconds(77) });
    expect(world.one('Job').spec).toMatchObject({ activeDeadlineSeconds: 197, backoffLimit: 0 });
    expect(validation.script()).toContain('\nlimit=77\n');
  });

  test('has 300 s by default', () => {
    expect(validated(teller).validation.model.limit).toBe(300);
  });

  test('has as much time more as Flagger may take', () => {
    const { validation } = validated((world) => {
      const service = underFlagger(world.service('teller'));
      const toPromote = { shortest: 100, longest: 1234.5 };
      jest.spyOn(service, 'releasePlan', 'get').mockReturnValue({ course: { toPromote } } as never);
      return [service];
    });
    expect(validation.model.limit).toBe(300 + 1235);
  });

  test('is another one for another version', () => {
    const name = (image: string) =>
      validated((world) => [world.service('teller', { image })]).world.one('Job').metadata.name as string;
    expect(name(IMAGE)).toMatch(/^validate-[0-9a-f]{10}$/);
    expect(name(IMAGE)).toBe(name(IMAGE));
    expect(name('registry.example.com/vault/teller:4.7.2')).not.toBe(name(IMAGE));
  });

  test('ends a sync of Argo CD', () => {
    const { world } = validated(teller, { gitOps: GitOpsTool.ARGO_CD });
    expect(world.one('Job').metadata.annotations).toEqual({
      'argocd.argoproj.io/hook': 'PostSync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    });
    expect(world.one('Job').spec.ttlSecondsAfterFinished).toBe(86400);
    expect(validated(teller, { gitOps: GitOpsTool.FLUX }).world.one('Job').spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  test('tells a proxy that is no native sidecar to quit', () => {
    const { world } = validated(teller, {}, { istio: { sidecar: SidecarMode.CLASSIC } });
    const { command } = world.one('Job').spec.template.spec.containers[0];
    expect(command.slice(0, 2)).toEqual(['sh', '-c']);
    expect(command[2]).toContain('http://127.0.0.1:15020/quitquitquit');
    expect(command.slice(-2)).toEqual(['sh', '/validation/validate.sh']);
  });

  test('says in the README what it looks at', () => {
    const { validation } = validated((world) => [underFlagger(world.service('teller'))], { timeout: Duration.seconds(60) });
    const found = validation.node.metadata.find(({ type }) => type === 'cdk8s-banking.section')!.data as { body: () => string };
    expect(found.body()).toBe(
      [
        'Looks whether this is so, for at most 60 s:',
        '- teller: Canary teller has come to an end; teller-primary in version `4.7.1`, 3 pods or more; `GET http://teller.vault.svc.cluster.local:8071/readyz`',
        `From outside of the mesh: \`kubectl get configmap -n vault ${validation.model.job.files!.name} -o jsonpath='{.data.validate\\.sh}' | sh -s -- --without-health\``,
      ].join('\n\n'),
    );
  });
});

test('a question of the gRPC health protocol', () => {
  // No compression, length 6; field 1, 4 bytes.
  expect(grpcQuestion('a.Bß')).toBe('\\000\\000\\000\\000\\007\\012\\005\\141\\056\\102\\303\\237');
  expect(grpcQuestion('')).toBe('\\000\\000\\000\\000\\000');
});
