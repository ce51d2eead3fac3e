import { CADVISOR } from './cadvisor';
import { CERT_MANAGER } from './cert-manager';
import { ENVOY } from './envoy';
import { FLAGGER } from './flagger';
import { ISTIO } from './istio';
import { KUBE_STATE_METRICS } from './kube-state-metrics';
import type { MetricSet } from './metric-set';
import { OPENTELEMETRY } from './opentelemetry';
import { PROMETHEUS } from './prometheus';
import { SPRING_BOOT } from './spring-boot';
import { VELERO } from './velero';

/** Every program whose metrics the queries of this library read. */
export const SOURCES: Readonly<Record<string, MetricSet>> = {
  Istio: ISTIO,
  'Spring Boot': SPRING_BOOT,
  OpenTelemetry: OPENTELEMETRY,
  'kube-state-metrics': KUBE_STATE_METRICS,
  cAdvisor: CADVISOR,
  Flagger: FLAGGER,
  'cert-manager': CERT_MANAGER,
  Envoy: ENVOY,
  Velero: VELERO,
  Prometheus: PROMETHEUS,
};

/** Every metric that a query may read, beside what the rules of this library record. */
export const KNOWN_METRICS: ReadonlySet<string> = new Set(
  Object.values(SOURCES).flatMap(({ metrics }) => Object.values(metrics)),
);
