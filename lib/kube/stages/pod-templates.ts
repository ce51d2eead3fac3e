import { isMap, type Manifest } from '../manifest';
import { at } from './rule';

/** Where a kind keeps the spec of its pods. */
const POD_SPEC: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  Deployment: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
};

/** The kinds that make pods. */
export const POD_KINDS: readonly string[] = Object.keys(POD_SPEC);

/** The spec of an object's pods, or undefined when it makes none. */
export function podSpec(object: Manifest): Record<string, unknown> | undefined {
  const path = POD_SPEC[object.kind];
  const spec = path && at(object, ...path);
  return isMap(spec) ? spec : undefined;
}

/** The labels of an object's pods, or undefined when it makes none. */
export function podLabels(object: Manifest): Record<string, unknown> | undefined {
  const path = POD_SPEC[object.kind];
  if (!path) return undefined;
  const labels = at(object, ...path.slice(0, -1), 'metadata', 'labels');
  return isMap(labels) ? labels : {};
}
