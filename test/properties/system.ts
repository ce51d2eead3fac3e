import { Chart } from 'cdk8s';
import {
  BankingService,
  GitOpsApp,
  Health,
  MeshGateway,
  PortProtocol,
  Scaling,
  ServiceTier,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../support/reachability';

/** A system to be built: which services there are, and who may ask whom for what. */
export interface System {
  readonly services: readonly ServiceDraft[];
  readonly edges: readonly EdgeDraft[];
  /** Index of the service that the gateway routes to, if there is a gateway. */
  readonly gatewayTo?: number;
}

export interface ServiceDraft {
  readonly namespace: 'alpha' | 'beta';
  readonly port: number;
  readonly protocol: PortProtocol;
  readonly tier: ServiceTier;
  readonly actuator: boolean;
  readonly min: number;
  readonly max: number;
}

export interface EdgeDraft {
  readonly from: number;
  readonly to: number;
  readonly methods?: readonly string[];
  readonly paths?: readonly string[];
}

export const METHODS = ['GET', 'POST', 'DELETE'];

const service: fc.Arbitrary<ServiceDraft> = fc
  .record({
    namespace: fc.constantFrom('alpha' as const, 'beta' as const),
    port: fc.integer({ min: 1024, max: 9999 }),
    protocol: fc.constantFrom(PortProtocol.HTTP, PortProtocol.HTTP, PortProtocol.TCP),
    tier: fc.constantFrom(...Object.values(ServiceTier)),
    actuator: fc.boolean(),
    min: fc.integer({ min: 2, max: 6 }),
    more: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ more, ...draft }) => ({ ...draft, max: draft.min + more }));

const paths = fc.uniqueArray(fc.constantFrom('/api/a', '/api/a/*', '/api/b', '/*', '/actuator/info'), {
  minLength: 1,
  maxLength: 3,
});

/** Any graph of two to five services in two namespaces; no service calls itself, no pair is declared twice. */
export const system: fc.Arbitrary<System> = fc.array(service, { minLength: 2, maxLength: 5 }).chain((services) =>
  fc.record({
    services: fc.constant(services),
    edges: fc.uniqueArray(
      fc
        .record({
          from: fc.nat({ max: services.length - 1 }),
          to: fc.nat({ max: services.length - 1 }),
          methods: fc.option(fc.uniqueArray(fc.constantFrom(...METHODS), { minLength: 1 }), { nil: undefined }),
          paths: fc.option(paths, { nil: undefined }),
        })
        .filter(({ from, to }) => from !== to)
        .map((edge) => (services[edge.to]!.protocol === PortProtocol.TCP ? { from: edge.from, to: edge.to } : edge)),
      { selector: ({ from, to }) => `${from} ${to}`, maxLength: 8 },
    ),
    gatewayTo: fc.option(fc.nat({ max: services.length - 1 }), { nil: undefined }).map((to) => {
      return to !== undefined && services[to]!.protocol === PortProtocol.HTTP ? to : undefined;
    }),
  }),
);

export const nameOf = (index: number) => `service-${index}`;
export const idOf = (of: System, index: number) => `${of.services[index]!.namespace}/${nameOf(index)}`;

/** Builds the system and reads it back from YAML. */
export function render({ services, edges, gatewayTo }: System): KubeObject[] {
  const app = new GitOpsApp();
  const namespaces = Object.fromEntries(
    ['alpha', 'beta'].map((name) => [name, new ZeroTrustNamespace(new Chart(app, name), 'namespace', { name })]),
  );
  const built = services.map(
    (draft, index) =>
      new BankingService(new Chart(app, nameOf(index)), nameOf(index), {
        namespace: namespaces[draft.namespace]!,
        image: `registry.example.com/service-${index}:1.${index}.0`,
        port: draft.port,
        protocol: draft.protocol,
        tier: draft.tier,
        health: draft.actuator ? Health.springBootActuator({ port: 8090 }) : Health.healthz({ port: 8091 }),
        scaling: Scaling.horizontal({ min: draft.min, max: draft.max }),
      }),
  );
  for (const { from, to, ...options } of edges) built[to]!.allowFrom(built[from]!, options);
  if (gatewayTo !== undefined) {
    new MeshGateway(new Chart(app, 'edge'), 'edge', {
      hosts: ['bank.example.com'],
      issuer: 'ca',
      namespace: namespaces['alpha'],
    }).route('/api', built[gatewayTo]!);
  }
  return parseAllDocuments(app.synthYaml()).map((document) => document.toJS() as KubeObject);
}
