/** A span of time that depends on how things go. Seconds. */
export interface TimeSpan {
  readonly shortest: number;
  readonly longest: number;
}

/** One step of a release. */
export interface CourseStep {
  /** What happens: `10 % to the canary`. */
  readonly what: string;
  /** Percent of the requests that each track gets, by the name of its Deployment. */
  readonly weights: Readonly<Record<string, number>>;
  /** What must hold for the next step, a sentence each. Empty when only time passes. */
  readonly checks: readonly string[];
  /** How long it takes. Undefined when it waits for a person. */
  readonly takes?: TimeSpan;
}

/** What a release does with one service, from the commit to the end. */
export interface ReleaseCourse {
  /** In the words of the user: `Release.canary`. */
  readonly strategy: string;
  readonly steps: readonly CourseStep[];
  /** From the commit until the new version has all requests. Undefined when it waits for a person. */
  readonly toPromote?: TimeSpan;
  /** From the decision until the old version has all requests again. */
  readonly toRollBack: TimeSpan;
  /** What to commit to go back, and what happens then. */
  readonly rollback: string;
  /** Most pods that exist at once, by the name of their Deployment. */
  readonly peakPods: Readonly<Record<string, number>>;
  /** What the metrics that a new version is judged by must keep to. @default - it is not judged by metrics */
  readonly thresholds?: readonly { readonly metric: string; readonly min?: number; readonly max?: number }[];
  /** Objects that another controller makes, as `Kind/name`. */
  readonly madeByOthers: readonly string[];
}
