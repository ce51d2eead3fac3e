import type { Pod } from './pods';

/** A pod by its id (`namespace/name`), an address outside the cluster, or the node that the other end runs on. */
export type PodRef = string;
export type End = PodRef | Pod | { ip: string } | { node: string };

export interface HttpRequest {
  /** The name that the client dials: a Service's FQDN or an external host. */
  host?: string;
  /** The port that the client dials. @default the Service's port that leads to the flow's port */
  servicePort?: number;
  /** The named group of the host's pods that a route sends it to. @default - none: all of them */
  subset?: string;
  /** Makes it an HTTP request; without `method` and `path` it is a bare connection. */
  method?: string;
  path?: string;
  /** The `:authority` header. @default host */
  authority?: string;
  headers?: Record<string, string>;
  /** The validated token's `issuer/subject`; counts only where a RequestAuthentication accepts the issuer. */
  principal?: string;
  claims?: Record<string, string | string[]>;
}

export interface Flow {
  from: End;
  to: End;
  /** The port of the pod (or of the external host), not of the Service. */
  port: number;
  /** @default 'TCP' */
  protocol?: 'TCP' | 'UDP';
  request?: HttpRequest;
  /**
   * Who in the source pod sends it: the application, whose traffic the proxy captures, or the proxy itself (uid 1337),
   * whose traffic leaves untouched, such as to istiod. @default 'application'
   */
  sender?: 'application' | 'proxy';
}

export type Party =
  | { readonly kind: 'pod'; readonly pod: Pod; readonly name: string; readonly ip: string | undefined }
  | { readonly kind: 'ip' | 'node'; readonly name: string; readonly ip: string | undefined };

/** A flow with its ends looked up and its defaults filled in. */
export interface ResolvedFlow {
  readonly from: Party;
  readonly to: Party;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  readonly request: HttpRequest;
  readonly sender: 'application' | 'proxy';
}

export function partyOf(end: Pod | { ip: string } | { node: string }): Party {
  if ('node' in end) {
    return { kind: 'node', name: `node ${end.node}`, ip: end.node === '' ? undefined : end.node };
  }
  return 'id' in end ? { kind: 'pod', pod: end, name: end.id, ip: end.ip } : { kind: 'ip', name: end.ip, ip: end.ip };
}

/** Has the flow anything in it that only HTTP has? */
export function isHttp({ request }: Pick<ResolvedFlow, 'request'>): boolean {
  return request.method !== undefined || request.path !== undefined;
}
