import type { Duration } from 'cdk8s';
import {
  ANYTHING,
  DURATION,
  FLAG,
  NUMBER,
  type Shape,
  type Shapes,
  TEXT,
  either,
  listOf,
  mapOf,
  oneOf,
  propsOf,
} from '../../kernel/shape';
import type { HeaderValue } from '../../traffic/audience';
import { RETRIES, type RetryProps } from '../../traffic/retries';
import type { HeaderOperations, HeadersModel, HttpMatch, MadeMetadata } from './canary-model';
import { TRAFFIC_POLICY, type TrafficPolicyProps } from './traffic-policy';

/** What browsers may do from pages of other hosts. https://istio.io/latest/docs/reference/config/networking/virtual-service/#CorsPolicy */
export interface CorsProps {
  readonly allowOrigins: readonly HeaderValue[];
  /** @default - none but the simple ones */
  readonly allowMethods?: readonly string[];
  /** @default - none */
  readonly allowHeaders?: readonly string[];
  /** @default - none */
  readonly exposeHeaders?: readonly string[];
  /** How long a browser may remember the answer. @default - the browser's own */
  readonly maxAge?: Duration;
  /** Whether cookies are sent along. @default false */
  readonly allowCredentials?: boolean;
}

/** Another path or host for the pods than the caller's. */
export interface RewriteProps {
  /** Takes the place of the part of the path that was matched. */
  readonly uri?: string;
  /** Takes the place of the host. */
  readonly authority?: string;
}

/** Keys that others write on what Flagger makes, and that it leaves alone. */
export interface UnmanagedMetadata {
  readonly labels?: readonly string[];
  readonly annotations?: readonly string[];
}

/**
 * What Flagger makes Services, routes and rules of. Flagger knows one set of routes: what is said here holds for every request,
 * at gateways and in the mesh. https://docs.flagger.app/usage/how-it-works#canary-service
 */
export interface CanaryServiceProps {
  /** Name of the Service that callers dial. Never change it: callers of the former name would find nobody. @default - the target's name */
  readonly name?: string;
  /** Name of the port, with the protocol in front: `http`, `grpc-api`. @default 'http', or what `appProtocol` says */
  readonly portName?: string;
  /** The port of the container, or its name. @default - the same as `port` */
  readonly targetPort?: number | string;
  /** What is spoken on the port. @default 'http' */
  readonly appProtocol?: 'http' | 'http2' | 'grpc' | 'tcp';
  /** Whether the other ports of the containers are on the Services too; their requests go to the old version. @default false */
  readonly portDiscovery?: boolean;
  /** Without a virtual address: DNS answers with the pods. @default false */
  readonly headless?: boolean;
  /** Which endpoints are preferred. @default - none */
  readonly trafficDistribution?: 'PreferClose' | 'PreferSameZone' | 'PreferSameNode';
  /** Time for the whole answer, retries included. @default 10 s */
  readonly timeout?: Duration;
  /** @default 3 retries, of requests that never arrived */
  readonly retries?: RetryProps;
  /** Whether a request that is carried out twice does no harm, so that it may be retried after an answer too. @default false */
  readonly idempotent?: boolean;
  /** Hosts beside the Service's own. @default - none */
  readonly hosts?: readonly string[];
  /** Gateways that serve these hosts, as `namespace/name`; `mesh` must be among them. @default - the mesh alone */
  readonly gateways?: readonly string[];
  /**
   * Only root VirtualServices lead to it: needed where several services share a host, and by `MeshGateway.route`. One for callers
   * in the mesh is made, `<name>-mesh`, or they would go past the canary.
   * @default false
   */
  readonly delegation?: boolean;
  /** Which requests are meant; all others are refused. @default - all of them */
  readonly match?: readonly HttpMatch[];
  /** @default - none */
  readonly rewrite?: RewriteProps;
  /** Why `match` and `rewrite` may hold for callers in the mesh as well as at the gateways. */
  readonly acceptInMesh?: string;
  /** @default - none */
  readonly headers?: HeadersModel;
  /** @default - none */
  readonly corsPolicy?: CorsProps;
  /** @default - Istio's defaults */
  readonly trafficPolicy?: TrafficPolicyProps;
  /** Of the Service that callers dial, and of the VirtualService. @default - none */
  readonly apex?: MadeMetadata;
  /** Of the Service of the old version. @default - none */
  readonly primary?: MadeMetadata;
  /** Of the Service of the new version. @default - none */
  readonly canary?: MadeMetadata;
  /** @default - Flagger takes away what it has not written */
  readonly unmanagedMetadata?: UnmanagedMetadata;
}

const VALUE = propsOf<HeaderValue>({ exact: TEXT, prefix: TEXT, regex: TEXT });
const VALUES = mapOf(VALUE);
const METADATA = propsOf<MadeMetadata>({ labels: mapOf(TEXT), annotations: mapOf(TEXT) });
const OPERATIONS = propsOf<HeaderOperations>({ set: mapOf(TEXT), add: mapOf(TEXT), remove: listOf(TEXT) });

const MATCH = propsOf<HttpMatch>({
  name: TEXT,
  uri: VALUE,
  ignoreUriCase: FLAG,
  scheme: VALUE,
  method: VALUE,
  authority: VALUE,
  headers: VALUES,
  withoutHeaders: VALUES,
  queryParams: VALUES,
  port: NUMBER,
  sourceLabels: mapOf(TEXT),
  sourceNamespace: TEXT,
  gateways: listOf(TEXT),
});

const SERVICE: Shapes<CanaryServiceProps> = {
  name: TEXT,
  portName: TEXT,
  targetPort: either(NUMBER, TEXT),
  appProtocol: oneOf('http', 'http2', 'grpc', 'tcp'),
  portDiscovery: FLAG,
  headless: FLAG,
  trafficDistribution: oneOf('PreferClose', 'PreferSameZone', 'PreferSameNode'),
  timeout: DURATION,
  retries: RETRIES,
  idempotent: FLAG,
  hosts: listOf(TEXT),
  gateways: listOf(TEXT),
  delegation: FLAG,
  match: listOf(MATCH),
  rewrite: propsOf<RewriteProps>({ uri: TEXT, authority: TEXT }),
  acceptInMesh: ANYTHING,
  headers: propsOf<HeadersModel>({ request: OPERATIONS, response: OPERATIONS }),
  corsPolicy: propsOf<CorsProps>({
    allowOrigins: listOf(VALUE),
    allowMethods: listOf(TEXT),
    allowHeaders: listOf(TEXT),
    exposeHeaders: listOf(TEXT),
    maxAge: DURATION,
    allowCredentials: FLAG,
  }),
  trafficPolicy: TRAFFIC_POLICY,
  apex: METADATA,
  primary: METADATA,
  canary: METADATA,
  unmanagedMetadata: propsOf<UnmanagedMetadata>({ labels: listOf(TEXT), annotations: listOf(TEXT) }),
};

/** What `CanaryServiceProps` may hold. */
export const CANARY_SERVICE: Shape = propsOf<CanaryServiceProps>(SERVICE);

/** The props that only a mesh can carry out. */
export const MESH_ONLY: readonly (keyof CanaryServiceProps)[] = [
  'timeout',
  'retries',
  'idempotent',
  'hosts',
  'gateways',
  'delegation',
  'match',
  'rewrite',
  'acceptInMesh',
  'headers',
  'corsPolicy',
  'trafficPolicy',
];

/** The props that say something of requests, which a port that speaks bytes has none of. */
export const REQUESTS_ONLY: readonly (keyof CanaryServiceProps)[] = [
  'timeout',
  'retries',
  'idempotent',
  'delegation',
  'rewrite',
  'headers',
  'corsPolicy',
];
