import type { Duration } from 'cdk8s';
import { type Problems, show } from '../kernel/errors';
import { DURATION, NUMBER, TEXT, listOf, propsOf, type Shape } from '../kernel/shape';

/** Methods that change nothing, so that a second try can do no harm. https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1 */
export const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Envoy's retry conditions in which the request has never reached the application: the connection failed, or the stream
 * was refused. Safe for every method. https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on
 */
export const NEVER_REACHED: readonly string[] = ['connect-failure', 'refused-stream'];

/** For safe methods: also when a gateway answered 502, 503 or 504, which includes a try that took too long. */
const SAFE_TO_REPEAT: readonly string[] = [...NEVER_REACHED, 'gateway-error'];

const KNOWN: readonly string[] = [
  ...[
    '5xx',
    'gateway-error',
    'reset',
    'reset-before-request',
    'connect-failure',
    'envoy-ratelimited',
    'retriable-4xx',
    'refused-stream',
  ],
  ...['retriable-status-codes', 'retriable-headers', 'http3-post-connect-failure'],
  ...['cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable'],
];

export interface RetryProps {
  /** Retries after the first try. 0 turns them off. @default 3 */
  readonly attempts?: number;
  /** Time for one try. Used only where a second try is harmless: elsewhere it would end a slow success in a 504. @default timeout / (attempts + 2): 2 s of the usual 10 s */
  readonly perTry?: Duration;
  /**
   * Envoy's conditions to retry on.
   * @default connect-failure, refused-stream, gateway-error for safe methods; connect-failure, refused-stream for the others
   */
  readonly on?: readonly string[];
}

export const RETRIES: Shape = propsOf<RetryProps>({ attempts: NUMBER, perTry: DURATION, on: listOf(TEXT) });

/** How requests of one kind are retried. Times in milliseconds. */
export interface RetryModel {
  readonly attempts: number;
  readonly perTryMs?: number;
  readonly on: readonly string[];
}

/**
 * The longest that the waits between tries can take together: Envoy waits at random up to 25 ms × (2^n − 1) before the nth
 * retry, and never longer than 250 ms.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-max-retries
 */
export function longestBackoffMs(attempts: number): number {
  return Array.from({ length: attempts }, (_, i) => Math.min(250, 25 * (2 ** (i + 1) - 1))).reduce((a, b) => a + b, 0);
}

/**
 * Resolves the retries of requests that may be repeated, or of those that may not.
 * @param timeoutMs undefined for streams: a try has no time of its own there
 */
export function resolveRetries(
  props: RetryProps,
  repeatable: boolean,
  timeoutMs: number | undefined,
  problems: Problems,
  part: string,
): RetryModel {
  const attempts = props.attempts ?? 3;
  const counts = problems.check(
    Number.isInteger(attempts) && attempts >= 0 && attempts <= 10,
    `attempts ${show(attempts)} must be a whole number from 0 to 10`,
    part,
  );
  const on = props.on ?? (repeatable ? SAFE_TO_REPEAT : NEVER_REACHED);
  for (const condition of on) {
    problems.check(
      KNOWN.includes(condition),
      `${show(condition)} is not a retry condition of Envoy; use ${KNOWN.join(', ')}`,
      `${part}.on`,
    );
  }
  problems.check(on.length > 0, 'is empty, which would retry nothing; set attempts: 0 to turn retries off', `${part}.on`);
  if (!repeatable) {
    const harmful = on.filter((condition) => KNOWN.includes(condition) && !NEVER_REACHED.includes(condition));
    problems.check(
      harmful.length === 0,
      `${harmful.join(', ')} would repeat a request that the service may have carried out; ` +
        `keep ${NEVER_REACHED.join(', ')}, or declare the route idempotent: true`,
      `${part}.on`,
    );
  }
  if (!repeatable || attempts === 0 || !counts || timeoutMs === undefined) return { attempts, on };
  const backoff = longestBackoffMs(attempts);
  const perTryMs = props.perTry?.toMilliseconds() ?? usualTryMs(timeoutMs, attempts);
  const needed = (attempts + 1) * perTryMs + backoff;
  problems.check(perTryMs > 0, 'perTry must be above zero', part);
  problems.check(
    needed <= timeoutMs,
    `(${attempts} + 1) tries × ${ms(perTryMs)} + ${ms(backoff)} backoff = ${ms(needed)} > timeout ${ms(timeoutMs)}; ` +
      `the last tries would never run: raise the timeout to ${ms(Math.ceil(needed / 1000) * 1000)}, or lower attempts or perTry`,
    part,
  );
  return { attempts, perTryMs, on };
}

/**
 * Time for one try when none is given: one part of the timeout for each try and one for what is between them, 2 s of the
 * usual 10 s. A route that only has more time gives more to each try, so that a slow answer is not cut off early.
 */
export function usualTryMs(timeoutMs: number, attempts: number): number {
  const parts = timeoutMs / (attempts + 2);
  const fitting = (timeoutMs - longestBackoffMs(attempts)) / (attempts + 1);
  return Math.max(1, Math.floor(Math.min(parts, fitting)));
}

/** Milliseconds as Istio writes durations: `2s`, `250ms`. */
export function ms(value: number): string {
  return value % 1000 === 0 ? `${value / 1000}s` : `${value}ms`;
}
