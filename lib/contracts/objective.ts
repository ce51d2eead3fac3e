import type { Duration } from 'cdk8s';

/** A latency that a share of the requests must not exceed. */
export interface LatencyThreshold {
  /** Percent of the requests: 95, 99, 99.9. */
  readonly percentile: number;
  readonly limit: Duration;
}

/** What an objective asks of a canary while it is analysed. */
export interface AnalysisThresholds {
  /** Percent of the requests that must succeed. @default - not judged */
  readonly successRate?: number;
  readonly latencies: readonly LatencyThreshold[];
  /** How they follow from the objective, a sentence each. */
  readonly derivation: readonly string[];
}

/** An objective, as a release sees it: what pages a human also stops a canary. */
export interface IObjective {
  readonly analysis: AnalysisThresholds;
}
