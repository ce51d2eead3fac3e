import type { ICallee } from '../contracts/peer';
import { PortProtocol, type WorkloadPort } from '../contracts/port';
import { SECRET_KEY, type SecretKey, secretKeyProblems } from '../contracts/secret-key';
import { Problems, show } from '../kernel/errors';
import { PARSED, TEXT, type Shape, type Shapes, either, fitProps, mapOf, needed, oneOf, withMethods } from '../kernel/shape';
import type { Guarded } from '../zero-trust/existing-workload';
import { ForeignWorkload } from '../zero-trust/foreign-workload';
import type { Jaeger } from './jaeger';

export interface OtlpExportProps {
  /** Whom spans are sent to: a workload of the mesh, or an ExternalHost. */
  readonly to: ICallee | Guarded;
  /** The port, or its name. @default - its first one */
  readonly port?: number | string;
  /** OTLP over gRPC, or over HTTP with the path /v1/traces. @default 'grpc' */
  readonly protocol?: 'grpc' | 'http';
  /**
   * Headers of each request: texts, and credentials by the place where they are. A dollar sign in a Secret is written twice there,
   * since the collector reads one from two; in a text it is kept as it is. @default - none
   */
  readonly headers?: Readonly<Record<string, string | SecretKey>>;
}

const CALLEE = withMethods('', 'portOf', 'meshHosts');
const TO: Shape = {
  what: 'a workload of the mesh, or made with ExternalHost.tls(…)',
  fits: (value) => (typeof value === 'object' && value !== null && 'guard' in value) || CALLEE.fits(value),
};

const PROPS: Shapes<OtlpExportProps> = {
  to: TO,
  port: PARSED,
  protocol: oneOf('grpc', 'http'),
  headers: mapOf(either(TEXT, SECRET_KEY)),
};

/** Headers that hold credentials as a rule. */
const SECRET_HEADER = /(^|-)(authorization|cookie|token|secret|password|api-?key|license-?key|access-?key)(-|$)/;

/** A place that takes spans, fully defaulted. */
export interface TraceExportModel {
  readonly callee: ICallee;
  readonly host: string;
  readonly port: WorkloadPort;
  readonly protocol: 'grpc' | 'http';
  /** Whether the collector opens TLS itself. In the mesh its proxy does. */
  readonly tls: boolean;
  readonly headers: Readonly<Record<string, string | SecretKey>>;
}

/** Where a collector sends spans. */
export class TraceExport {
  /** Anything that takes OTLP: Tempo, Jaeger, another collector, a vendor. @throws ConfigError that lists every problem */
  static otlp(props: OtlpExportProps): TraceExport {
    return new TraceExport(resolveExport(props));
  }

  /** A Jaeger of this library. @throws ConfigError */
  static jaeger(jaeger: Jaeger): TraceExport {
    return TraceExport.otlp({ to: jaeger });
  }

  private constructor(
    /** @internal */
    readonly model: TraceExportModel,
  ) {
    Object.freeze(this);
  }
}

function resolveExport(given: OtlpExportProps): TraceExportModel {
  const problems = new Problems('TraceExport.otlp');
  const { to, port: wanted, protocol = 'grpc', headers = {} } = fitProps(given, PROPS, problems);
  needed(given.to, TO, problems, 'to');
  problems.throwIfAny();
  const callee = 'guard' in to ? to.guard : to;
  const port = problems.take(() => callee.portOf(wanted), undefined, 'port');
  const host = callee.meshHosts('x')[0]?.split('/')[1];
  problems.check(host !== undefined, `${callee.peerName} has no host name to send to; give what has a Service`, 'to');
  problems.check(
    !(callee instanceof ForeignWorkload) || callee.principal !== undefined,
    `${callee.peerName} is outside of the mesh, where spans would travel in plain text; bring it into the mesh, or give an ExternalHost that speaks TLS`,
    'to',
  );
  problems.check(
    port?.protocol !== PortProtocol.TCP,
    `port ${port?.port} of ${callee.peerName} speaks bytes, so that spans would travel in plain text; name one that speaks grpc, http or tls`,
    'port',
  );
  problems.check(
    protocol !== 'grpc' || port?.protocol !== PortProtocol.HTTP || isOutside(callee),
    `port ${port?.port} of ${callee.peerName} speaks http, which gRPC can't use; name one that speaks grpc, or send by protocol: 'http'`,
    'protocol',
  );
  problems.check(
    protocol !== 'http' || (port?.protocol !== PortProtocol.GRPC && port?.protocol !== PortProtocol.HTTP2),
    `port ${port?.port} of ${callee.peerName} speaks ${port?.protocol}; name one that speaks http, or send by protocol: 'grpc'`,
    'protocol',
  );
  problems.check(
    protocol !== 'grpc' || !isOutside(callee) || port === undefined || port.protocol === PortProtocol.TLS,
    `the proxy would speak HTTP/1.1 to ${callee.peerName}, which gRPC can't use; leave tlsOrigination out, or send by protocol: 'http'`,
    'protocol',
  );
  headerProblems(headers, problems);
  problems.throwIfAny();
  return { callee, host: host!, port: port!, protocol, tls: port!.protocol === PortProtocol.TLS, headers };
}

/** Outside of the mesh there are no methods and paths. */
export function isOutside(callee: ICallee): boolean {
  return callee.within !== undefined;
}

function headerProblems(headers: Readonly<Record<string, string | SecretKey>>, problems: Problems): void {
  for (const [name, value] of Object.entries(headers)) {
    const part = `headers[${show(name)}]`;
    problems.check(
      /^[a-z0-9][a-z0-9_.-]{0,126}$/.test(name) && !name.startsWith('grpc-'),
      `${show(name)} is no header that gRPC takes; write it in lower case, like "x-scope-orgid"`,
      'headers',
    );
    if (typeof value !== 'string') {
      secretKeyProblems(value, problems, part);
    } else {
      problems.check(/^[\x20-\x7e]*$/.test(value), 'has characters that no header can hold; use printable ASCII', part);
      problems.check(
        !SECRET_HEADER.test(name),
        'holds credentials as a rule, and manifests are committed to Git; give the place of the value, like { secret: "tracing", key: "token" }',
        part,
      );
    }
  }
}
