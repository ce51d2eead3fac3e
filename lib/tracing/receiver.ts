import type { BankingService } from '../banking-service/banking-service';
import type { EdgeOptions } from '../contracts/peer';
import * as crds from '../../imports';
import { Problems } from '../kernel/errors';
import { serviceHost } from '../kernel/identity';
import { WORKLOAD_LABEL, ownLabels } from '../kernel/labels';
import { MAX_WORKLOAD_NAME, dnsLabel, dnsSubdomain } from '../kernel/names';
import { PARSED, type Shapes, fitProps } from '../kernel/shape';
import { Environment, define } from '../kube';
import type { PlatformProps } from '../platform/props';
import { ZeroTrustNamespace } from '../zero-trust/zero-trust-namespace';
import { OTLP_GRPC, OTLP_HTTP } from './ports';
import { silentProxy } from './resources/silent-proxy';
import { type SpanSender, asSender } from './senders';

/** The one call by which spans are sent. https://github.com/open-telemetry/opentelemetry-proto/tree/main/opentelemetry/proto/collector/trace/v1 */
const EXPORT_GRPC = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const EXPORT_HTTP = '/v1/traces';

/** What a sender may do: send spans, nothing else. */
export const SEND_SPANS: EdgeOptions = { port: OTLP_GRPC, methods: ['POST'], paths: [EXPORT_GRPC] };
export const SEND_SPANS_BY_HTTP: EdgeOptions = { port: OTLP_HTTP, methods: ['POST'], paths: [EXPORT_HTTP] };

/** What a Platform must know of where its proxies send spans. */
export type TraceCollector = NonNullable<PlatformProps['traceCollector']>;

/** Where a receiver of spans is going to be. */
export interface ReceiverPlace {
  readonly namespace: string;
  /** Name of the workload. */
  readonly name: string;
  /** @default 'cluster.local' */
  readonly clusterDomain?: string;
}

const PLACE: Shapes<ReceiverPlace> = { namespace: PARSED, name: PARSED, clusterDomain: PARSED };

/** The place of a receiver that is yet to be made, for the Platform of its namespace. @throws ConfigError */
export function receiverAt(where: string, given: ReceiverPlace): TraceCollector {
  const problems = new Problems(where);
  const { namespace, name, clusterDomain = 'cluster.local' } = fitProps(given, PLACE, problems);
  problems.take(() => dnsLabel(namespace), undefined, 'namespace');
  problems.take(() => dnsLabel(name, MAX_WORKLOAD_NAME), undefined, 'name');
  problems.take(() => dnsSubdomain(clusterDomain), undefined, 'clusterDomain');
  problems.throwIfAny();
  return collectorAt(name, namespace, clusterDomain);
}

function collectorAt(name: string, namespace: string, clusterDomain: string): TraceCollector {
  return { namespace, podLabels: { [WORKLOAD_LABEL]: name }, host: serviceHost(name, namespace, clusterDomain), port: OTLP_GRPC };
}

/** The side of a receiver that takes spans: who may send, and that nobody was forgotten. */
export class SpanReceiver {
  private readonly namespaces = new Set<string>();

  constructor(private readonly service: BankingService) {
    const { model, namespace } = service;
    const labels = ownLabels(model.name, namespace.name);
    // Its own proxy would send a span of each delivery of spans, which is a delivery.
    define(
      service,
      'silent-proxy',
      crds.telemetryIstioIo().Telemetry,
      { name: model.name, namespace: namespace.name, labels },
      () => ({ spec: silentProxy({ [WORKLOAD_LABEL]: model.name }) }),
    );
    service.node.addValidation({ validate: () => this.forgotten() });
  }

  /** For the Platform of those that send. */
  get place(): TraceCollector {
    const { model, namespace } = this.service;
    return collectorAt(model.name, namespace.name, namespace.platform.clusterDomain);
  }

  /** Whether the proxies of its own namespace send spans here: whether the Platform says so. */
  get isTold(): boolean {
    return this.isMeant(this.service.namespace);
  }

  admit(sender: SpanSender): void {
    const caller = asSender(sender, this.service.namespace.platform, this.service.model.name);
    this.service.allowFrom(caller, SEND_SPANS);
    const { sources } = 'guard' in caller ? caller.guard : caller;
    for (const peer of sources) if (peer.kind === 'pods') this.namespaces.add(peer.namespace);
  }

  private isMeant({ platform }: ZeroTrustNamespace): boolean {
    return platform.traceCollector?.host === this.place.host;
  }

  /** Namespaces whose proxies are told to send here, and are not let in: their spans would be lost without a word. */
  private forgotten(): string[] {
    const { service } = this;
    const { name } = service.model;
    const environment = Environment.of(service);
    return service.node.root.node
      .findAll()
      .filter((one): one is ZeroTrustNamespace => one instanceof ZeroTrustNamespace && Environment.of(one) === environment)
      .filter((one) => one !== service.namespace && this.isMeant(one) && !this.namespaces.has(one.name))
      .map(
        (one) =>
          `${name}: the Platform of namespace ${one.name} sends spans here, and they are not let in; write ${name}.allowFrom(…) of that namespace`,
      );
  }
}
