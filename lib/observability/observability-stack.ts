import { Construct } from 'constructs';
import * as crds from '../../imports';
import { MANAGED_BY, MANAGED_BY_LABEL, PART_OF_LABEL, ownLabels } from '../kernel/labels';
import { constructId } from '../kernel/names';
import { define, note, section } from '../kube';
import { attachDashboards } from './dashboards/attach';
import { type ObservabilityStackProps, type StackModel, keyOf, observed, resolveStack } from './model';
import { attachMonitors } from './monitors/attach';
import { stackPrerequisites, stackWarnings } from './notes';
import { alertList, objectiveText } from './report';
import { prometheusRule } from './resources/prometheus-rule';
import { attachRouting } from './routing/routing';
import { namespaceRules, serviceRules } from './service-rules';
import { attachTelemetry } from './telemetry/attach';
import { meshConfigYaml } from './telemetry/mesh-config';

/**
 * What is released is seen: from one objective, what is recorded, who is told and when, for services of this library and for
 * others.
 *
 * ```ts
 * new ObservabilityStack(chart, 'observability', {
 *   services: [ledger, payments],
 *   objective: { availability: 99.99, p95: Duration.millis(200) },
 * });
 * ```
 */
export class ObservabilityStack extends Construct {
  /** The resolved props. */
  readonly model: StackModel;

  /** @throws ConfigError that lists every problem of the props. */
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, constructId(id));
    this.model = resolveStack(id, props);
    const { model } = this;
    const { discoveryLabels } = model.platform.prometheus;
    const PrometheusRule = crds.monitoringCoreosCom().PrometheusRule;

    for (const service of model.services) {
      const { name, namespace } = service.head;
      const labels = { ...ownLabels(name, namespace), ...discoveryLabels };
      define(this, `rules-${namespace}-${name}`, PrometheusRule, { name, namespace, labels }, () => ({
        spec: prometheusRule(serviceRules(model.context, observed(model, service))),
      }));
    }
    for (const namespace of model.namespaces) {
      const labels = { [MANAGED_BY_LABEL]: MANAGED_BY, [PART_OF_LABEL]: namespace, ...discoveryLabels };
      define(this, `rules-${namespace}`, PrometheusRule, { name: `${namespace}-namespace`, namespace, labels }, () => ({
        spec: prometheusRule(namespaceRules(model, namespace)),
      }));
    }

    attachMonitors(this, model);
    attachDashboards(this, model);

    stackPrerequisites(model).forEach((text) => note(this, { kind: 'prerequisite', text }));
    stackWarnings(model).forEach((text) => note(this, { kind: 'warning', text }));
    for (const service of model.services) {
      const objective = model.objectives.get(keyOf(service.head));
      if (objective)
        section(this, {
          heading: 'Objectives',
          title: service.head.name,
          body: () => objectiveText(objective, observed(model, service).canary),
        });
    }
    attachRouting(this, model);
    attachTelemetry(this, model.telemetry);
    section(this, { heading: 'Alerts', title: id, body: () => alertList(model) });
  }

  /** What MeshConfig needs for the access logs and traces, as values of the istiod chart. Undefined when it needs nothing. */
  get meshConfig(): string | undefined {
    return meshConfigYaml(this.model.telemetry);
  }
}
