import { Cluster, type ClusterOptions } from './cluster';
import type { Flow } from './flow';
import type { KubeObject } from './objects';
import type { Verdict } from './verdict';

/* Short hands for this folder's own tests. The names are odd on purpose: what is mixed up ought to show. */

const SECURITY = 'security.istio.io/v1';
const NETWORKING = 'networking.istio.io/v1';

function object(apiVersion: string, kind: string, namespace: string, name: string, spec: object): KubeObject {
  return { apiVersion, kind, metadata: { name, namespace }, spec };
}

export const policy = (namespace: string, name: string, spec: object): KubeObject =>
  object('networking.k8s.io/v1', 'NetworkPolicy', namespace, name, spec);
export const authorize = (namespace: string, name: string, spec: object): KubeObject =>
  object(SECURITY, 'AuthorizationPolicy', namespace, name, spec);
export const authenticate = (namespace: string, name: string, spec: object): KubeObject =>
  object(SECURITY, 'PeerAuthentication', namespace, name, spec);
export const tokens = (namespace: string, name: string, spec: object): KubeObject =>
  object(SECURITY, 'RequestAuthentication', namespace, name, spec);
export const sidecar = (namespace: string, name: string, spec: object): KubeObject =>
  object(NETWORKING, 'Sidecar', namespace, name, spec);
export const entry = (namespace: string, name: string, spec: object): KubeObject =>
  object(NETWORKING, 'ServiceEntry', namespace, name, spec);
export const routing = (namespace: string, name: string, spec: object): KubeObject =>
  object(NETWORKING, 'VirtualService', namespace, name, spec);
export const destination = (namespace: string, name: string, spec: object): KubeObject =>
  object(NETWORKING, 'DestinationRule', namespace, name, spec);
export const service = (namespace: string, name: string, spec: object): KubeObject =>
  object('v1', 'Service', namespace, name, spec);

export const namespace = (name: string, labels: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});

export function deployment(ns: string, name: string, labels: Record<string, string>, podSpec: object = {}): KubeObject {
  return object('apps/v1', 'Deployment', ns, name, {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: podSpec },
  });
}

/**
 * Two namespaces in the mesh, `vault` (tier=gold) and `lobby` (tier=tin), and `street`, which is not. Pods: vault/safe
 * (8081 `door`, 9753/UDP `bell`), vault/clerk, lobby/guest, street/thief.
 */
export function town(objects: KubeObject[], options: ClusterOptions = {}): Cluster {
  const mesh = { 'istio-injection': 'enabled' };
  const container = {
    containers: [
      {
        ports: [
          { name: 'door', containerPort: 8081 },
          { name: 'bell', containerPort: 9753, protocol: 'UDP' },
        ],
      },
    ],
  };
  return Cluster.of(
    [
      namespace('vault', { ...mesh, tier: 'gold' }),
      namespace('lobby', { ...mesh, tier: 'tin' }),
      deployment('vault', 'safe', { id: 'safe', floor: '-1' }, { serviceAccountName: 'keeper', ...container }),
      deployment('vault', 'clerk', { id: 'clerk', floor: '0' }, { serviceAccountName: 'clerk-sa' }),
      deployment('lobby', 'guest', { id: 'guest', floor: '0' }, { serviceAccountName: 'guest-sa' }),
      deployment('street', 'thief', { id: 'thief' }),
      ...objects,
    ],
    options,
  );
}

/** clerk → safe:8081, changed where it says so. */
export function toSafe(change: Partial<Flow> = {}): Flow {
  return { from: 'vault/clerk', to: 'vault/safe', port: 8081, ...change };
}

export const state = ({ open, guarded }: Verdict): string => (guarded ? (open ? 'open' : 'closed') : 'unguarded');
