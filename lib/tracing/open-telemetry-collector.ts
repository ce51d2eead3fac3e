import { Construct } from 'constructs';
import type { BankingService } from '../banking-service/banking-service';
import { Scaling } from '../banking-service/scaling';
import type { SecretKey } from '../contracts/secret-key';
import { ConfigError, Problems, called } from '../kernel/errors';
import { constructId } from '../kernel/names';
import { type Shapes, either, fitProps, listOf, madeBy, needed } from '../kernel/shape';
import { note } from '../kube';
import type { Guarded } from '../zero-trust/existing-workload';
import type { Guard } from '../zero-trust/guard';
import type { OpenTelemetryCollectorProps } from './props';
import { type ReceiverPlace, SEND_SPANS, SEND_SPANS_BY_HTTP, SpanReceiver, type TraceCollector, receiverAt } from './receiver';
import { RECEIVER } from './receiver-props';
import { collectorConfig, exporterId, headerVariable } from './resources/collector-config';
import type { SpanSender } from './senders';
import { TailSampling } from './tail-sampling';
import { TraceExport, type TraceExportModel, isOutside } from './trace-export';
import { collectorWorkload, resourcesOf } from './workload';

const EXPORT = madeBy(TraceExport, 'TraceExport.otlp({ … }) or .jaeger(…)');

const PROPS: Shapes<OpenTelemetryCollectorProps> = {
  ...RECEIVER,
  export: either(EXPORT, listOf(EXPORT)),
  sampling: madeBy(TailSampling, 'TailSampling.of({ … })'),
  scaling: madeBy(Scaling, 'Scaling.horizontal(…), .keda(…) or .fixed(…)'),
};

/**
 * An OpenTelemetry Collector for traces, as a hardened workload of the mesh: it takes OTLP from those that it is told to let in,
 * and sends it on to what it is told.
 *
 * ```ts
 * const platform = new Platform({ traceCollector: OpenTelemetryCollector.at({ namespace: 'tracing', name: 'collector' }) });
 * const collector = new OpenTelemetryCollector(chart, 'collector', {
 *   namespace: tracing,
 *   export: TraceExport.otlp({ to: ExternalHost.tls('otlp.example.com', { port: 4317, reach }) }),
 * });
 * collector.allowFrom(bank);
 * ```
 * https://opentelemetry.io/docs/collector/
 */
export class OpenTelemetryCollector extends Construct implements Guarded {
  /** Where a collector is going to be, for the Platform of its namespace and of those that send. @throws ConfigError */
  static at(place: ReceiverPlace): TraceCollector {
    return receiverAt('OpenTelemetryCollector.at', place);
  }

  /** The workload itself. */
  readonly service: BankingService;
  private readonly receiver: SpanReceiver;

  /** @throws ConfigError that lists every problem of the props. */
  constructor(scope: Construct, id: string, given: OpenTelemetryCollectorProps) {
    super(scope, constructId(id));
    const wanted = given?.name ?? id;
    const problems = new Problems(called('collector', wanted));
    const props = fitProps(given, PROPS, problems);
    needed(given.export, PROPS.export, problems, 'export');
    problems.throwIfAny();
    const exports = [props.export].flat().map((one) => one.model);
    problems.check(exports.length > 0, 'is empty, so that spans would go nowhere; name where they are sent', 'export');
    const ids = exports.map(exporterId);
    for (const twice of ids.filter((one, i) => ids.indexOf(one) !== i)) {
      problems.add(`${twice.split('/')[1]} is named twice; send each span to it once`, 'export');
    }
    problems.throwIfAny();
    const sampling = props.sampling?.model;
    const memory = sampling ? { memory: '512Mi', limit: '1Gi' } : { memory: '256Mi', limit: '512Mi' };
    this.service = collectorWorkload(this, {
      name: wanted,
      namespace: props.namespace,
      image: props.image ?? 'otel/opentelemetry-collector-k8s:0.159.0',
      imagePullSecrets: props.imagePullSecrets,
      scaling: props.scaling ?? (sampling ? Scaling.fixed(1) : Scaling.horizontal()),
      resources: resourcesOf(props.resources, { cpu: '200m', ...memory }),
      secretEnv: headerSecrets(exports),
      config: collectorConfig({ exports, sampling }),
      healthPath: '/',
    });
    const { max } = this.service.model.scaling;
    if (sampling && max > 1) {
      const what = `${max} collectors would each see a part of a trace, and sampling must see it whole; use Scaling.fixed(1), or leave sampling out`;
      throw new ConfigError([{ where: `${wanted}.scaling`, what }]);
    }
    this.receiver = new SpanReceiver(this.service);
    exports.forEach((one) => this.sendTo(one));
    if (!this.receiver.isTold) {
      const { name, namespace } = this.service.guard.model;
      const text =
        `No proxy sends spans to ${name}: the Platform of namespace ${namespace.name} does not name it; give new Platform({ traceCollector: ` +
        `OpenTelemetryCollector.at({ namespace: '${namespace.name}', name: '${name}' }) })`;
      note(this, { kind: 'warning', text });
    }
    for (const { secret, key } of Object.values(headerSecrets(exports))) {
      // Variables within a value are expanded, then two dollar signs are one: expand.go and resolver.go of
      // https://github.com/open-telemetry/opentelemetry-collector/tree/v0.159.0/confmap
      const text = `Key ${key} of Secret ${secret} in namespace ${props.namespace.name} has each dollar sign twice: ${wanted} reads one from two, and a variable from \${…}.`;
      note(this, { kind: 'prerequisite', text });
    }
    if (sampling) {
      const text = `${wanted} chooses among the traces that proxies send; it sees all of them only where Tracing.sampled({ randomSamplingPercentage: 100 }) says so.`;
      note(this, { kind: 'prerequisite', text });
    }
  }

  /** What to give to new Platform({ traceCollector }), so that proxies send their spans here. */
  get traceCollector(): TraceCollector {
    return this.receiver.place;
  }

  get guard(): Guard {
    return this.service.guard;
  }

  /**
   * Lets a namespace, a workload or a gateway send spans. That of a namespace whose Platform names this collector is opened by the
   * namespace itself, for every pod. @throws ConfigError
   */
  allowFrom(sender: SpanSender): this {
    this.receiver.admit(sender);
    return this;
  }

  private sendTo({ callee, port, protocol }: TraceExportModel): void {
    const { methods, paths } = protocol === 'grpc' ? SEND_SPANS : SEND_SPANS_BY_HTTP;
    this.service.allowTo(callee, { port: port.port, ...(isOutside(callee) ? {} : { methods, paths }) });
  }
}

/** Credentials of all exports, by the variables that the configuration reads. */
function headerSecrets(exports: readonly TraceExportModel[]): Record<string, SecretKey> {
  const found = exports.flatMap(({ headers }, i) =>
    Object.values(headers).flatMap((value, j) => (typeof value === 'string' ? [] : [[headerVariable(i, j), value] as const])),
  );
  return Object.fromEntries(found);
}
