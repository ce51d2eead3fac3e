import type { Headers, HttpMatch } from './canary';

/* The routes of a VirtualService as Flagger writes them: pkg/apis/istio/v1beta1/virtual_service.go. */

export interface Destination {
  destination: { host: string; port?: { number: number } };
  weight: number;
  headers?: Headers;
}

export interface HttpRoute {
  match?: HttpMatch[];
  headers?: Headers;
  route: Destination[];
  mirror?: { host: string };
  mirrorPercentage?: { value: number };
  [field: string]: unknown;
}

export interface TcpRoute {
  match?: object[];
  route: Destination[];
}

export interface Weights {
  readonly primary: number;
  readonly canary: number;
  readonly mirrored: boolean;
}

/** The random halves of the cookies, fixed so that a prediction can be compared. */
export interface Cookies {
  readonly canary: string;
  readonly primary: string;
}

/** mergeMatchConditions: of the condition of the analysis, headers and source labels count alone. */
export function mergedMatch(conditions: HttpMatch[], defaults: HttpMatch[] = []): HttpMatch[] {
  return defaults.length === 0
    ? conditions
    : conditions.flatMap(({ headers, sourceLabels }) =>
        defaults.map((one) => ({ ...one, ...(headers ? { headers } : {}), ...(sourceLabels ? { sourceLabels } : {}) })),
      );
}
