import { type Chart, type App } from 'cdk8s';
import {
  BankingService,
  type BankingServiceProps,
  MeshGateway,
  type MeshGatewayProps,
  Platform,
  type PlatformProps,
  Scaling,
  ZeroTrustNamespace,
  type ZeroTrustNamespaceProps,
} from 'cdk8s-banking';

/** Where a case builds: an app that has written nothing yet, with one chart. */
export interface Site {
  readonly app: App;
  readonly chart: Chart;
  readonly outdir: string;
}

/** Something that a user may get wrong, and what the user is told. */
export interface WrongInput {
  /** The kind of mistake; several inputs may be of one kind. */
  readonly kind: string;
  /** What is wrong, as a sentence. */
  readonly what: string;
  readonly build: (site: Site) => unknown;
  /** The whole message, to the letter. */
  readonly message: string;
}

/** What only a user of JavaScript can write: the compiler would refuse it. */
export const js = (value: unknown): never => value as never;

/** The message of several problems that arrive together. */
export const several = (...lines: string[]): string =>
  `${lines.length} problems\n${lines.map((line) => `  - ${line}`).join('\n')}`;

export const IMAGE = 'registry.example.com/payments:2.4.1';

export function namespace(chart: Chart, props: Partial<ZeroTrustNamespaceProps> = {}): ZeroTrustNamespace {
  return new ZeroTrustNamespace(chart, 'namespace', { name: 'banking', ...props });
}

/** A service that is right, but for the props that are given. */
export function payments(chart: Chart, props: Partial<BankingServiceProps> = {}, home?: ZeroTrustNamespace): BankingService {
  return new BankingService(chart, 'payments', { namespace: home ?? namespace(chart), image: IMAGE, port: 8080, ...props });
}

/** A second one beside it. */
export function ledger(chart: Chart, home: ZeroTrustNamespace, props: Partial<BankingServiceProps> = {}): BankingService {
  return new BankingService(chart, 'ledger', { namespace: home, image: IMAGE, port: 8080, ...props });
}

/** Two services of one namespace. */
export function pair(chart: Chart): {
  readonly home: ZeroTrustNamespace;
  readonly payments: BankingService;
  readonly ledger: BankingService;
} {
  const home = namespace(chart);
  return { home, payments: payments(chart, {}, home), ledger: ledger(chart, home) };
}

export function edge(chart: Chart, props: Partial<MeshGatewayProps> = {}): MeshGateway {
  return new MeshGateway(chart, 'edge', { hosts: ['bank.example.com'], issuer: 'letsencrypt-prod', ...props });
}

/** Builds a service with these props. */
export const service = (props: Partial<BankingServiceProps>) => (site: Site) => payments(site.chart, props);

/** Builds a namespace with these props. */
export const home = (props: Partial<ZeroTrustNamespaceProps>) => (site: Site) => namespace(site.chart, props);

/** Builds a platform with these props. */
export const platform = (props: PlatformProps) => () => new Platform(props);

/** Builds a gateway with these props, beside a service. */
export const gateway = (props: Partial<MeshGatewayProps>) => (site: Site) => {
  namespace(site.chart);
  return edge(site.chart, props);
};

/** Builds two services and lets them be joined. */
export const between = (join: (site: ReturnType<typeof pair> & Site) => unknown) => (site: Site) =>
  join({ ...site, ...pair(site.chart) });

export const two = Scaling.fixed(2);
