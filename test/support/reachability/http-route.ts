/* A VirtualService's fields (istio/api: networking/v1alpha3/virtual_service.proto), as far as they decide where a request goes. */

export interface StringMatch {
  exact?: string;
  prefix?: string;
  regex?: string;
}

export interface HttpMatch {
  name?: string;
  uri?: StringMatch;
  scheme?: StringMatch;
  method?: StringMatch;
  authority?: StringMatch;
  headers?: Record<string, StringMatch>;
  withoutHeaders?: Record<string, StringMatch>;
  queryParams?: Record<string, StringMatch>;
  port?: number;
  sourceLabels?: Record<string, string>;
  sourceNamespace?: string;
  gateways?: string[];
  ignoreUriCase?: boolean;
  statPrefix?: string;
}

export interface Destination {
  host?: string;
  subset?: string;
  port?: { number?: number };
}

export interface Weighted {
  destination?: Destination;
  weight?: number;
}

export interface HttpRoute {
  name?: string;
  match?: HttpMatch[];
  route?: Weighted[];
  mirror?: Destination;
  mirrorPercentage?: { value?: number };
  mirrors?: { destination?: Destination; percentage?: { value?: number } }[];
  redirect?: object;
  directResponse?: object;
  delegate?: { name?: string; namespace?: string };
  /** What a delegate takes over from its root, without a say in where requests go. */
  [field: string]: unknown;
}

export interface TcpRoute {
  match?: { port?: number; sniHosts?: string[] }[];
  route?: Weighted[];
}

export interface VirtualServiceSpec {
  hosts?: string[];
  gateways?: string[];
  exportTo?: string[];
  http?: HttpRoute[];
  tcp?: TcpRoute[];
  tls?: TcpRoute[];
}
