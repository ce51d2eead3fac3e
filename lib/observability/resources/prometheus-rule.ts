import * as crds from '../../../imports';
import type { PrometheusRuleSpec } from '../../../imports/monitoring.coreos.com';
import { type RuleGroup, isAlert } from '../rules/rule-group';

/** https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule */
export function prometheusRule(groups: readonly RuleGroup[]): PrometheusRuleSpec {
  const expr = (text: string) => crds.monitoringCoreosCom().PrometheusRuleSpecGroupsRulesExpr.fromString(text);
  return {
    groups: groups.map(({ name, interval, rules }) => ({
      name,
      interval,
      rules: rules.map((rule) => ({
        ...(isAlert(rule) ? { alert: rule.alert, for: rule.for, annotations: rule.annotations } : { record: rule.record }),
        expr: expr(rule.expr),
        labels: rule.labels,
      })),
    })),
  };
}
