import { Unsupported } from './objects';
import type { Labels } from './selectors';

/** What the injector sees of a pod. */
export interface InjectionInput {
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly hostNetwork: boolean;
}

const INJECT = 'sidecar.istio.io/inject';
const REVISION = 'istio.io/rev';
/** pkg/kube/inject/inject.go, IgnoredNamespaces. */
const IGNORED = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

/**
 * Does the pod get a sidecar? Two gates, one after the other: the webhook's selectors
 * (istio-discovery: templates/mutatingwebhook.yaml) and injectRequired (pkg/kube/inject/inject.go).
 */
export function injected(pod: InjectionInput): boolean {
  const { namespaceLabels, labels } = pod;
  if (namespaceLabels['istio.io/dataplane-mode'] === 'ambient' || labels['istio.io/dataplane-mode'] === 'ambient') {
    throw new Unsupported(`namespace ${pod.namespace}: ambient mode has other rules; this evaluator knows sidecars only`);
  }
  return reachesWebhook(namespaceLabels, labels) && required(pod);
}

function reachesWebhook(namespace: Labels, pod: Labels): boolean {
  if (pod[INJECT] === 'false') {
    return false;
  }
  const legacy = namespace['istio-injection'];
  if (legacy !== undefined) {
    return legacy === 'enabled'; // the older label wins over a revision
  }
  // Which revisions are installed is the cluster's affair; we take a named one as installed.
  return namespace[REVISION] !== undefined || pod[REVISION] !== undefined || pod[INJECT] === 'true';
}

function required(pod: InjectionInput): boolean {
  if (pod.hostNetwork || IGNORED.includes(pod.namespace)) {
    return false;
  }
  // The label is the newer interface and wins over the annotation; any other word means "as the namespace says".
  return (pod.labels[INJECT] ?? pod.annotations[INJECT]) !== 'false';
}
