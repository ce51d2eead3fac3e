import type { TelemetrySpec } from '../../../imports/telemetry.istio.io';

/** The proxies of these pods report no span. https://istio.io/latest/docs/reference/config/telemetry/#Tracing */
export function silentProxy(selector: Readonly<Record<string, string>>): TelemetrySpec {
  return { selector: { matchLabels: { ...selector } }, tracing: [{ disableSpanReporting: true }] };
}
