import type { ApiObject } from 'cdk8s';
import { ConfigError, show } from '../kernel/errors';
import { dnsLabel } from '../kernel/names';

const METADATA_TYPE = 'cdk8s-banking.hand-over';

/**
 * Marks an object as belonging into the namespace of another team, such as a NetworkPolicy that must stand beside
 * their Prometheus. The app writes it to a folder named for that namespace, so that they can review and apply it on
 * their own. A plain cdk8s App leaves it in the file of its chart.
 *
 * @param namespace where the object goes; it must be the object's own namespace
 * @throws ConfigError when the namespace is none, or differs from the object's
 */
export function handOver(object: ApiObject, namespace: string): void {
  const where = object.node.path;
  try {
    dnsLabel(namespace);
  } catch (e) {
    throw new ConfigError([{ where, what: `handed over to ${(e as Error).message}` }]);
  }
  const own = object.metadata.namespace;
  if (own !== namespace) {
    const what = `handed over to ${show(namespace)}, but its metadata.namespace is ${show(own)}; give both the same name`;
    throw new ConfigError([{ where, what }]);
  }
  object.node.addMetadata(METADATA_TYPE, namespace);
}

/** The namespace that an object was handed over to, or undefined. */
export function handedOverTo(object: ApiObject): string | undefined {
  return object.node.metadata.find((m) => m.type === METADATA_TYPE)?.data as string | undefined;
}
