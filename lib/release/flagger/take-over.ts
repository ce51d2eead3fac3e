import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import * as crds from '../../../imports';
import { isHttp } from '../../contracts/port';
import { HANDED_OVER } from '../../kernel/labels';
import { type ObjectMetadata, define, transform } from '../../kube';
import { destinationRule } from '../../traffic/resources/destination-rule';
import { newerServiceFields, service as serviceSpec, serviceAnnotations } from '../../traffic/resources/service';
import type { ReleasableService } from '../release';

/**
 * The Service and the DestinationRule that a service had before Flagger: they serve until Flagger has made its own. Flagger leads
 * the Service to the primary as soon as that is ready, and does not own what it finds, so that the Service also outlives the Canary.
 */
export function keepServing(scope: Construct, host: string, metadata: ObjectMetadata, service: ReleasableService): void {
  const { ports, exposure, selector, traffic, namespace } = service;
  const { kubernetes } = namespace.platform;
  const annotations = { ...serviceAnnotations(exposure, kubernetes), ...HANDED_OVER };
  const apex = define(scope, 'service', k8s.KubeService, { ...metadata, annotations }, () => ({
    spec: serviceSpec(selector, ports, exposure),
  }));
  const newer = newerServiceFields(exposure, kubernetes);
  if (Object.keys(newer).length) transform(apex, (json) => ({ ...json, spec: { ...(json.spec as object), ...newer } }));
  const http = ports.some(({ protocol }) => isHttp(protocol));
  define(scope, 'destination-rule', crds.networkingIstioIo().DestinationRule, metadata, () => ({
    spec: destinationRule(host, traffic, http, exposure.options.topologyAware ?? false),
  }));
}
