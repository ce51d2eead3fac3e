import { Duration } from 'cdk8s';
import type { AnalysisThresholds, IObjective } from '../../contracts/objective';
import { Problems, show } from '../../kernel/errors';
import { deepFreeze } from '../../kernel/freeze';
import { HTTP_METHODS } from '../../kernel/http';
import { DURATION, NUMBER, type Shapes, fitProps, madeBy, mapOf, propsOf } from '../../kernel/shape';
import { RequestSource } from '../request-source';
import { analysisOf } from './analysis';
import { tidy } from './arithmetic';
import { type Goal, type ObjectiveTargets, type Route, resolveGoals } from './goals';

export interface ObjectiveProps extends ObjectiveTargets {
  /** The time over which the promise holds, in whole days, always looking back from now: 7 to 90. @default Duration.days(30) */
  readonly window?: Duration;
  /**
   * Promises for some of the requests, beside those for all: `{ 'POST /api/v1/payments': { p99: Duration.millis(800) } }`.
   * The path is the template that the service itself reports. Istio's metrics have no paths, so they need another
   * `measuredBy`. @default - none
   */
  readonly routes?: Readonly<Record<string, ObjectiveTargets>>;
  /** Which metrics tell. @default RequestSource.istio(), what the proxies of the callers saw */
  readonly measuredBy?: RequestSource;
  /**
   * Requests that must have broken a goal within a window before its alert fires: one error in a quiet hour wakes nobody.
   * @default 10
   */
  readonly minimumFailures?: number;
}

const TARGETS: Shapes<ObjectiveTargets> = {
  availability: NUMBER,
  p50: DURATION,
  p75: DURATION,
  p90: DURATION,
  p95: DURATION,
  p99: DURATION,
  p999: DURATION,
};

/** What `ObjectiveProps` may hold. */
export const OBJECTIVE_PROPS: Shapes<ObjectiveProps> = {
  ...TARGETS,
  window: DURATION,
  routes: mapOf(propsOf(TARGETS)),
  measuredBy: madeBy(RequestSource, 'RequestSource.istio(), .springBoot() or .openTelemetry()'),
  minimumFailures: NUMBER,
};

const DAY = 86_400;

/**
 * What is promised of a service. One value makes what is recorded, who is paged and when, what the dashboards call the
 * budget, and what stops a canary, so that they can't disagree.
 *
 * ```ts
 * const objective = Objective.of({ availability: 99.99, p95: Duration.millis(200) });
 * ```
 */
export class Objective implements IObjective {
  /** @throws ConfigError that lists every problem. */
  static of(props: ObjectiveProps): Objective {
    return new Objective(props);
  }

  /** Every promise, in a fixed order: availability, latencies, then those of each route. */
  readonly goals: readonly Goal[];
  /** The time over which the promises hold, in seconds. */
  readonly window: number;
  readonly measuredBy: RequestSource;
  readonly minimumFailures: number;
  /** What a canary must keep to, and how that follows. */
  readonly analysis: AnalysisThresholds;

  private constructor(given: ObjectiveProps) {
    const problems = new Problems('objective');
    const props = fitProps(given, OBJECTIVE_PROPS, problems);
    this.window = resolveWindow(props.window ?? Duration.days(30), problems);
    this.measuredBy = props.measuredBy ?? RequestSource.istio();
    this.minimumFailures = props.minimumFailures ?? 10;
    problems.check(
      Number.isInteger(this.minimumFailures) && this.minimumFailures >= 1,
      `${show(this.minimumFailures)} must be a whole number from 1 on`,
      'minimumFailures',
    );
    const goals = resolveGoals(props, this.window, problems);
    for (const [name, targets] of Object.entries(props.routes ?? {})) {
      const part = `routes[${show(name)}]`;
      const is = problems.take(() => route(name), undefined, part);
      const own = resolveGoals(targets, this.window, problems, { is, part });
      problems.check(Object.keys(targets).length > 0, 'promises nothing; give availability, p95 or another percentile', part);
      goals.push(...own);
    }
    problems.check(
      problems.any || goals.length > 0,
      'promises nothing; give availability, like 99.9, or a percentile, like p95: Duration.millis(200)',
    );
    if (props.routes) this.measuredBy.routeProblems().forEach((what) => problems.add(what, 'routes'));
    for (const { id, limit } of goals) {
      if (limit !== undefined) this.measuredBy.limitProblems(limit).forEach((what) => problems.add(what, id));
    }
    problems.throwIfAny();
    this.goals = deepFreeze(goals);
    this.analysis = Object.freeze(analysisOf(goals, this.window));
    Object.freeze(this);
  }
}

function resolveWindow(window: Duration, problems: Problems): number {
  const seconds = window.toMilliseconds({ integral: false }) / 1000;
  const days = seconds / DAY;
  const fits = problems.check(
    Number.isInteger(days) && days >= 7 && days <= 90,
    `${show(tidy(days))} d is no window that alerts can be made for; use 7 to 90 whole days`,
    'window',
  );
  return fits ? seconds : 30 * DAY;
}

/** Reads `POST /api/v1/payments` or `/api/v1/payments`. @throws RangeError */
function route(name: string): Route {
  const [first, ...rest] = name.split(' ') as [string, ...string[]];
  const method = rest.length > 0 ? first : undefined;
  const path = rest.length > 0 ? rest.join(' ') : first;
  // Two braces would start a template in the text of an alert.
  if ((method !== undefined && !HTTP_METHODS.includes(method)) || !/^\/[\x21-\x7e]*$/.test(path) || path.includes('{{')) {
    throw new RangeError(`${show(name)} is no route; write it like "POST /api/v1/payments" or "/api/v1/payments/{id}"`);
  }
  return { name, method, path };
}
