import { type Problems, show } from '../kernel/errors';
import {
  APP_LABEL,
  CANONICAL_NAME_LABEL,
  REWRITTEN_KEYS,
  VERSION_LABEL,
  WORKLOAD_LABEL,
  isLabelKey,
  labelProblems,
} from '../kernel/labels';
import type { BankingServiceProps } from './props';

/** Labels that this construct sets: a second value would break a selector. */
const OWNED: readonly string[] = [
  ...REWRITTEN_KEYS,
  APP_LABEL,
  WORKLOAD_LABEL,
  VERSION_LABEL,
  CANONICAL_NAME_LABEL,
  'service.istio.io/workload-name',
  'sidecar.istio.io/inject',
];

/** Annotations by which a pod steers its proxy, and those by which its metrics are found. */
const PROXY_ANNOTATIONS =
  /^(proxy\.istio\.io\/config|sidecar\.istio\.io\/(inject|nativeSidecar)|traffic\.sidecar\.istio\.io\/.*)$/;
const METRICS_ANNOTATIONS = /^prometheus\.io\/(scrape|port|path)$/;

type Labelled = Partial<Pick<BankingServiceProps, 'labels' | 'podAnnotations' | 'serviceAccountAnnotations' | 'health'>>;

/** Adds what is wrong with the labels and annotations that a user gives. */
export function labelAndAnnotationProblems(props: Labelled, problems: Problems): void {
  labelProblems(props.labels ?? {}).forEach((what) => problems.add(what, 'labels'));
  for (const key of Object.keys(props.labels ?? {})) {
    problems.check(
      !OWNED.includes(key),
      `${key} is set by this construct, or must not be set at all: selectors and telemetry depend on it; use a key of your own`,
      'labels',
    );
  }
  for (const part of ['podAnnotations', 'serviceAccountAnnotations'] as const) {
    for (const key of Object.keys(props[part] ?? {})) {
      problems.check(isLabelKey(key), `${show(key)} is not an annotation key; use [prefix/]name with up to 63 characters`, part);
    }
  }
  for (const key of Object.keys(props.podAnnotations ?? {})) {
    const ours = PROXY_ANNOTATIONS.test(key) || (props.health?.props.metrics !== undefined && METRICS_ANNOTATIONS.test(key));
    problems.check(
      !ours,
      `${key} is set by this construct, or would lead traffic around the proxy; leave it out`,
      'podAnnotations',
    );
  }
}
