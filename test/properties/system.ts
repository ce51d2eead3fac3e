import { Chart, Duration } from 'cdk8s';
import {
  BankingService,
  CircuitBreaker,
  ExternalHost,
  GitOpsApp,
  Health,
  MeshGateway,
  ObservabilityStack,
  PortProtocol,
  Reach,
  Scaling,
  ServiceTier,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import fc from 'fast-check';
import type { KubeObject } from '../support/reachability';
import { objectsOf } from '../support/yaml';
import { type ReleaseDraft, connectionRelease, namesImages, releaseOf, requestRelease } from './release-draft';

/** A system to be built: which services there are, and who may ask whom for what. */
export interface System {
  readonly services: readonly ServiceDraft[];
  readonly edges: readonly EdgeDraft[];
  /** Index of the service that the gateway routes to, if there is a gateway. */
  readonly gatewayTo?: number;
  /** Whether there is an ObservabilityStack of all of them. */
  readonly observed: boolean;
}

export interface ServiceDraft {
  readonly namespace: 'alpha' | 'beta';
  readonly port: number;
  readonly protocol: PortProtocol;
  readonly tier: ServiceTier;
  readonly actuator: boolean;
  readonly min: number;
  readonly max: number;
  readonly release: ReleaseDraft;
  /** Whether its callers are kept from overloading it more strictly than by default. */
  readonly breaker: boolean;
  /** Whether it calls the clearing house outside. */
  readonly outside: boolean;
}

export interface EdgeDraft {
  readonly from: number;
  readonly to: number;
  readonly methods?: readonly string[];
  readonly paths?: readonly string[];
}

export const METHODS = ['GET', 'POST', 'DELETE'];

const of = (protocol: PortProtocol, release: fc.Arbitrary<ReleaseDraft>): fc.Arbitrary<ServiceDraft> =>
  fc
    .record({
      namespace: fc.constantFrom('alpha' as const, 'beta' as const),
      port: fc.integer({ min: 1024, max: 9999 }),
      protocol: fc.constant(protocol),
      tier: fc.constantFrom(...Object.values(ServiceTier)),
      actuator: fc.boolean(),
      min: fc.integer({ min: 2, max: 6 }),
      more: fc.integer({ min: 0, max: 20 }),
      release,
      breaker: fc.boolean(),
      outside: fc.boolean(),
    })
    .map(({ more, ...draft }) => ({ ...draft, max: draft.min + more }));

const service = fc.oneof(
  { weight: 3, arbitrary: of(PortProtocol.HTTP, requestRelease) },
  { weight: 1, arbitrary: of(PortProtocol.TCP, connectionRelease) },
);

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
    observed: fc.boolean(),
  }),
);

export const nameOf = (index: number) => `service-${index}`;

/** The manifests of the system, as they are written. */
export function written(system: System): string {
  const app = new GitOpsApp();
  declare(app, system);
  return app.synthYaml();
}

/** The manifests, read back. */
export const render = (system: System): KubeObject[] => objectsOf(written(system)) as KubeObject[];

/** Says the system in the words of the library. */
export function declare(
  app: GitOpsApp,
  { services, edges, gatewayTo, observed }: System,
  spoil?: { readonly index: number; readonly props: object },
): void {
  const namespaces = Object.fromEntries(
    ['alpha', 'beta'].map((name) => [name, new ZeroTrustNamespace(new Chart(app, name), 'namespace', { name })]),
  );
  const built = services.map((draft, index) => {
    const [image, other] = ['1', '2'].map((major) => `registry.example.com/service-${index}:${major}.${index}.0`);
    const one = new BankingService(new Chart(app, nameOf(index)), nameOf(index), {
      namespace: namespaces[draft.namespace]!,
      ...(namesImages(draft.release) ? {} : { image }),
      port: draft.port,
      protocol: draft.protocol,
      tier: draft.tier,
      health: draft.actuator ? Health.springBootActuator({ port: 8090 }) : Health.healthz({ port: 8091 }),
      scaling: Scaling.horizontal({ min: draft.min, max: draft.max }),
      release: releaseOf(draft.release, image!, other!),
      ...(draft.breaker ? { traffic: { circuitBreaker: CircuitBreaker.strict() } } : {}),
      ...(spoil?.index === index ? spoil.props : {}),
    });
    if (draft.outside) one.allowTo(ExternalHost.https('clearing.example.net', { reach: Reach.cidrs('203.0.113.0/28') }));
    return one;
  });
  for (const { from, to, ...options } of edges) built[to]!.allowFrom(built[from]!, options);
  if (gatewayTo !== undefined) {
    new MeshGateway(new Chart(app, 'edge'), 'edge', {
      hosts: ['bank.example.com'],
      issuer: 'ca',
      namespace: namespaces['alpha'],
    }).route('/api', built[gatewayTo]!);
  }
  if (observed) {
    new ObservabilityStack(new Chart(app, 'observability'), 'observability', {
      services: built,
      objective: { availability: 99.9, p95: Duration.millis(250) },
    });
  }
}
