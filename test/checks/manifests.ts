/** Manifests that this library did not write, in the least that says what is meant. */
import { type CheckedManifest, jumpProblems } from '../../lib';

export type Json = Record<string, any>;

export const object = (
  apiVersion: string,
  kind: string,
  name: string,
  spec: Json,
  annotations?: Record<string, string>,
): CheckedManifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'bank', annotations },
  spec,
});
export const deployment = (name: string, more: Json = {}, image = 'loans:1') =>
  object('apps/v1', 'Deployment', name, {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name, 'banking.workload/name': 'loans' } },
      spec: { containers: [{ name: 'loans', image }] },
    },
    ...more,
  });
export const scaler = (name: string, minReplicas: number, maxReplicas = 9) =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', name, {
    scaleTargetRef: { kind: 'Deployment', name },
    minReplicas,
    maxReplicas,
    metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 60 } } }],
  });
export const service = (selector: Json, annotations?: Record<string, string>) =>
  object('v1', 'Service', 'loans', { selector }, annotations);
export const ALL = { 'banking.workload/name': 'loans' };
export const rule = (subsets: Json, annotations?: Record<string, string>) =>
  object(
    'networking.istio.io/v1',
    'DestinationRule',
    'loans',
    { host: 'loans', subsets: Object.entries(subsets).map(([name, app]) => ({ name, labels: { app } })) },
    annotations,
  );
export const routes = (weights: Json, annotations?: Record<string, string>) =>
  object(
    'networking.istio.io/v1beta1',
    'VirtualService',
    'loans',
    {
      hosts: ['loans'],
      http: [
        {
          route: Object.entries(weights).map(([subset, weight]) => ({
            destination: { host: 'loans.bank.svc.cluster.local', subset },
            weight,
          })),
        },
      ],
    },
    annotations,
  );
export const plainRoute = (annotations?: Record<string, string>) =>
  object(
    'networking.istio.io/v1',
    'VirtualService',
    'loans',
    { hosts: ['loans'], http: [{ route: [{ destination: { host: 'loans' } }] }] },
    annotations,
  );
export const canary = (spec: Json = {}, annotations?: Record<string, string>) =>
  object(
    'flagger.app/v1beta1',
    'Canary',
    'loans',
    { targetRef: { kind: 'Deployment', name: 'loans' }, service: { port: 80 }, ...spec },
    annotations,
  );

export const ROLLING = [deployment('loans'), scaler('loans', 3), service(ALL), plainRoute()];
export const TWO = [
  deployment('loans'),
  deployment('loans-new'),
  scaler('loans', 3),
  scaler('loans-new', 3),
  service(ALL),
  rule({ old: 'loans', new: 'loans-new' }),
];

export const said = (before: readonly CheckedManifest[], after: readonly CheckedManifest[]) =>
  jumpProblems(before, after).map(({ where, what }) => `${where}: ${what}`);
