import type { HeaderValue } from '../../traffic/audience';
import type { RetryModel } from '../../traffic/retries';
import type { ObjectRef } from '../release';
import type { AnalysisModel } from './analysis';
import type { CanaryScale } from './canary-scale';
import type { TrafficPolicyProps } from './traffic-policy';

/** Labels and annotations of an object that Flagger makes. */
export interface MadeMetadata {
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Which requests a route takes. All that is said must hold. https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest */
export interface HttpMatch {
  /** @default - none: it appears in access logs */
  readonly name?: string;
  readonly uri?: HeaderValue;
  /** @default false */
  readonly ignoreUriCase?: boolean;
  readonly scheme?: HeaderValue;
  readonly method?: HeaderValue;
  readonly authority?: HeaderValue;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, HeaderValue>>;
  /** Headers that must not be so. */
  readonly withoutHeaders?: Readonly<Record<string, HeaderValue>>;
  readonly queryParams?: Readonly<Record<string, HeaderValue>>;
  /** The port that the caller dials. */
  readonly port?: number;
  /** Labels of the caller's pods. */
  readonly sourceLabels?: Readonly<Record<string, string>>;
  /** Namespace of the caller. */
  readonly sourceNamespace?: string;
  /** Of the service's gateways, those where it counts. @default - all of them */
  readonly gateways?: readonly string[];
}

/** What is done with headers on their way. */
export interface HeaderOperations {
  /** Written over what is there. */
  readonly set?: Readonly<Record<string, string>>;
  /** Added to what is there. */
  readonly add?: Readonly<Record<string, string>>;
  /** Taken away. */
  readonly remove?: readonly string[];
}

/** Headers of requests and answers. */
export interface HeadersModel {
  readonly request?: HeaderOperations;
  readonly response?: HeaderOperations;
}

/** What browsers may do from pages of other hosts. Seconds. */
export interface CorsModel {
  readonly allowOrigins: readonly HeaderValue[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAge?: number;
  readonly allowCredentials?: boolean;
}

/** What Flagger makes Services and routes of. Times in milliseconds. */
export interface CanaryServiceModel {
  /** Name of the Service that callers dial. */
  readonly name: string;
  readonly port: number;
  readonly portName: string;
  readonly targetPort: number | string;
  readonly appProtocol?: string;
  /** Whether the other ports of the containers are on the Services too. */
  readonly portDiscovery: boolean;
  readonly headless: boolean;
  readonly trafficDistribution?: string;
  /** Whether Flagger's VirtualService only takes what root VirtualServices delegate to it. */
  readonly delegation: boolean;
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
  readonly match?: readonly HttpMatch[];
  readonly rewrite?: { readonly uri?: string; readonly authority?: string };
  readonly timeoutMs?: number;
  readonly retries?: RetryModel;
  readonly headers?: HeadersModel;
  readonly cors?: CorsModel;
  readonly trafficPolicy?: TrafficPolicyProps;
  readonly apex?: MadeMetadata;
  readonly primary?: MadeMetadata;
  readonly canary?: MadeMetadata;
  /** Keys that others write and Flagger leaves alone. */
  readonly unmanaged?: { readonly labels?: readonly string[]; readonly annotations?: readonly string[] };
}

/** What scales the target, and how its copy for the primary differs. */
export interface AutoscalerModel {
  readonly ref: ObjectRef;
  readonly primaryMin?: number;
  readonly primaryMax?: number;
  /** Queries of the primary's triggers, by the name of the trigger. */
  readonly queries?: Readonly<Record<string, string>>;
}

/** A Canary, resolved. Seconds. */
export interface CanaryModel {
  readonly name: string;
  readonly provider: 'istio' | 'kubernetes';
  readonly target: ObjectRef;
  readonly autoscaler?: AutoscalerModel;
  readonly service: CanaryServiceModel;
  readonly analysis: AnalysisModel;
  readonly progressDeadline: number;
  readonly suspend: boolean;
  readonly metricsServer?: string;
}

/** A release by Flagger, resolved for one service. Seconds. */
export interface ResolvedCanary {
  readonly analysis: AnalysisModel;
  readonly scale: CanaryScale;
  readonly progressDeadline: number;
  readonly suspend: boolean;
  readonly takeOver: boolean;
  readonly metricsServer?: string;
}
