import type { Duration } from 'cdk8s';
import { Problems, show } from '../../kernel/errors';
import { DURATION, TEXT, type Shapes, fitProps, listOf, needed, oneOf } from '../../kernel/shape';
import { celProblems } from './cel';
import { providerProblems } from './provider';

/** Which proxy writes a line: that of the caller, that of the called, or both. */
export type AccessLogMode = 'CLIENT' | 'SERVER' | 'CLIENT_AND_SERVER';

export interface AccessLogOptions {
  /**
   * The provider of MeshConfig that writes the lines. The one named `envoy` is in every mesh, and writes to the standard output
   * of the proxy in the format of the whole mesh; another one can have a format of its own. @default 'envoy'
   */
  readonly provider?: string;
  /** @default 'CLIENT_AND_SERVER': a call that arrives nowhere is known to the caller alone, a refusal to the called */
  readonly mode?: AccessLogMode;
}

export interface ErrorLogOptions extends AccessLogOptions {
  /**
   * What takes longer is logged too, in whole milliseconds. @default - the widest latency that is promised of a service, the
   * narrowest of these in a namespace; 1 s where none is promised
   */
  readonly slowerThan?: Duration;
}

export interface AllLogOptions extends AccessLogOptions {
  /** Paths whose requests are logged only when they fail: those that a load balancer asks for health. @default - none */
  readonly quietPaths?: readonly string[];
}

const OPTIONS: Shapes<AccessLogOptions> = { provider: TEXT, mode: oneOf('CLIENT', 'SERVER', 'CLIENT_AND_SERVER') };

/** What the proxies of a namespace log, fully defaulted. */
export interface AccessLogsModel {
  readonly provider: string;
  readonly mode: AccessLogMode;
  /** CEL; everything is logged without it. */
  readonly expression?: string;
}

/**
 * What failed, was refused or ended unusually. A condition on something that a connection of bytes has not is an error, which `||`
 * passes over where another condition holds; on its own it would log nothing.
 * - `response.flags`: what the proxy itself has to say, a plain-text connection that STRICT mTLS refused among it (NR).
 * - gRPC fails within HTTP 200. For any other request Envoy infers a status from the code, 2 from 200, hence the content type.
 * - A connection of bytes that an AuthorizationPolicy refused has but its termination details.
 */
const FAILED = [
  'response.code >= 400',
  'response.flags != 0',
  "(request.headers['content-type'].startsWith('application/grpc') && response.grpc_status != 0)",
  'has(connection.termination_details)',
];

/** Which requests the proxies log. */
export class AccessLogs {
  /**
   * What failed, was refused or was slow. Probes of the kubelet never show: they do not pass through the proxy. The default.
   * @throws ConfigError
   */
  static errors(options: ErrorLogOptions = {}): AccessLogs {
    const problems = new Problems('AccessLogs.errors');
    const { slowerThan, ...rest } = read(options, { ...OPTIONS, slowerThan: DURATION }, problems);
    const limit = slowerThan?.toMilliseconds({ integral: false });
    problems.check(
      limit === undefined || (Number.isInteger(limit) && limit > 0),
      `${limit} ms must be a whole number of milliseconds, above zero`,
      'slowerThan',
    );
    problems.throwIfAny();
    return new AccessLogs(rest, (promised) => {
      const slow = `(has(request.method) && request.duration > duration('${limit ?? promised ?? 1000}ms'))`;
      return [...FAILED, slow].join(' || ');
    });
  }

  /** Every request and every connection. At both ends it is two lines a request. @throws ConfigError */
  static all(options: AllLogOptions = {}): AccessLogs {
    const problems = new Problems('AccessLogs.all');
    const { quietPaths = [], ...rest } = read(options, { ...OPTIONS, quietPaths: listOf(TEXT) }, problems);
    for (const path of quietPaths) {
      problems.check(
        /^\/[A-Za-z0-9._~/-]*$/.test(path),
        `${show(path)} is no path; write it whole, like "/healthz", in letters, digits, "-", ".", "_", "~" and "/"`,
        'quietPaths',
      );
    }
    problems.throwIfAny();
    const list = quietPaths.map((path) => `'${path}'`).join(', ');
    const quiet = `!(has(request.url_path) && request.url_path in [${list}])`;
    return new AccessLogs(rest, () => (quietPaths.length ? [quiet, ...FAILED].join(' || ') : undefined));
  }

  /**
   * What an expression in CEL holds for: `response.code >= 500 || request.method == 'POST'`. One that asks for what there is not
   * logs nothing, and one that Envoy can't take stops every change of its listeners; both are errors here. @throws ConfigError
   */
  static filter(expression: string, options: AccessLogOptions = {}): AccessLogs {
    const problems = new Problems('AccessLogs.filter');
    const rest = read(options, OPTIONS, problems);
    const text = needed(expression, TEXT, problems, 'expression');
    if (text !== undefined) celProblems(text).forEach((what) => problems.add(what));
    problems.throwIfAny();
    return new AccessLogs(rest, () => expression);
  }

  /** What the mesh says of all namespaces; nothing is said here. */
  static inherited(): AccessLogs {
    return new AccessLogs({}, () => undefined, true);
  }

  private constructor(
    private readonly options: AccessLogOptions,
    private readonly expression: (promised: number | undefined) => string | undefined,
    private readonly silent = false,
  ) {
    Object.freeze(this);
  }

  /**
   * What the proxies of a namespace log. @param promised the latency that is promised there, in milliseconds
   * @internal
   */
  model(promised: number | undefined): AccessLogsModel | undefined {
    const { provider = 'envoy', mode = 'CLIENT_AND_SERVER' } = this.options;
    return this.silent ? undefined : { provider, mode, expression: this.expression(promised) };
  }
}

function read<T extends AccessLogOptions>(options: T, shapes: Shapes<T>, problems: Problems): T {
  const fitting = fitProps(options, shapes, problems);
  providerProblems(fitting.provider, problems);
  return fitting;
}
