import { Duration } from 'cdk8s';
import { type Problems, show } from '../kernel/errors';
import { DURATION, FLAG, NUMBER, type Shapes, fitOptions } from '../kernel/shape';

/** https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection and #ConnectionPoolSettings */
export interface CircuitBreakerProps {
  /** Answers of 5xx in a row after which a pod is ejected. @default 5 */
  readonly consecutive5xxErrors?: number;
  /** How often pods are looked at. @default 30 s */
  readonly interval?: Duration;
  /** How long a pod stays out, times the number of its ejections. @default 30 s */
  readonly baseEjectionTime?: Duration;
  /** The largest share of pods that may be out, in percent; below 100, or nobody would be left. @default 50 */
  readonly maxEjectionPercent?: number;
  /** Below this share of healthy pods ejection stops, in percent. @default 30 */
  readonly minHealthPercent?: number;
  /** Connections from one caller's proxy to the service. @default 100 */
  readonly maxConnections?: number;
  /** Requests that wait for a connection. @default 100 */
  readonly maxPendingRequests?: number;
  /** Requests under way at once from one caller's proxy. @default 1000 */
  readonly maxRequests?: number;
  /** Close a connection after so many requests. It costs an mTLS handshake each time. @default - never */
  readonly maxRequestsPerConnection?: number;
  /** Speak HTTP/2 between the proxies even when the caller speaks HTTP/1.1. @default - as the mesh does */
  readonly h2Upgrade?: boolean;
}

/** When a pod that fails is left out, and when callers are told no instead of queueing. */
export class CircuitBreaker {
  /** 5 errors in a row, looked at every 30 s. */
  static standard(props: CircuitBreakerProps = {}): CircuitBreaker {
    const given = fitOptions('CircuitBreaker.standard', props, PROPS);
    return new CircuitBreaker({ ...STANDARD, ...given }, given);
  }

  /** 3 errors in a row, looked at every 10 s, 50 waiting requests: for services whose failure spreads. */
  static strict(props: CircuitBreakerProps = {}): CircuitBreaker {
    const given = fitOptions('CircuitBreaker.strict', props, PROPS);
    const strict = { ...STANDARD, consecutive5xxErrors: 3, interval: Duration.seconds(10), maxPendingRequests: 50 };
    return new CircuitBreaker({ ...strict, ...given }, given);
  }

  private constructor(
    readonly model: Required<Omit<CircuitBreakerProps, 'maxRequestsPerConnection' | 'h2Upgrade'>> & CircuitBreakerProps,
    /** What the user asked for. */
    readonly given: CircuitBreakerProps,
  ) {}

  /** Adds what is wrong with it. */
  validate(problems: Problems, part = 'circuitBreaker'): void {
    const whole = [
      'consecutive5xxErrors',
      'maxConnections',
      'maxPendingRequests',
      'maxRequests',
      'maxRequestsPerConnection',
    ] as const;
    for (const key of whole) {
      const value = this.model[key];
      if (value === undefined) continue;
      problems.check(
        Number.isInteger(value) && value >= 1 && value <= 2 ** 31 - 1,
        `${key} ${show(value)} must be a whole number from 1 on`,
        part,
      );
    }
    const { maxEjectionPercent, minHealthPercent, interval, baseEjectionTime } = this.model;
    problems.check(
      Number.isInteger(maxEjectionPercent) && maxEjectionPercent >= 1 && maxEjectionPercent < 100,
      `maxEjectionPercent ${show(maxEjectionPercent)} must be from 1 to 99: at 100 every pod can be out at once`,
      part,
    );
    problems.check(
      Number.isInteger(minHealthPercent) && minHealthPercent >= 0 && minHealthPercent <= 100,
      `minHealthPercent ${show(minHealthPercent)} must be from 0 to 100`,
      part,
    );
    for (const [key, value] of Object.entries({ interval, baseEjectionTime })) {
      problems.check(value.toMilliseconds() >= 1, `${key} must be at least 1 ms`, part);
    }
  }
}

const PROPS: Shapes<CircuitBreakerProps> = {
  consecutive5xxErrors: NUMBER,
  interval: DURATION,
  baseEjectionTime: DURATION,
  maxEjectionPercent: NUMBER,
  minHealthPercent: NUMBER,
  maxConnections: NUMBER,
  maxPendingRequests: NUMBER,
  maxRequests: NUMBER,
  maxRequestsPerConnection: NUMBER,
  h2Upgrade: FLAG,
};

const STANDARD = {
  consecutive5xxErrors: 5,
  interval: Duration.seconds(30),
  baseEjectionTime: Duration.seconds(30),
  maxEjectionPercent: 50,
  minHealthPercent: 30,
  maxConnections: 100,
  maxPendingRequests: 100,
  maxRequests: 1000,
} as const;
