import { show } from '../../kernel/errors';
import { ENVOY } from '../sources/envoy';
import { ISTIO } from '../sources/istio';
import { OPENTELEMETRY } from '../sources/opentelemetry';
import { SPRING_BOOT } from '../sources/spring-boot';

/** What rules and dashboards read of the pods themselves. */
export const SCRAPED_METRICS: readonly string[] = [ISTIO, ENVOY, SPRING_BOOT, OPENTELEMETRY].flatMap(({ metrics }) =>
  Object.values(metrics),
);

/** Names of metrics, and `*`. */
const PATTERN = /^[A-Za-z_:*][A-Za-z0-9_:*]*$/;

/** The regular expression, without anchors, that Prometheus drops metrics by. */
export function dropRegex(drop: readonly string[]): string {
  return drop.map((one) => one.replaceAll('*', '.*')).join('|');
}

/** What is wrong with a list of metrics that are not to be kept, a sentence each. */
export function dropProblems(drop: readonly string[]): string[] {
  return drop.flatMap((one) => {
    if (!PATTERN.test(one))
      return [`${show(one)} is no name of a metric; write it like "istio_request_bytes_bucket" or "jvm_gc_*"`];
    const read = SCRAPED_METRICS.filter((metric) => new RegExp(`^(${dropRegex([one])})$`).test(metric));
    return read.length ? [`${show(one)} would drop ${read.join(', ')}, which rules and dashboards read; keep it`] : [];
  });
}
