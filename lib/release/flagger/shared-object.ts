import { createHash } from 'node:crypto';
import type { ApiObject } from 'cdk8s';
import type { IMeshNamespace } from '../../contracts/mesh-namespace';
import { MANAGED_BY, MANAGED_BY_LABEL, PART_OF_LABEL } from '../../kernel/labels';
import { type KindBody, type KindClass, define } from '../../kube';

/**
 * Defines what several canaries of a namespace share once. What it says is in the id, so that two of one name which say
 * different things collide by name, instead of one being ignored.
 */
export function shared<K extends KindClass>(namespace: IMeshNamespace, kind: K, name: string, body: KindBody<K>): ApiObject {
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 10);
  const id = `${kind.GVK.kind.toLowerCase()}-${name}-${hash}`;
  const labels = { [MANAGED_BY_LABEL]: MANAGED_BY, [PART_OF_LABEL]: namespace.name };
  return namespace.ensure(id, (scope) => define(scope, id, kind, { name, namespace: namespace.name, labels }, body));
}
