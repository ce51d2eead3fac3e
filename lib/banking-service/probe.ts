import { Duration } from 'cdk8s';
import { PortProtocol, type WorkloadPort, isHttp } from '../contracts/port';
import { type Problems, show } from '../kernel/errors';
import { portNumber } from '../kernel/names';
import { DURATION, NUMBER, TEXT, type Shapes, fitOptions, listOf } from '../kernel/shape';

export interface ProbeTiming {
  /** Wait before the first try. Behind a startup probe it only delays what the startup probe has already waited for. @default 0 s */
  readonly initialDelay?: Duration;
  /** @default 10 s */
  readonly period?: Duration;
  /** @default 3 s */
  readonly timeout?: Duration;
  /** Failures in a row that count as failed. @default 3 */
  readonly failureThreshold?: number;
}

/** What a probe asks. */
export type ProbeAction =
  | { readonly kind: 'http'; readonly path: string; readonly port?: number }
  | { readonly kind: 'grpc'; readonly service?: string; readonly port?: number }
  | { readonly kind: 'tcp'; readonly port?: number }
  | { readonly kind: 'exec'; readonly command: readonly string[] };

const TIMING: Shapes<ProbeTiming> = { initialDelay: DURATION, period: DURATION, timeout: DURATION, failureThreshold: NUMBER };
const WITH_PORT = { ...TIMING, port: NUMBER };

/** One probe: what is asked, how often, and how many failures count. https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/ */
export class HealthProbe {
  /** GET of a path, on the service's main port when `port` is left out. */
  static http(path: string, timing: ProbeTiming & { readonly port?: number } = {}): HealthProbe {
    const fitting = fitOptions('HealthProbe.http', timing, WITH_PORT);
    return new HealthProbe(
      { kind: 'http', ...fitOptions('HealthProbe.http', { path }, { path: TEXT }), port: fitting.port },
      fitting,
    );
  }

  /** The gRPC health protocol; it asks for the server as a whole when `service` is left out. */
  static grpc(timing: ProbeTiming & { readonly port?: number; readonly service?: string } = {}): HealthProbe {
    const fitting = fitOptions('HealthProbe.grpc', timing, { ...WITH_PORT, service: TEXT });
    return new HealthProbe({ kind: 'grpc', service: fitting.service, port: fitting.port }, fitting);
  }

  /** Whether a connection can be opened. It says nothing of what is behind it. */
  static tcp(timing: ProbeTiming & { readonly port?: number } = {}): HealthProbe {
    const fitting = fitOptions('HealthProbe.tcp', timing, WITH_PORT);
    return new HealthProbe({ kind: 'tcp', port: fitting.port }, fitting);
  }

  /** A command in the container; 0 is healthy. */
  static exec(command: readonly string[], timing: ProbeTiming = {}): HealthProbe {
    const fitting = fitOptions('HealthProbe.exec', timing, TIMING);
    return new HealthProbe({ kind: 'exec', ...fitOptions('HealthProbe.exec', { command }, { command: listOf(TEXT) }) }, fitting);
  }

  readonly initialDelay: number;
  readonly period: number;
  readonly timeout: number;
  readonly failureThreshold: number;

  private constructor(
    readonly action: ProbeAction,
    timing: ProbeTiming,
  ) {
    const seconds = (duration: Duration | undefined, fallback: number) => duration?.toSeconds({ integral: false }) ?? fallback;
    this.initialDelay = seconds(timing.initialDelay, 0);
    this.period = seconds(timing.period, 10);
    this.timeout = seconds(timing.timeout, 3);
    this.failureThreshold = timing.failureThreshold ?? 3;
  }

  /** Seconds from the start of the container until it is given up, at the latest. */
  get budget(): number {
    return this.initialDelay + this.period * this.failureThreshold;
  }

  /** The same probe with other timing. */
  with(timing: ProbeTiming): HealthProbe {
    const { initialDelay, period, timeout, failureThreshold } = this;
    return new HealthProbe(this.action, {
      initialDelay: Duration.seconds(initialDelay),
      period: Duration.seconds(period),
      timeout: Duration.seconds(timeout),
      failureThreshold,
      ...timing,
    });
  }

  /** What it asks, as one string: two probes that ask the same have the same. */
  get asks(): string {
    return JSON.stringify(this.action);
  }

  /** Adds what is wrong with it. */
  validate(problems: Problems, part: string): void {
    const whole: [string, number, number][] = [
      ['initialDelay', this.initialDelay, 0],
      ['period', this.period, 1],
      ['timeout', this.timeout, 1],
      ['failureThreshold', this.failureThreshold, 1],
    ];
    for (const [key, value, least] of whole) {
      const unit = key === 'failureThreshold' ? '' : ' s';
      problems.check(
        Number.isInteger(value) && value >= least,
        `${key} ${show(value)}${unit} must be a whole number${unit && ' of seconds'} from ${least} on`,
        part,
      );
    }
    problems.check(
      this.timeout <= this.period,
      `timeout ${this.timeout} s is longer than the period of ${this.period} s, so that tries overlap; shorten it`,
      part,
    );
    const { action } = this;
    if ('port' in action && action.port !== undefined) problems.take(() => portNumber(action.port!), 0, part);
    if (action.kind === 'http') {
      problems.check(
        typeof action.path === 'string' && /^\/[\x21-\x7e]*$/.test(action.path),
        `path ${show(action.path)} must start with "/" and have no blanks`,
        part,
      );
    }
    if (action.kind === 'exec') {
      const { command } = action;
      problems.check(
        (command?.length ?? 0) > 0,
        `command ${show(command)} must start with a program, like ['cat', '/tmp/ready']`,
        part,
      );
    }
  }

  /** Why it can't be asked on the service's main port; undefined when it can, or has a port of its own. */
  unfit({ protocol, port }: WorkloadPort): string | undefined {
    const { action } = this;
    const grpc = protocol === PortProtocol.GRPC;
    const spoken = action.kind === 'http' ? isHttp(protocol) && !grpc : action.kind === 'grpc' ? grpc : true;
    if (spoken || ('port' in action && action.port !== undefined)) return undefined;
    const advice = grpc ? 'Health.grpc' : isHttp(protocol) ? 'HealthProbe.http' : 'HealthProbe.tcp or HealthProbe.exec';
    return `asks by ${action.kind}, and port ${port} speaks ${protocol}; use ${advice}, or give the probe a port of its own`;
  }

  /** On the wire. cdk8s-plus-28 has no gRPC probe, so none of them goes through it. */
  toJson(mainPort: number): Record<string, unknown> {
    return {
      initialDelaySeconds: this.initialDelay || undefined,
      periodSeconds: this.period,
      timeoutSeconds: this.timeout,
      failureThreshold: this.failureThreshold,
      ...this.handler(mainPort),
    };
  }

  private handler(mainPort: number): Record<string, unknown> {
    const { action } = this;
    switch (action.kind) {
      case 'http':
        return { httpGet: { path: action.path, port: action.port ?? mainPort } };
      case 'tcp':
        return { tcpSocket: { port: action.port ?? mainPort } };
      case 'grpc':
        return { grpc: { port: action.port ?? mainPort, service: action.service } };
      case 'exec':
        return { exec: { command: [...action.command] } };
    }
  }
}
