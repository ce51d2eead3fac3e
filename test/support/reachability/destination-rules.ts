import { exported, fullyQualified, mostSpecific } from './hosts';
import { namespaceOf, ofKind, specOf, type KubeObject } from './objects';
import type { Pod } from './pods';
import { subset } from './selectors';

/* Which DestinationRule a caller goes by: pilot/pkg/model/push_context.go, destinationRule. */

export interface TrafficPolicy {
  tls?: { mode?: string };
  portLevelSettings?: { port?: { number?: number }; tls?: { mode?: string } }[];
}

export interface Subset {
  name?: string;
  labels?: Record<string, string>;
  trafficPolicy?: TrafficPolicy;
}

export interface DestinationRuleSpec {
  host?: string;
  exportTo?: string[];
  workloadSelector?: { matchLabels?: Record<string, string> };
  trafficPolicy?: TrafficPolicy;
  subsets?: Subset[];
}

/** What counts of a caller. */
export type Caller = Pick<Pod, 'namespace' | 'labels'>;

export class DestinationRules {
  private readonly objects: readonly KubeObject[];

  constructor(
    objects: readonly KubeObject[],
    private readonly options: { readonly rootNamespace: string; readonly clusterDomain: string },
  ) {
    this.objects = ofKind(objects, 'DestinationRule');
  }

  /**
   * The rules that count for this host: the caller's namespace goes first, then the Service's, then the root's. Several for
   * the same host in one namespace are one to Istio: their subsets add up, the first one's policy counts.
   */
  forHost(host: string, caller: Caller, serviceNamespace: string | undefined): KubeObject[] {
    const { rootNamespace, clusterDomain } = this.options;
    const hostOf = (rule: KubeObject): string =>
      fullyQualified(specOf<DestinationRuleSpec>(rule).host ?? '', namespaceOf(rule), clusterDomain);
    const order = [caller.namespace, serviceNamespace, rootNamespace].filter((namespace) => namespace !== undefined);
    for (const namespace of new Set(order)) {
      const visible = this.objects.filter((rule) => namespaceOf(rule) === namespace && appliesTo(rule, caller));
      const best = mostSpecific(host, visible, hostOf);
      if (best !== undefined) {
        return visible.filter((rule) => hostOf(rule) === hostOf(best));
      }
    }
    return [];
  }
}

function appliesTo(rule: KubeObject, caller: Caller): boolean {
  const { exportTo, workloadSelector } = specOf<DestinationRuleSpec>(rule);
  return (
    exported(exportTo, namespaceOf(rule), caller.namespace) &&
    (workloadSelector === undefined ||
      (namespaceOf(rule) === caller.namespace && subset(workloadSelector.matchLabels, caller.labels)))
  );
}
