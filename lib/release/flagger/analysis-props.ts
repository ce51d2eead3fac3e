import type { Duration } from 'cdk8s';
import type { IObjective, LatencyThreshold } from '../../contracts/objective';
import {
  DURATION,
  FLAG,
  NUMBER,
  type Shape,
  type Shapes,
  TEXT,
  either,
  listOf,
  madeBy,
  oneOf,
  propsOf,
  withMethods,
} from '../../kernel/shape';
import { Audience } from '../../traffic/audience';
import type { ICanaryAlert, ICanaryMetric, IWebhook, WebhookType } from './contract';

/** One group of requests gets the new version and all others the old one. */
export interface AbTestChecks {
  /** Whose requests get the new version; of a list, any of them. */
  readonly audience: Audience | readonly Audience[];
  /**
   * Percent of all requests that the audience makes at most. The new version starts with pods for as many.
   * @default 100: nobody can tell from here how many carry what the audience carries
   */
  readonly share?: number;
  /** Checks that must hold, one each interval. @default 10 */
  readonly iterations?: number;
}

/** The new version is checked beside the old one, without its requests, and then gets all of them at once. */
export interface BlueGreenChecks {
  /** Checks that must hold, one each interval. @default 10 */
  readonly iterations?: number;
}

/** The new version gets a copy of the requests, and its answers are thrown away. */
export interface MirrorProps {
  /** Percent of the requests that are copied. @default 100 */
  readonly percentage?: number;
  /** That a request which both versions carry out does no harm. Nothing but `true` is taken. */
  readonly idempotent: true;
}

/** Who once got one version keeps it, by a cookie. https://docs.flagger.app/usage/deployment-strategies#canary-release-with-session-affinity */
export interface SessionAffinityProps {
  /** Cookie of those who got the new version. @default - the name of the canary, and `-canary` */
  readonly cookieName?: string;
  /** Cookie of those who got the old version, until the next look; without one, all of them drift to the new one. @default - the name of the canary, and `-primary` */
  readonly primaryCookieName?: string;
  /** How long the new version is kept. @default 1 day */
  readonly maxAge?: Duration;
  /** @default '/' */
  readonly path?: string;
  /** Host that the cookie is sent to. @default - the host of the request */
  readonly domain?: string;
  /** @default 'Lax' */
  readonly sameSite?: 'Strict' | 'Lax' | 'None';
  /** Keep the cookie apart for each site that embeds this one. @default false */
  readonly partitioned?: boolean;
}

/** How a new version is looked at, and how requests move to it. https://docs.flagger.app/usage/how-it-works#canary-analysis */
export interface AnalysisProps {
  /** Time between two looks. At least 10 s. @default 1 min */
  readonly interval?: Duration;
  /** Failed checks of one release after which it is given up. They are added up: a good check forgives none. @default 5 */
  readonly threshold?: number;
  /** Percent of the requests that the new version gets, one step each look. @default [10, 20, …, 100] */
  readonly steps?: readonly number[];
  /** Instead of `steps`: percent that are added with each look. */
  readonly stepWeight?: number;
  /** With `stepWeight`: the last step, in percent; a multiple of it. @default 100 */
  readonly maxWeight?: number;
  /**
   * Percent of the requests that go back from the canary to the primary with each look, when the primary has the new version.
   * @default 10: the primary has idled, and an autoscaler adds half of its pods a minute; an A/B test goes back at once
   */
  readonly stepWeightPromotion?: number;
  /** Instead of steps: one group of requests gets the new version. @default - no */
  readonly abTest?: AbTestChecks;
  /** Instead of steps: all requests at once, after checks without any of them. @default - no */
  readonly blueGreen?: BlueGreenChecks;
  /** Copy requests to the new version, before the first step or while a blue-green release is checked. @default - no */
  readonly mirror?: MirrorProps;
  /** Keep users to the version that they got first, while steps go on. @default - no */
  readonly sessionAffinity?: SessionAffinityProps;
  /** Percent of the requests that must not end in a 5xx. @default - the objective's, or 99 */
  readonly successRate?: number;
  /** 99 of 100 requests must not take longer. Whole milliseconds. @default - the objective's latencies, or 500 ms */
  readonly p99?: Duration;
  /** What the service promises: what pages a person also stops a canary. @default - none */
  readonly objective?: IObjective;
  /** Further checks. @default - none */
  readonly metrics?: readonly ICanaryMetric[];
  /** Calls that ask, test or tell. @default - none */
  readonly webhooks?: readonly IWebhook[];
  /** Whom Flagger tells how it goes on. @default - nobody */
  readonly alerts?: readonly ICanaryAlert[];
  /** Percent of the primary's pods that must be available for the release to go on. @default 100 */
  readonly primaryReadyThreshold?: number;
  /** Percent of the canary's pods that must be available for the release to go on. @default 100 */
  readonly canaryReadyThreshold?: number;
  /** How long a track may go without progress. @default - the service's own, which is longer than its pods may take to start; 600 s where it is not known */
  readonly progressDeadline?: Duration;
  /** Stand still: no new version is released, and a running release stays where it is. @default false */
  readonly suspend?: boolean;
  /** Prometheus, where it is not the one that Flagger was started with. @default - Flagger's own */
  readonly metricsServer?: string;
}

const AUDIENCE = madeBy(Audience, "Audience.header('x-canary', 'always') or one of its sisters");
const bound = (example: string): Shape => withMethods(example, 'validate', 'bind');

/** By what it holds: objectives are made in another room. */
const OBJECTIVE: Shape = {
  what: 'an objective, like Objective.of({ … })',
  fits: (value) => {
    const { analysis } = (typeof value === 'object' && value !== null ? value : {}) as Partial<IObjective>;
    return (
      typeof analysis === 'object' &&
      (analysis?.successRate === undefined || typeof analysis.successRate === 'number') &&
      Array.isArray(analysis?.latencies) &&
      // A hole is passed over by `every`, and met later.
      Array.from(analysis.latencies as readonly Partial<LatencyThreshold>[]).every(
        (one) => typeof one?.percentile === 'number' && DURATION.fits(one.limit),
      )
    );
  },
};

const TYPES: readonly WebhookType[] = [
  ...(['confirm-rollout', 'pre-rollout', 'rollout', 'confirm-traffic-increase'] as const),
  ...(['confirm-promotion', 'post-rollout', 'rollback', 'event'] as const),
];

/** What counts for its time must be there before it is asked. */
const WEBHOOK: Shape = {
  what: 'made with Webhook.loadTest(…) or one of its sisters',
  fits: (value) => {
    if (!bound('').fits(value)) return false;
    const { name, type, timeoutSeconds } = value as IWebhook;
    return typeof name === 'string' && TYPES.includes(type) && typeof timeoutSeconds === 'number';
  },
};

/** What `AnalysisProps` may hold. */
export const ANALYSIS: Shapes<AnalysisProps> = {
  interval: DURATION,
  threshold: NUMBER,
  steps: listOf(NUMBER),
  stepWeight: NUMBER,
  maxWeight: NUMBER,
  stepWeightPromotion: NUMBER,
  abTest: propsOf<AbTestChecks>({ audience: either(AUDIENCE, listOf(AUDIENCE)), share: NUMBER, iterations: NUMBER }),
  blueGreen: propsOf<BlueGreenChecks>({ iterations: NUMBER }),
  mirror: propsOf<MirrorProps>({ percentage: NUMBER, idempotent: FLAG }),
  sessionAffinity: propsOf<SessionAffinityProps>({
    cookieName: TEXT,
    primaryCookieName: TEXT,
    maxAge: DURATION,
    path: TEXT,
    domain: TEXT,
    sameSite: oneOf('Strict', 'Lax', 'None'),
    partitioned: FLAG,
  }),
  successRate: NUMBER,
  p99: DURATION,
  objective: OBJECTIVE,
  metrics: listOf(bound('CanaryMetric.promql({ … }) or one of its sisters')),
  webhooks: listOf(WEBHOOK),
  alerts: listOf(bound('CanaryAlert.to(…)')),
  primaryReadyThreshold: NUMBER,
  canaryReadyThreshold: NUMBER,
  progressDeadline: DURATION,
  suspend: FLAG,
  metricsServer: TEXT,
};
