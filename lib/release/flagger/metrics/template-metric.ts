import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import * as crds from '../../../../imports';
import { type Problems, show } from '../../../kernel/errors';
import { dnsLabel } from '../../../kernel/names';
import { note } from '../../../kube';
import type { CanaryMetric as BoundMetric, CanaryContext, CanaryFacts, ICanaryMetric, ThresholdRange } from '../contract';
import { shared } from '../shared-object';
import type { MetricProvider, MetricProviderModel } from './metric-provider';
import { BUILT_IN_NAMES } from './names';
import { providerQueryProblems } from './provider-queries';
import { metricTemplate } from './resources/metric-template';
import { templateProblems } from './template-variables';
import { thresholdProblems } from './threshold';
import { windowProblems, windowSeconds } from './window';

export interface MeasuredProps {
  readonly name: string;
  readonly provider: MetricProvider;
  readonly query: string;
  readonly threshold: ThresholdRange;
  readonly describes: string;
  readonly interval?: Duration;
  readonly variables?: Readonly<Record<string, string>>;
  readonly countsErrors?: boolean;
}

/** A check whose query is ours or the user's. It becomes a MetricTemplate, which canaries of a namespace share. */
export class TemplateMetric implements ICanaryMetric {
  constructor(private readonly props: MeasuredProps) {}

  get seesErrors(): boolean {
    return this.props.countsErrors ?? false;
  }

  validate(problems: Problems, part: string, facts: CanaryFacts): void {
    const { name, threshold, interval } = this.props;
    problems.take(() => dnsLabel(name), '', `${part}.name`);
    problems.check(
      !BUILT_IN_NAMES.includes(name),
      `${show(name)} is a metric of Flagger's own, which it would measure instead; choose another name`,
      `${part}.name`,
    );
    thresholdProblems(threshold, problems, `${part}.threshold`);
    windowProblems(interval, facts, problems, `${part}.interval`);
    this.queryProblems().forEach((what) => problems.add(what, `${part}.query`));
  }

  /** What is wrong with the query, a sentence each. */
  protected queryProblems(): string[] {
    const { provider, query, threshold, variables = {} } = this.props;
    const wrong = query.trim() === '' ? ['is empty'] : templateProblems(query, variables);
    return wrong.length > 0 ? wrong : providerQueryProblems(provider.model.type, query, threshold, variables);
  }

  bind(scope: Construct, { namespace, platform, intervalSeconds }: CanaryContext): BoundMetric {
    const { name, provider, query, threshold, interval, variables, describes } = this.props;
    const { model } = provider;
    const address = model.address ?? (model.type === 'prometheus' ? platform.prometheus.address : undefined);
    shared(namespace, crds.flaggerApp().MetricTemplate, name, { spec: metricTemplate(model, address, query) });
    for (const text of prerequisites(model, namespace.name)) note(scope, { kind: 'prerequisite', text });
    if (model.skipTlsVerification) {
      const text = `Metric ${name} is asked of whoever answers at ${address ?? 'the API server'}: ${model.skipTlsVerification.accept}`;
      note(scope, { kind: 'acceptance', text });
    }
    if (!/\{\{\s*(target|service|variables\.\w+)\s*\}\}/.test(query)) {
      const text = `Metric ${name} names neither {{ target }} nor {{ service }}: unless its query tells versions apart by itself, the old one counts too`;
      note(scope, { kind: 'warning', text });
    }
    return {
      name,
      templateRef: { name, namespace: namespace.name },
      // Without it, Flagger hands an empty text to the query: https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/scheduler_metrics.go (runMetricChecks)
      intervalSeconds: windowSeconds(interval, intervalSeconds),
      thresholdRange: threshold,
      templateVariables: variables && Object.keys(variables).length ? variables : undefined,
      describes,
    };
  }
}

/** Keys that the Secret must hold. */
const KEYS: Partial<Record<MetricProviderModel['type'], string>> = {
  prometheus: 'token, or username and password',
  influxdb: 'token and org',
  datadog: 'datadog_api_key and datadog_application_key',
  externalmetrics: 'token',
  stackdriver: 'project, and serviceAccountKey where Flagger has no workload identity',
  newrelic: 'newrelic_account_id and newrelic_query_key',
  graphite: 'username and password',
  dynatrace: 'dynatrace_token',
  splunk: 'sf_token_key',
};

function prerequisites({ type, secret, region }: MetricProviderModel, namespace: string): string[] {
  return [
    ...(secret === undefined
      ? []
      : [`Secret ${secret} in namespace ${namespace} holds ${KEYS[type]}, for Flagger to ask ${type}.`]),
    ...(type === 'cloudwatch' ? [`Flagger runs under a role of AWS that may call cloudwatch:GetMetricData in ${region}.`] : []),
    ...(type === 'keptn' ? ['Keptn is installed, and Flagger may read its metrics and create its analyses.'] : []),
    ...(type === 'externalmetrics' ? ['An adapter serves the external metrics that releases are judged by.'] : []),
  ];
}
