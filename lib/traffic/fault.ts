import { type Duration } from 'cdk8s';
import { Problems, show } from '../kernel/errors';
import { isReason } from '../kernel/reason';
import { ANYTHING, DURATION, FLAG, NUMBER, TEXT, fitOptions, listOf, mapOf, needed, type Shapes } from '../kernel/shape';
import type { RouteCondition } from './route-condition';

/** Which requests a fault befalls. */
export interface FaultOptions {
  /** Percent of the requests, above 0 and up to 100. Istio would befall none where it is left out. */
  readonly percentage: number;
  /** @default '/', every path */
  readonly path?: string;
  /** Whether only the path itself is meant. @default false - the path and everything below it */
  readonly exact?: boolean;
  /** @default - every method */
  readonly methods?: readonly string[];
  /** Headers that must have exactly these values, by lower-case name: those of a rehearsal, say. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Why it may befall requests in production, or where no Environment says that it is not. It is reported.
   * @default - none: it is refused there
   */
  readonly acknowledge?: string;
}

const OPTIONS: Shapes<FaultOptions> = {
  percentage: NUMBER,
  path: ANYTHING,
  exact: FLAG,
  methods: listOf(TEXT),
  headers: mapOf(TEXT),
  acknowledge: ANYTHING,
};

/** What befalls a request. Time in milliseconds. */
export interface FaultModel {
  readonly delay?: { readonly percentage: number; readonly ms: number };
  readonly abort?: { readonly percentage: number; readonly httpStatus?: number; readonly grpcStatus?: string };
}

/** What a fault does, as the user said it. */
type Effect = { readonly delay: Duration } | { readonly httpStatus: number } | { readonly grpcStatus: string };

/** https://github.com/grpc/grpc/blob/master/doc/statuscodes.md, without OK: an answer that is well is no fault. */
const GRPC_STATUS: readonly string[] = [
  ...['CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED'],
  ...['RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE'],
  ...['DATA_LOSS', 'UNAUTHENTICATED'],
];

/**
 * A failure that is made on purpose, to rehearse what callers do then. It happens in the proxy of the caller (or of the
 * gateway), before the request is sent: the service is not asked when a request is aborted, and the time of a delay counts
 * neither for the timeout of the route nor for its retries.
 * https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection
 */
export class Fault {
  /** Requests wait before they are sent. */
  static delay(time: Duration, options: FaultOptions): Fault {
    const problems = new Problems('Fault.delay');
    needed(time, DURATION, problems, 'time');
    problems.throwIfAny();
    return new Fault({ delay: time }, fitOptions('Fault.delay', options, OPTIONS));
  }

  /** Requests are answered with this status at once, 503 for instance, and are not sent. */
  static abort(httpStatus: number, options: FaultOptions): Fault {
    return new Fault({ httpStatus }, fitOptions('Fault.abort', options, OPTIONS));
  }

  /** gRPC calls end with this status at once, `UNAVAILABLE` for instance, and are not sent. */
  static abortGrpc(status: string, options: FaultOptions): Fault {
    return new Fault({ grpcStatus: status }, fitOptions('Fault.abortGrpc', options, OPTIONS));
  }

  private constructor(
    private readonly effect: Effect,
    readonly options: FaultOptions,
  ) {}

  /** The requests that it befalls. */
  get condition(): RouteCondition {
    const { path = '/', exact, methods, headers } = this.options;
    return { path, exact, methods, headers };
  }

  get model(): FaultModel {
    const { percentage } = this.options;
    return 'delay' in this.effect
      ? { delay: { percentage, ms: this.effect.delay.toMilliseconds() } }
      : { abort: { percentage, ...this.effect } };
  }

  /** Whether it is told by a status of gRPC, which means something on gRPC ports alone. */
  get grpc(): boolean {
    return 'grpcStatus' in this.effect;
  }

  /** What it does, for a reader: `wait 5 s`. */
  get describes(): string {
    if ('delay' in this.effect) return `wait ${this.effect.delay.toMilliseconds() / 1000} s`;
    return `fail with ${'grpcStatus' in this.effect ? this.effect.grpcStatus : this.effect.httpStatus}`;
  }

  /** Adds what is wrong with it. @param safePlace whether the service surely stands outside of production */
  validate(problems: Problems, part: string, safePlace: boolean): void {
    const { percentage, acknowledge } = this.options;
    problems.check(percentage > 0 && percentage <= 100, `percentage ${show(percentage)} must be above 0 and at most 100`, part);
    const { effect } = this;
    if ('delay' in effect) {
      const ms = effect.delay.toMilliseconds();
      problems.check(ms >= 1, `a delay of ${ms} ms is none; use at least 1 ms, like Duration.seconds(5)`, part);
    } else if ('httpStatus' in effect) {
      problems.check(
        Number.isInteger(effect.httpStatus) && effect.httpStatus >= 400 && effect.httpStatus <= 599,
        `status ${show(effect.httpStatus)} is no failure; use one from 400 to 599, like 503`,
        part,
      );
    } else {
      problems.check(
        GRPC_STATUS.includes(effect.grpcStatus),
        `status ${show(effect.grpcStatus)} is no failure that gRPC knows; use one of ${GRPC_STATUS.join(', ')}`,
        part,
      );
    }
    problems.check(
      safePlace || acknowledge !== undefined,
      'makes requests fail in production, or where no Environment says that it is not; ' +
        "leave it out there, or say why with acknowledge: 'reason'",
      part,
    );
    problems.check(
      acknowledge === undefined || isReason(acknowledge),
      `acknowledge ${show(acknowledge)} must be a reason of at least ten characters; say what is rehearsed, and who knows of it`,
      part,
    );
  }
}
