import { Duration } from 'cdk8s';
import {
  type BankingService,
  DeploymentValidation,
  type DeploymentValidationProps,
  Health,
  HealthProbe,
  LoadTester,
  PortProtocol,
  Release,
  Webhook,
} from '../../lib';
import { type Json, World } from '../banking-service/world';

const TOOLS = 'registry.example.com/kubectl-curl:1.34.1';
const TCP = { liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['ready']) };

type Services = (world: World) => DeploymentValidationProps['services'];

function validated(services: Services, props: Partial<DeploymentValidationProps> = {}) {
  const world = new World({ apiServer: { cidrs: ['10.20.0.11/32'] } });
  const validation = new DeploymentValidation(world.chart, 'validate', { services: services(world), image: TOOLS, ...props });
  return { world, validation };
}

const health = (services: Services) => validated(services).validation.model.targets[0]!.health;
const host = 'teller.vault.svc.cluster.local';

describe('R12: what is asked of a service', () => {
  test('a path by GET; an edge names it without its query', () => {
    expect(health((world) => [{ service: world.service('teller'), path: '/live?deep=yes' }])).toEqual({
      kind: 'http',
      url: `http://${host}:8071/live?deep=yes`,
      grpcService: '',
      method: 'GET',
      path: '/live',
      port: 8071,
    });
  });

  test('a service of a gRPC server, whose name is as long as one byte can say', () => {
    const readinessService = 'a'.repeat(127);
    const props = { protocol: PortProtocol.GRPC, health: Health.grpc({ readinessService }) };
    expect(health((world) => [world.service('teller', props)])).toEqual({
      kind: 'grpc',
      url: `http://${host}:8071/grpc.health.v1.Health/Check`,
      grpcService: readinessService,
      method: 'POST',
      path: '/grpc.health.v1.Health/Check',
      port: 8071,
    });
  });

  test('a gRPC server as a whole, where its probe names no service', () => {
    const grpc = { liveness: HealthProbe.tcp(), readiness: HealthProbe.grpc() };
    const asked = health((world) => [world.service('teller', { protocol: PortProtocol.GRPC, health: Health.of(grpc) })]);
    expect(asked).toMatchObject({ kind: 'grpc', grpcService: '' });
  });

  test('its port that speaks HTTP, beside one that does not', () => {
    const ports = [{ port: 9071, protocol: PortProtocol.TCP, name: 'bytes' }];
    expect(health((world) => [world.service('teller', { ports })])).toMatchObject({ url: `http://${host}:8071/readyz` });
  });

  test('another path, where its own probe asks by other means', () => {
    const service = (world: World) => world.service('teller', { health: Health.of(TCP) });
    expect(health((world) => [{ service: service(world), path: '/live' }])).toMatchObject({ url: `http://${host}:8071/live` });
  });
});

describe('R12: what the script is made of', () => {
  const functions = (services: Services): string[] =>
    [
      ...validated(services)
        .validation.script()
        .matchAll(/^(in_seconds|validate_\w+)\(\) \{$/gm),
    ].map(([, name]) => name!);
  const http = (world: World) => world.service('teller');
  const grpc = (world: World) =>
    world.service('cards', { protocol: PortProtocol.GRPC, health: Health.grpc({ readinessService: 'a.B' }) });
  const bytes = (world: World) => world.service('ledger', { protocol: PortProtocol.TCP, health: Health.of(TCP) });
  const canary = (world: World) => world.service('loans', { release: Release.canary() });

  test.each<[string, Services, string[]]>([
    ['HTTP', (world) => [http(world)], ['validate_deployment', 'validate_http']],
    ['gRPC', (world) => [grpc(world)], ['validate_deployment', 'validate_grpc']],
    ['neither', (world) => [bytes(world)], ['validate_deployment']],
    [
      'all of it, and Flagger',
      (world) => [http(world), grpc(world), bytes(world), canary(world)],
      ['validate_deployment', 'in_seconds', 'validate_canary', 'validate_http', 'validate_grpc'],
    ],
  ])('what is needed for %s, and no more', (_, services, expected) => {
    expect(functions(services)).toEqual(expected);
  });

  test('what it is, how it ends, and how it is called, before its settings', () => {
    const { validation } = validated((world) => [bytes(world)]);
    const lines = validation.script().split('\n');
    expect(lines.slice(0, 7)).toEqual([
      '#!/bin/sh',
      '# validate: is what runs in namespace vault what was declared? Generated; change the code that it comes from.',
      '# Ends with 0 when all is as declared, 1 when something is not, 2 when it could not be found out.',
      '# usage: validate.sh [--without-health], the latter outside of the mesh',
      'set -u',
      "namespace='vault'",
      'limit=300',
    ]);
    const from = lines.findIndex((line) => line.startsWith('service='));
    expect(lines.slice(from - 2, from + 4)).toEqual([
      '}',
      '',
      "service='ledger'",
      "validate_deployment 'ledger' 'ledger' 'registry.example.com/vault/teller:4.7.1' '4.7.1' 3",
      '',
      'seconds=$(($(date +%s) - started))',
    ]);
  });
});

describe('R12: the Job', () => {
  const teller: Services = (world) => [world.service('teller')];

  test('is told what every Job can be told', () => {
    const { world, validation } = validated(teller, { labels: { team: 'vault' }, retries: 2, podAnnotations: { a: 'b' } });
    const job = world.one('Job');
    expect(job.spec.backoffLimit).toBe(2);
    expect(job.spec.template.metadata.annotations).toEqual({ a: 'b', 'sidecar.istio.io/nativeSidecar': 'true' });
    const labels = {
      team: 'vault',
      'app.kubernetes.io/name': 'validate',
      'app.kubernetes.io/part-of': 'vault',
      'app.kubernetes.io/managed-by': 'cdk8s-banking',
    };
    for (const one of [job, world.one('Role', 'validate'), world.one('RoleBinding', 'validate')])
      expect([one.metadata.namespace, one.metadata.labels]).toEqual(['vault', labels]);
    expect(validation.object('Job')).toBe(validation.job);
    expect(validation.object('Role', 'validate').metadata.name).toBe('validate');
  });

  test('may see the Canaries of its services, in order', () => {
    const canary = (world: World, name: string) => world.service(name, { release: Release.canary() });
    const { world } = validated((w) => [canary(w, 'teller'), w.service('cards'), canary(w, 'ledger')]);
    expect(world.one('Role', 'validate').rules).toEqual([
      {
        apiGroups: ['apps'],
        resources: ['deployments'],
        resourceNames: ['cards', 'ledger-primary', 'teller-primary'],
        verbs: ['get', 'list', 'watch'],
      },
      { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
      { apiGroups: ['flagger.app'], resources: ['canaries'], resourceNames: ['ledger', 'teller'], verbs: ['get'] },
    ]);
  });

  test('waits for a person as long as it is told', () => {
    const approved = (world: World): BankingService => {
      const tester = new LoadTester(world.chart, 'prober', { namespace: world.namespace });
      return world.service('teller', { release: Release.canary({ webhooks: [Webhook.confirmPromotion(tester)] }) });
    };
    const { validation } = validated((world) => [approved(world)], { timeout: Duration.hours(4) });
    expect(validation.model.limit).toBe(14400);
  });
});

test('the README says what is looked at, a line for each service', () => {
  const { validation } = validated((world) => [
    world.service('teller', {
      release: Release.weighted({ canary: { image: 'registry.example.com/teller:4.8.0' }, weight: 10 }),
    }),
    world.service('ledger', { protocol: PortProtocol.TCP, health: Health.of(TCP) }),
  ]);
  const section = validation.node.metadata.find(({ type }) => type === 'cdk8s-banking.section')! as Json;
  expect(section.data.body().split('\n\n')[1]).toBe(
    [
      `- teller: teller in version \`4.7.1\`, 3 pods or more; teller-canary in version \`4.8.0\`, 5 pods or more; \`GET http://${host}:8071/readyz\``,
      '- ledger: ledger in version `4.7.1`, 3 pods or more; no request, since its ports speak no HTTP',
    ].join('\n'),
  );
});
