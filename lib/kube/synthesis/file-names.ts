import { show } from '../../kernel/errors';
import { apiGroup, type Manifest } from '../manifest';
import { isClusterScoped } from '../cluster-scoped';

const SAFE = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;
/** What most file systems take, in bytes. */
const MAX_LENGTH = 255;

/**
 * The groups of Kubernetes itself. Their kinds differ from one another, so the group is left out of file names.
 * `events.k8s.io` and `extensions` are not among them: their kinds exist twice.
 */
const BUILT_IN = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);

/** What is wrong with a file or folder name, or undefined. No separators, no leading dot, nothing a shell would read. */
export function nameProblem(name: string): string | undefined {
  if (name.length > MAX_LENGTH) return `${show(name)} is longer than the ${MAX_LENGTH} characters that a file name may have`;
  if (SAFE.test(name) && !name.includes('..')) return undefined;
  return `${show(name)} is no safe file name; use letters, digits, "-", "_" and ".", starting and ending with a letter or digit`;
}

/**
 * `Deployment.bank.payments`, or `Gateway_networking_istio_io.bank.edge` for a kind from elsewhere, and `_` in the place
 * of a missing namespace. Different objects have different names: kinds and namespaces have no dot, groups no `_`, and
 * what a file name cannot hold in an object's name (`system:node`) is written as its code.
 */
export function objectFileName({ apiVersion, kind, metadata }: Manifest): string {
  const group = apiGroup(apiVersion);
  const suffix = BUILT_IN.has(group) ? '' : `_${group.replace(/\./g, '_')}`;
  const namespace = isClusterScoped(group, kind) ? undefined : metadata.namespace;
  return [
    `${encode(kind, /[^A-Za-z0-9]/gu)}${suffix}`,
    namespace === undefined ? '_' : encode(namespace),
    encode(metadata.name),
  ].join('.');
}

/** Capitals are written as codes too: `Admin` and `admin` are one file where the file system ignores case. */
function encode(text: string, unsafe = /[^a-z0-9.-]/gu): string {
  return text.replace(unsafe, (c) => `_${c.codePointAt(0)!.toString(16)}_`);
}
