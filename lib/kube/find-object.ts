import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ConfigError, show } from '../kernel/errors';

/**
 * Finds an object below a construct, to override it: `findObject(payments, 'VirtualService')`.
 * @param name needed where there are several of the kind
 * @throws ConfigError that lists what there is, when nothing or more than one thing fits
 */
export function findObject(construct: IConstruct, kind: string, name?: string): ApiObject {
  const all = construct.node.findAll().filter((one): one is ApiObject => ApiObject.isApiObject(one));
  const found = all.filter((one) => one.kind === kind && (name === undefined || one.name === name));
  if (found.length === 1) return found[0]!;
  const known = all.map((one) => `${one.kind} ${one.name}`).sort();
  const what = found.length
    ? `has ${found.length} objects of kind ${show(kind)}; give the name too`
    : `has no ${kind}${name === undefined ? '' : ` ${show(name)}`}`;
  throw new ConfigError([{ where: construct.node.path, what: `${what}: ${known.join(', ') || 'it has none at all'}` }]);
}
