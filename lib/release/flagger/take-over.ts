import type { Construct } from 'constructs';
import * as crds from '../../../imports';
import { isHttp } from '../../contracts/port';
import { HANDED_OVER } from '../../kernel/labels';
import { type ObjectMetadata, define } from '../../kube';
import { destinationRule } from '../../traffic/resources/destination-rule';
import type { ReleasableService } from '../release';
import { defineService } from '../service-object';

/**
 * The Service and the DestinationRule that a service had before Flagger: they serve until Flagger has made its own. Flagger leads
 * the Service to the primary as soon as that is ready, and does not own what it finds, so that the Service also outlives the Canary.
 */
export function keepServing(scope: Construct, host: string, metadata: ObjectMetadata, service: ReleasableService): void {
  const { ports, exposure, selector, traffic } = service;
  defineService(scope, 'service', service, selector, { ...metadata, annotations: HANDED_OVER });
  const http = ports.some(({ protocol }) => isHttp(protocol));
  define(scope, 'destination-rule', crds.networkingIstioIo().DestinationRule, metadata, () => ({
    spec: destinationRule(host, traffic, http, exposure.options.topologyAware ?? false),
  }));
}
