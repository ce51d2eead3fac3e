import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environment, GitOpsApp } from 'cdk8s-banking';
import { loadAll } from 'js-yaml';
import { bank } from '../../apps/bank/bank';
import { environments } from '../../apps/bank/environments';
import { atRest } from '../support/flagger';
import { type ClusterOptions, type ExtraPod, type KubeObject } from '../support/reachability';

/** The bank in production while no release goes on: its manifests and what Flagger has made of them. */
export function bankAtRest(): KubeObject[] {
  return atRest(bankObjects());
}

/** The bank in production, as YAML on disk and read back: nothing of our own model is left. */
export function bankObjects(): KubeObject[] {
  const outdir = mkdtempSync(join(tmpdir(), 'bank-'));
  try {
    const prod = environments.find(({ name }) => name === 'prod')!;
    const app = new GitOpsApp({ outdir });
    bank(new Environment(app, prod.name, { stage: prod.stage }), prod);
    app.synth();
    const files = ['banking.yaml', 'banking-data.yaml', 'banking-observability.yaml', join('istio-ingress', 'banking.yaml')];
    return files.flatMap((file) => loadAll(readFileSync(join(outdir, 'prod', file), 'utf8')) as KubeObject[]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const label = (name: string) => ({ 'banking.workload/name': name });

/** Who else is in the cluster: the platform's pods, the operator's databases, and strangers who look like friends. */
const PODS: ExtraPod[] = [
  {
    name: 'postgres',
    namespace: 'banking-data',
    labels: label('postgres'),
    serviceAccount: 'postgres',
    inMesh: true,
    ports: [{ port: 5432 }],
  },
  {
    name: 'redis',
    namespace: 'banking-data',
    labels: label('redis'),
    serviceAccount: 'redis',
    inMesh: true,
    ports: [{ port: 6379 }],
  },
  // In the namespace, in the mesh, and known to nobody.
  {
    name: 'stranger',
    namespace: 'banking',
    labels: { app: 'stranger' },
    serviceAccount: 'stranger',
    inMesh: true,
    ports: [{ port: 8080 }],
  },
  {
    name: 'stranger',
    namespace: 'banking-data',
    labels: { app: 'stranger' },
    serviceAccount: 'stranger',
    inMesh: true,
    ports: [{ port: 5432 }],
  },
  // Elsewhere, with the labels of friends: only the namespace tells.
  ...['web', 'payments', 'enterprise-loan-system', 'accounts', 'load-tester', 'postgres', 'redis'].map((name) => ({
    name: `false-${name}`,
    namespace: 'elsewhere',
    labels: label(name),
    serviceAccount: name,
    inMesh: true,
    ports: [{ port: 8080 }, { port: 5432 }, { port: 6379 }],
  })),
  { name: 'plain', namespace: 'elsewhere', labels: { app: 'plain' }, inMesh: false, ports: [{ port: 8080 }, { port: 443 }] },
  { name: 'coredns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, inMesh: false, ports: [{ port: 53 }] },
  { name: 'other', namespace: 'kube-system', labels: { app: 'other' }, inMesh: false, ports: [{ port: 53 }] },
  { name: 'false-dns', namespace: 'elsewhere', labels: { 'k8s-app': 'kube-dns' }, inMesh: false, ports: [{ port: 53 }] },
  { name: 'istiod', namespace: 'istio-system', labels: { app: 'istiod' }, inMesh: false, ports: [{ port: 15012 }] },
  { name: 'other', namespace: 'istio-system', labels: { app: 'other' }, inMesh: false, ports: [{ port: 15012 }] },
  { name: 'false-istiod', namespace: 'elsewhere', labels: { app: 'istiod' }, inMesh: false, ports: [{ port: 15012 }] },
  {
    name: 'flagger',
    namespace: 'flagger-system',
    labels: { 'app.kubernetes.io/name': 'flagger' },
    serviceAccount: 'flagger',
    inMesh: true,
  },
  {
    name: 'false-flagger',
    namespace: 'elsewhere',
    labels: { 'app.kubernetes.io/name': 'flagger' },
    serviceAccount: 'flagger',
    inMesh: true,
  },
  { name: 'other', namespace: 'flagger-system', labels: { app: 'other' }, serviceAccount: 'other', inMesh: true },
  { name: 'prometheus', namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'prometheus' }, inMesh: false },
  { name: 'other', namespace: 'monitoring', labels: { app: 'other' }, inMesh: false },
  { name: 'false-prometheus', namespace: 'elsewhere', labels: { 'app.kubernetes.io/name': 'prometheus' }, inMesh: false },
  {
    name: 'gateway',
    namespace: 'istio-ingress',
    labels: { istio: 'ingress' },
    serviceAccount: 'istio-ingress',
    inMesh: true,
    gateway: true,
  },
  {
    name: 'other',
    namespace: 'istio-ingress',
    labels: { app: 'other' },
    serviceAccount: 'istio-ingress',
    inMesh: true,
    gateway: true,
  },
  {
    name: 'false-gateway',
    namespace: 'elsewhere',
    labels: { istio: 'ingress' },
    serviceAccount: 'istio-ingress',
    inMesh: true,
    gateway: true,
  },
];

const service = (namespace: string, name: string, port: number, protocol: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { selector: label(name), ports: [{ name: `${protocol}-${name}`, port, targetPort: port }] },
});

export const WORLD: ClusterOptions = {
  namespaces: { 'flagger-system': {}, elsewhere: {}, 'kube-system': {}, 'istio-system': {}, monitoring: {}, 'istio-ingress': {} },
  pods: PODS,
  objects: [
    service('banking-data', 'postgres', 5432, 'tcp'),
    service('banking-data', 'redis', 6379, 'tcp'),
    // Hosts that exist in the mesh and that nobody has declared.
    service('elsewhere', 'false-web', 8080, 'http'),
  ],
  podCidr: '10.0.0.0/8',
};
