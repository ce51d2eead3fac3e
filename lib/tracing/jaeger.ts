import { Construct } from 'constructs';
import type { BankingService } from '../banking-service/banking-service';
import { Scaling } from '../banking-service/scaling';
import type { ICaller } from '../contracts/peer';
import { PortProtocol } from '../contracts/port';
import { Problems, called } from '../kernel/errors';
import { constructId } from '../kernel/names';
import { NUMBER, type Shapes, fitProps } from '../kernel/shape';
import { Environment, Stage, note } from '../kube';
import type { Guarded } from '../zero-trust/existing-workload';
import type { Guard } from '../zero-trust/guard';
import type { JaegerProps } from './jaeger-props';
import { type ReceiverPlace, SpanReceiver, type TraceCollector, receiverAt } from './receiver';
import { RECEIVER } from './receiver-props';
import { jaegerConfig } from './resources/jaeger-config';
import type { SpanSender } from './senders';
import { collectorWorkload, countProblem, resourcesOf } from './workload';

/** https://github.com/jaegertracing/jaeger/blob/v2.20.0/ports/ports.go */
const UI_PORT = 16686;

const PROPS: Shapes<JaegerProps> = {
  ...RECEIVER,
  maxTraces: NUMBER,
};

/**
 * A Jaeger for development: all of it in one pod, traces in memory, gone when it restarts. Production refuses it.
 *
 * ```ts
 * const jaeger = new Jaeger(chart, 'jaeger', { namespace: tracing });
 * new OpenTelemetryCollector(chart, 'collector', { namespace: tracing, export: TraceExport.jaeger(jaeger) });
 * ```
 * https://www.jaegertracing.io/docs/latest/
 */
export class Jaeger extends Construct implements Guarded {
  /** Where a Jaeger is going to be, for a Platform whose proxies send spans to it without a collector. @throws ConfigError */
  static at(place: ReceiverPlace): TraceCollector {
    return receiverAt('Jaeger.at', place);
  }

  /** The workload itself. */
  readonly service: BankingService;
  private readonly receiver: SpanReceiver;

  /** @throws ConfigError that lists every problem of the props. */
  constructor(scope: Construct, id: string, given: JaegerProps) {
    super(scope, constructId(id));
    const wanted = given?.name ?? id;
    const problems = new Problems(called('jaeger', wanted));
    const props = fitProps(given, PROPS, problems);
    const maxTraces = props.maxTraces ?? 10_000;
    countProblem(maxTraces, problems, 'maxTraces');
    const stage = Environment.of(this)?.stage;
    problems.check(
      stage !== Stage.PRODUCTION,
      'keeps traces in the memory of one pod, which is no place for those of production; send them to a store with an OpenTelemetryCollector',
    );
    problems.throwIfAny();
    this.service = collectorWorkload(this, {
      name: wanted,
      namespace: props.namespace,
      image: props.image ?? 'jaegertracing/jaeger:2.20.0',
      imagePullSecrets: props.imagePullSecrets,
      scaling: Scaling.fixed(1),
      resources: resourcesOf(props.resources, { cpu: '100m', memory: '256Mi', limit: '1Gi' }),
      ports: [{ port: UI_PORT, protocol: PortProtocol.HTTP, name: 'ui' }],
      config: jaegerConfig(maxTraces),
      healthPath: '/status',
    });
    this.receiver = new SpanReceiver(this.service);
    if (stage === undefined) {
      const text = `${wanted} keeps its traces in the memory of one pod, where they are gone when it restarts; keep it to development`;
      note(this, { kind: 'warning', text });
    }
  }

  /** What to give to new Platform({ traceCollector }), where proxies send spans here without a collector. */
  get traceCollector(): TraceCollector {
    return this.receiver.place;
  }

  get guard(): Guard {
    return this.service.guard;
  }

  /** Lets a namespace, a workload or a gateway send spans to it without a collector. @throws ConfigError */
  allowFrom(sender: SpanSender): this {
    this.receiver.admit(sender);
    return this;
  }

  /** Lets a workload of the mesh see its pages: a gateway for developers, say. `kubectl port-forward` needs no edge. @throws ConfigError */
  showTo(caller: ICaller | Guarded): this {
    this.service.allowFrom(caller, { port: UI_PORT, methods: ['GET'] });
    return this;
  }
}
