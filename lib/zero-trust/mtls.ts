import type { IConstruct } from 'constructs';
import type { WorkloadPort } from '../contracts/port';
import { type Problems, show } from '../kernel/errors';
import { ANYTHING, oneOf, propsOf, type Shape } from '../kernel/shape';
import { note } from '../kube';
import { isReason } from '../kernel/reason';

/** The mTLS mode of a namespace. */
export class Mtls {
  /** Only mutual TLS is taken. The default. */
  static strict(): Mtls {
    return new Mtls('STRICT');
  }

  /**
   * Plain text is still taken, as a step of a migration. The date says when it is meant to end; it is written on the object
   * and in the report, and nothing changes by itself on that day: output depends on the props alone.
   */
  static migrate(options: { readonly until: string; readonly reason: string }): Mtls {
    return new Mtls('PERMISSIVE', options?.until, options?.reason);
  }

  private constructor(
    readonly mode: 'STRICT' | 'PERMISSIVE',
    readonly until?: string,
    readonly reason?: string,
  ) {}

  /** Adds what is wrong with it. */
  validate(problems: Problems): void {
    if (this.mode === 'STRICT') return;
    problems.check(isDate(this.until), `until ${show(this.until)} is not a day; write it like "2027-03-31"`, 'mtls');
    problems.check(
      isReason(this.reason),
      `a PERMISSIVE step needs a reason of at least ten characters, got ${show(this.reason)}; say what still speaks plain text`,
      'mtls',
    );
  }
}

/** Whether this is a real calendar day, `YYYY-MM-DD`. */
function isDate(text: unknown): boolean {
  const match = typeof text === 'string' && /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (days[month - 1] ?? 0);
}

/** A port that takes plain text, and why. */
export interface MtlsException {
  /** The port of the container. */
  readonly port: number;
  /** PERMISSIVE takes both, DISABLE plain text only. @default 'PERMISSIVE' */
  readonly mode?: 'PERMISSIVE' | 'DISABLE';
  /** Who calls it in plain text, and why that can't be mended now. */
  readonly reason: string;
}

export const MTLS_EXCEPTION: Shape = propsOf<MtlsException>({
  port: ANYTHING,
  mode: oneOf('PERMISSIVE', 'DISABLE'),
  reason: ANYTHING,
});

/** Checks the exceptions, and gives them by container port. */
export function resolveMtlsExceptions(
  exceptions: readonly MtlsException[],
  ports: readonly WorkloadPort[],
  problems: Problems,
): Map<number, 'PERMISSIVE' | 'DISABLE'> {
  for (const { port, reason } of exceptions) {
    problems.check(
      ports.some((one) => one.targetPort === port),
      `names port ${show(port)}, which the workload does not have; it has ${ports.map((one) => one.targetPort).join(', ') || 'none'}`,
      'mtlsExceptions',
    );
    problems.check(
      isReason(reason),
      `port ${show(port)} needs a reason of at least ten characters, got ${show(reason)}; say who calls it in plain text, and why`,
      'mtlsExceptions',
    );
  }
  return new Map(exceptions.map(({ port, mode }) => [port, mode ?? 'PERMISSIVE']));
}

/** Puts each exception into the report. */
export function noteMtlsExceptions(scope: IConstruct, workload: string, exceptions: readonly MtlsException[]): void {
  for (const { port, reason } of exceptions) {
    note(scope, { kind: 'acceptance', text: `Port ${port} of ${workload} takes plain text: ${reason}` });
  }
}
