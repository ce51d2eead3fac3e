import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { type ObjectMetadata, define, transform } from '../kube';
import { newerServiceFields, service as serviceSpec, serviceAnnotations } from '../traffic/resources/service';
import type { ReleasableService } from './release';

interface ServiceMetadata extends ObjectMetadata {
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Service that leads to pods of a service as its exposure says, whatever release it stands for. */
export function defineService(
  scope: Construct,
  id: string,
  { ports, exposure, namespace }: ReleasableService,
  selector: Readonly<Record<string, string>>,
  metadata: ServiceMetadata,
): ApiObject {
  const { kubernetes } = namespace.platform;
  const annotations = { ...serviceAnnotations(exposure, kubernetes), ...metadata.annotations };
  const object = define(scope, id, k8s.KubeService, { ...metadata, annotations }, () => ({
    spec: serviceSpec(selector, ports, exposure),
  }));
  const newer = newerServiceFields(exposure, kubernetes);
  if (Object.keys(newer).length) transform(object, (json) => ({ ...json, spec: { ...(json.spec as object), ...newer } }));
  return object;
}
