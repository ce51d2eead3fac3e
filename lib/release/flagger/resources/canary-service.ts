import * as crds from '../../../../imports';
import type {
  CanarySpecService,
  CanarySpecServiceApex,
  CanarySpecServiceCorsPolicy,
  CanarySpecServiceHeaders,
  CanarySpecServiceHeadersRequest,
  CanarySpecServiceMatch,
  CanarySpecServiceTrafficDistribution,
} from '../../../../imports/flagger.app';
import { ms } from '../../../traffic/retries';
import type { CanaryServiceModel, CorsModel, HeaderOperations, HeadersModel, HttpMatch, MadeMetadata } from '../canary-model';
import { trafficPolicy } from './traffic-policy';

/** What Flagger makes the three Services, the VirtualService and the two DestinationRules of. */
export function canaryService(model: CanaryServiceModel): CanarySpecService {
  const { CanarySpecServiceTargetPort: TargetPort } = crds.flaggerApp();
  const { targetPort, retries, rewrite, unmanaged } = model;
  return {
    name: model.name,
    port: model.port,
    portName: model.portName,
    targetPort: typeof targetPort === 'number' ? TargetPort.fromNumber(targetPort) : TargetPort.fromString(targetPort),
    appProtocol: model.appProtocol,
    portDiscovery: model.portDiscovery,
    headless: model.headless || undefined,
    trafficDistribution: model.trafficDistribution as CanarySpecServiceTrafficDistribution | undefined,
    delegation: model.delegation || undefined,
    hosts: list(model.hosts),
    gateways: list(model.gateways),
    match: model.match?.map(match),
    rewrite: rewrite && { ...rewrite },
    timeout: model.timeoutMs === undefined ? undefined : ms(model.timeoutMs),
    retries:
      retries &&
      (retries.attempts === 0
        ? { attempts: 0 }
        : {
            attempts: retries.attempts,
            perTryTimeout: retries.perTryMs === undefined ? undefined : ms(retries.perTryMs),
            retryOn: retries.on.join(','),
          }),
    headers: model.headers && headers(model.headers),
    corsPolicy: model.cors && cors(model.cors),
    trafficPolicy: model.trafficPolicy && trafficPolicy(model.trafficPolicy),
    apex: model.apex && metadata(model.apex),
    primary: model.primary && metadata(model.primary),
    canary: model.canary && metadata(model.canary),
    unmanagedMetadata: unmanaged && { labels: list(unmanaged.labels), annotations: list(unmanaged.annotations) },
  };
}

function list(items: readonly string[] | undefined): string[] | undefined {
  return items?.length ? [...items] : undefined;
}

function match(one: HttpMatch): CanarySpecServiceMatch {
  const { gateways, ...rest } = one;
  return { ...rest, gateways: list(gateways) };
}

function headers({ request, response }: HeadersModel): CanarySpecServiceHeaders {
  return { request: request && operations(request), response: response && operations(response) };
}

function operations({ set, add, remove }: HeaderOperations): CanarySpecServiceHeadersRequest {
  return { set: set && { ...set }, add: add && { ...add }, remove: list(remove) };
}

function cors(model: CorsModel): CanarySpecServiceCorsPolicy {
  return {
    allowOrigins: [...model.allowOrigins],
    allowMethods: list(model.allowMethods),
    allowHeaders: list(model.allowHeaders),
    exposeHeaders: list(model.exposeHeaders),
    maxAge: model.maxAge === undefined ? undefined : `${model.maxAge}s`,
    allowCredentials: model.allowCredentials || undefined,
  };
}

function metadata({ labels, annotations }: MadeMetadata): CanarySpecServiceApex {
  return { labels: labels && { ...labels }, annotations: annotations && { ...annotations } };
}
