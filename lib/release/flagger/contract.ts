import type { Construct } from 'constructs';
import type { IMeshNamespace } from '../../contracts/mesh-namespace';
import type { WorkloadPort } from '../../contracts/port';
import type { Problems } from '../../kernel/errors';
import type { Stage } from '../../kube';
import type { PlatformModel } from '../../platform/model';
import type { Guard } from '../../zero-trust/guard';

/** When Flagger calls a webhook. https://docs.flagger.app/usage/webhooks */
export type WebhookType =
  | 'confirm-rollout'
  | 'pre-rollout'
  | 'rollout'
  | 'confirm-traffic-increase'
  | 'confirm-promotion'
  | 'post-rollout'
  | 'rollback'
  | 'event';

/** What can be known of a canary while its props are judged. */
export interface CanaryFacts {
  /** Name of the Canary. */
  readonly canary: string;
  /** The namespace that it lives in. Undefined when it is missing, which is a problem of its own. */
  readonly namespace?: IMeshNamespace;
  readonly platform: PlatformModel;
  /** What the environment is for; undefined outside of an Environment. */
  readonly stage?: Stage;
  /** The port whose requests are analysed and shifted. */
  readonly port: WorkloadPort;
  /** Seconds between two looks at the canary. */
  readonly intervalSeconds: number;
}

/** A canary, as its webhooks, metrics and alerts see it when they are made. */
export interface CanaryContext extends CanaryFacts {
  readonly namespace: IMeshNamespace;
  /** Name of the Deployment or DaemonSet that is released. */
  readonly target: string;
  /** The host that leads to both tracks as the release splits them: `<service>.<namespace>.svc.cluster.local`. */
  readonly host: string;
  /** The host that leads to the new version alone: `<service>-canary.<namespace>.svc.cluster.local`. */
  readonly canaryHost: string;
  /** The host that leads to the old version alone: `<service>-primary.<namespace>.svc.cluster.local`. */
  readonly primaryHost: string;
  /** The port of these hosts. */
  readonly servicePort: number;
  /** What lets callers in; a load test is one. Undefined where this library does not guard the pods. */
  readonly guard?: Guard;
}

/** A call of Flagger to something outside of it, resolved. */
export interface CanaryWebhook {
  readonly name: string;
  readonly type: WebhookType;
  readonly url: string;
  readonly timeoutSeconds: number;
  /** @default - none */
  readonly retries?: number;
  /** Do not verify the certificate of an https URL. @default false */
  readonly disableTls?: boolean;
  /** Send no alert while the call waits for an approval. @default false */
  readonly muteAlert?: boolean;
  /** Sent along in the body. @default - nothing */
  readonly metadata?: Readonly<Record<string, string>>;
  /** For a reader of the release plan: what a step waits for; empty for a call that never holds it up. @default - that it agrees */
  readonly describes?: string;
}

/** A webhook of a canary. What counts for the arithmetic of time is known before it is bound. */
export interface IWebhook {
  readonly name: string;
  readonly type: WebhookType;
  /** How long Flagger waits for one answer. */
  readonly timeoutSeconds: number;
  /** Further tries after the first. @default 0 */
  readonly retries?: number;
  /** Adds what is wrong with it for this canary. @param part where the user wrote it: `release.webhooks[0]` */
  validate(problems: Problems, part: string, facts: CanaryFacts): void;
  /** Makes what it needs (a load tester's edges, say), and gives what the Canary says of it. */
  bind(scope: Construct, context: CanaryContext): CanaryWebhook;
}

/** An object that a Canary refers to. */
export interface CanaryRef {
  readonly name: string;
  /** @default - the namespace of the Canary */
  readonly namespace?: string;
}

/** What a measured value must keep to. At least one of the two. */
export interface ThresholdRange {
  readonly min?: number;
  readonly max?: number;
}

/** A check of the analysis, resolved. */
export interface CanaryMetric {
  /** `request-success-rate` and `request-duration` are Flagger's own; any other needs `templateRef` or `query`. */
  readonly name: string;
  /** The MetricTemplate that says how it is measured. */
  readonly templateRef?: CanaryRef;
  /** PromQL for the Prometheus that Flagger was started with. */
  readonly query?: string;
  /** Seconds that are looked back. @default - the interval of the analysis */
  readonly intervalSeconds?: number;
  readonly thresholdRange: ThresholdRange;
  /** @default - none */
  readonly templateVariables?: Readonly<Record<string, string>>;
  /** For a reader of the release plan: `99 % of the requests take at most 500 ms`. */
  readonly describes: string;
}

/** A check of the analysis. */
export interface ICanaryMetric {
  /** Whether it counts errors, so that a service whose errors Flagger does not see (gRPC) is judged all the same. @default false */
  readonly seesErrors?: boolean;
  /** Adds what is wrong with it for this canary. */
  validate(problems: Problems, part: string, facts: CanaryFacts): void;
  bind(scope: Construct, context: CanaryContext): CanaryMetric;
}

/** An alert of a canary, resolved. */
export interface CanaryAlert {
  readonly name: string;
  readonly severity: 'info' | 'warn' | 'error';
  /** The AlertProvider that sends it. */
  readonly providerRef: CanaryRef;
}

/** Whom Flagger tells how a release goes on. */
export interface ICanaryAlert {
  /** Adds what is wrong with it for this canary. */
  validate(problems: Problems, part: string, facts: CanaryFacts): void;
  bind(scope: Construct, context: CanaryContext): CanaryAlert;
}
