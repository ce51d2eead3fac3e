import type { ResourcesProps } from '../banking-service/props';
import type { Scaling } from '../banking-service/scaling';
import type { ReceiverProps } from './receiver-props';
import type { TailSampling } from './tail-sampling';
import type { TraceExport } from './trace-export';

export interface OpenTelemetryCollectorProps extends ReceiverProps {
  /** Where spans go: all of them to each. */
  readonly export: TraceExport | readonly TraceExport[];
  /** Which traces it keeps. @default - all that it is sent */
  readonly sampling?: TailSampling;
  /**
   * The image of a distribution of 0.144 or newer with the parts that are used: otelcol-k8s and otelcol-contrib have all.
   * @default 'otel/opentelemetry-collector-k8s:0.159.0'
   */
  readonly image?: string;
  /** @default Scaling.horizontal({ min: 2, max: 4 }); one with `sampling`, which must see a trace whole */
  readonly scaling?: Scaling;
  /** @default requests 200m / 256Mi, limits 1 / 512Mi, 256Mi of disk; 1Gi of memory with `sampling` */
  readonly resources?: ResourcesProps;
}
