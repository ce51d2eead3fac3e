import type { ResourcesProps } from '../banking-service/props';
import type { ReceiverProps } from './receiver-props';

export interface JaegerProps extends ReceiverProps {
  /** @default 'jaegertracing/jaeger:2.20.0' */
  readonly image?: string;
  /** How many traces it remembers; the oldest are forgotten for more. @default 10000 */
  readonly maxTraces?: number;
  /** @default requests 100m / 256Mi, limits 1 / 1Gi, 256Mi of disk */
  readonly resources?: ResourcesProps;
}
