import type { Construct } from 'constructs';
import * as crds from '../../../imports';
import { MANAGED_BY, MANAGED_BY_LABEL, PART_OF_LABEL } from '../../kernel/labels';
import { define, note, section } from '../../kube';
import type { StackModel } from '../model';
import { routingPrerequisites } from './notes';
import { alertmanagerConfig } from './resources/alertmanager-config';
import { routingText } from './report';

/** Who is told of the alerts of a stack, for each of its namespaces. */
export function attachRouting(stack: Construct, model: StackModel): void {
  const { alerting: routing, platform } = model;
  if (!routing) return;
  const AlertmanagerConfig = crds.monitoringCoreosCom().AlertmanagerConfig;
  for (const namespace of model.namespaces) {
    const labels = {
      [MANAGED_BY_LABEL]: MANAGED_BY,
      [PART_OF_LABEL]: namespace,
      ...platform.alertmanager.discoveryLabels,
    };
    define(stack, `alerting-${namespace}`, AlertmanagerConfig, { name: `${namespace}-alerts`, namespace, labels }, () => ({
      spec: alertmanagerConfig(model.context, routing, namespace),
    }));
  }
  routingPrerequisites(model, routing).forEach((text) => note(stack, { kind: 'prerequisite', text }));
  section(stack, { heading: 'Alerts', title: `${stack.node.id}: who is told`, body: () => routingText(model.context, routing) });
}
