import { madeBy, propsOf, type Shape } from '../../kernel/shape';
import { AccessLogs } from './access-logs';
import { Tracing } from './tracing';

/** What the proxies of the services' namespaces tell of single requests: an Istio Telemetry for each namespace. */
export interface TelemetryProps {
  /** @default AccessLogs.errors() */
  readonly accessLogs?: AccessLogs;
  /** @default Tracing.sampled() where the Platform has a traceCollector, Tracing.inherited() elsewhere */
  readonly tracing?: Tracing;
}

export const TELEMETRY: Shape = propsOf<TelemetryProps>({
  accessLogs: madeBy(AccessLogs, 'AccessLogs.errors(), .all(), .filter(…) or .inherited()'),
  tracing: madeBy(Tracing, 'Tracing.sampled(), .disabled() or .inherited()'),
});
