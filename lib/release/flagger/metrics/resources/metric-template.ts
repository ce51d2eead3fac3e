import type { MetricTemplateSpec, MetricTemplateSpecProviderType } from '../../../../../imports/flagger.app';
import type { MetricProviderModel } from '../metric-provider';

/** How a metric is measured. @param address the provider's own, or the one that the platform knows */
export function metricTemplate(provider: MetricProviderModel, address: string | undefined, query: string): MetricTemplateSpec {
  const { type, region, secret, headers, skipTlsVerification } = provider;
  return {
    provider: {
      type: type as MetricTemplateSpecProviderType,
      address,
      region,
      secretRef: secret === undefined ? undefined : { name: secret },
      headers: headers && Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      insecureSkipVerify: skipTlsVerification ? true : undefined,
    },
    query,
  };
}
