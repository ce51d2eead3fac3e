import { type Manifest, weakerThan } from '../../lib/kube';

export type Body = Record<string, unknown>;

const API: Readonly<Record<string, string>> = {
  AuthorizationPolicy: 'security.istio.io/v1',
  CronJob: 'batch/v1',
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  Gateway: 'networking.istio.io/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  Job: 'batch/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  PeerAuthentication: 'security.istio.io/v1',
  PodDisruptionBudget: 'policy/v1',
  ReplicaSet: 'apps/v1',
  RequestAuthentication: 'security.istio.io/v1',
  Sidecar: 'networking.istio.io/v1',
  StatefulSet: 'apps/v1',
};

/** An object as an environment has it. */
export const object = (kind: string, spec: Body, name = 'loans', namespace = 'bank'): Manifest => ({
  apiVersion: API[kind] ?? 'v1',
  kind,
  metadata: { name, namespace },
  spec,
});

/** What is said of an object that is one thing in staging and another in production. */
export function said(kind: string, staging: Body, production: Body): string[] {
  const found = weakerThan([object(kind, staging)], [object(kind, production)]);
  return found.map(({ where, what }) => (where === `${kind} bank/loans` ? what : `${where}: ${what}`));
}

/** A pod template with one container, and what stands beside it. */
export const pod = (container: Body, spec: Body = {}): Body => ({
  template: { spec: { containers: [{ name: 'main', ...container }], ...spec } },
});
