import { metricSet } from './metric-set';

/** What Spring Boot reports of its own HTTP server through Micrometer. Durations in seconds. */
export const SPRING_BOOT = metricSet(
  'https://docs.spring.io/spring-boot/reference/actuator/metrics.html#actuator.metrics.supported.spring-mvc',
  {
    durationBucket: 'http_server_requests_seconds_bucket',
    durationCount: 'http_server_requests_seconds_count',
    durationSum: 'http_server_requests_seconds_sum',
  },
);

export const SPRING_BOOT_LABELS = { method: 'method', route: 'uri', code: 'status', outcome: 'outcome' } as const;
