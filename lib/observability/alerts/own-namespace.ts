import { type Matcher, type Matchers, is, oneOf, series } from '../../promql/selector';

/**
 * Series of a controller about objects in these namespaces. Their label `namespace` is the object's where the monitor honours
 * labels; by default it is the controller's own, and the object's is `exported_namespace`.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config (honor_labels)
 */
export function aboutNamespaces(metric: string, namespaces: readonly string[], matchers: Matchers = {}): string {
  return aboutNamespace(metric, oneOf(namespaces), matchers);
}

/** The same by whatever the namespace must match. @param modifier behind each selector: ` offset 1d` */
export function aboutNamespace(metric: string, namespace: Matcher, matchers: Matchers = {}, modifier = ''): string {
  const exported = series(metric, { exported_namespace: namespace, ...matchers });
  const honoured = series(metric, { exported_namespace: is(''), namespace, ...matchers });
  return `(${exported}${modifier} or ${honoured}${modifier})`;
}
