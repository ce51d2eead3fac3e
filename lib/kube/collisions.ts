import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Problem } from '../kernel/errors';
import { isClusterScoped } from './cluster-scoped';
import { Environment } from './environment';
import { apiGroup, describe } from './manifest';

/** What makes an object one of its kind, and where it was defined. */
export interface Identified {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  /** The construct path, for the error. */
  readonly path: string;
  /** The name of its environment. Environments are different clusters, so they may hold the same objects. */
  readonly environment?: string;
}

/**
 * The objects that another one hides: cdk8s accepts two of the same group, kind, namespace and name, and the one that
 * is applied last wins. The version does not count, for the API server keeps one object under all of them.
 */
export function collisions(objects: readonly Identified[]): Problem[] {
  const first = new Map<string, Identified>();
  const problems: Problem[] = [];
  for (const object of objects) {
    const { name, namespace } = object.metadata;
    const group = apiGroup(object.apiVersion);
    const within = isClusterScoped(group, object.kind) ? undefined : namespace;
    const key = JSON.stringify([object.environment, group, object.kind, within, name]);
    const other = first.get(key);
    if (!other) first.set(key, object);
    else problems.push({ where: object.path, what: `${describe(object)} is defined by ${other.path} too; remove or rename one` });
  }
  return problems;
}

const watched = new WeakSet<IConstruct>();
const silenced = new WeakSet<IConstruct>();

/**
 * Looks for collisions whenever the tree is validated, also by a plain cdk8s App. It is added to a root once, and sees
 * every ApiObject below it, also those of the user. It renders nothing and never calls `chart.toJson`, which would
 * validate again, without end.
 */
export function watchCollisions(root: IConstruct): void {
  if (watched.has(root)) return;
  watched.add(root);
  root.node.addValidation({
    validate: () => (silenced.has(root) ? [] : collisions(identified(root)).map((p) => `${p.where}: ${p.what}`)),
  });
}

/** Runs something while the watch stands still: the GitOpsApp looks at the rendered objects itself. */
export function withoutWatch<T>(root: IConstruct, run: () => T): T {
  silenced.add(root);
  try {
    return run();
  } finally {
    silenced.delete(root);
  }
}

function identified(root: IConstruct): Identified[] {
  const objects = root.node.findAll().filter((c): c is ApiObject => ApiObject.isApiObject(c));
  return objects.map(({ apiVersion, kind, name, metadata, node }) => ({
    apiVersion,
    kind,
    metadata: { name, namespace: metadata.namespace },
    path: node.path,
    environment: Environment.of(node.scope!)?.name,
  }));
}
