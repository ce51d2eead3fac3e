import { groupOf, nameOf, namespaceOf, type KubeObject } from '../reachability/objects';
import type { Canary } from './canary';
import { configsNamedBy, type PodSpec } from './config-tracker';

/* ConfigMaps and Secrets that a target reads and no manifest holds: somebody else makes them, and Flagger waits until they are there. */

interface SecretMaker {
  secretName?: string;
  secretTemplate?: { annotations?: Record<string, string> };
  target?: { name?: string; template?: { type?: string; metadata?: { annotations?: Record<string, string> } } };
}

/** Empty stand-ins, with the type and annotations that their maker, if it is among the objects, would give them. */
export function assumedConfigs(objects: readonly KubeObject[], canary: Canary): KubeObject[] {
  const namespace = namespaceOf(canary);
  const { kind: targetKind, name: targetName } = canary.spec.targetRef;
  const inNamespace = objects.filter((object) => namespaceOf(object) === namespace);
  const target = inNamespace.find((object) => object.kind === targetKind && nameOf(object) === targetName);
  const pod = (target?.['spec'] as { template?: { spec?: PodSpec } } | undefined)?.template?.spec ?? {};
  return configsNamedBy(pod)
    .filter(({ optional }) => !optional)
    .filter(({ kind, name }) => !inNamespace.some((object) => object.kind === kind && nameOf(object) === name))
    .map(({ kind, name }) => {
      const { type, annotations } = kind === 'Secret' ? madeLike(inNamespace, name) : {};
      return {
        apiVersion: 'v1',
        kind,
        metadata: { name, namespace, ...(annotations ? { annotations } : {}) },
        ...(kind === 'Secret' ? { type: type ?? 'Opaque' } : {}),
      };
    });
}

function madeLike(objects: readonly KubeObject[], name: string): { type?: string; annotations?: Record<string, string> } {
  for (const object of objects) {
    const { target = {}, secretName, secretTemplate } = (object['spec'] ?? {}) as SecretMaker;
    if (groupOf(object) === 'external-secrets.io' && (target.name ?? nameOf(object)) === name) {
      return { type: target.template?.type, annotations: target.template?.metadata?.annotations };
    }
    if (groupOf(object) === 'cert-manager.io' && secretName === name) {
      return { type: 'kubernetes.io/tls', annotations: secretTemplate?.annotations };
    }
  }
  return {};
}
