import { GitOpsApp, Environment, Health } from '../../lib';
import { bank as bankOf } from '../../apps/bank/bank';
import { weakerThan } from '../../lib/kube/stages/weaker';
import { type Json, World } from '../banking-service/world';
import { containersOf, deployments, environment, kinds, named, type Objects, renderedBank, scalerOf, trap } from './support';

const bank = renderedBank();
const namespacesOf = (objects: Objects): string[] => kinds(objects, 'Namespace').map(({ metadata }) => metadata.name as string);
const inside = (objects: Objects, namespace: string, kind: string): Json[] =>
  kinds(objects, kind).filter(({ metadata }) => metadata.namespace === namespace);
const peersOf = ({ spec }: Json): Json[] =>
  [...(spec.ingress ?? []), ...(spec.egress ?? [])].flatMap(({ from, to }: Json) => (from ?? to ?? []) as Json[]);

trap(
  'Z1 trap: namespaces selected by a label `name` that nobody sets, and pods that are neither injected nor checked',
  bank,
  (objects) =>
    kinds(objects, 'NetworkPolicy')
      .flatMap(peersOf)
      .every(
        ({ namespaceSelector, ipBlock }) =>
          ipBlock || Object.keys((namespaceSelector?.matchLabels ?? {}) as Json).join() === 'kubernetes.io/metadata.name',
      ) &&
    kinds(objects, 'Namespace').every(
      ({ metadata: { labels } }) =>
        (labels['istio-injection'] === 'enabled' || labels['istio.io/rev']) &&
        labels['pod-security.kubernetes.io/enforce'] === 'restricted',
    ),
  {
    'the label name': (all) =>
      (named(all, 'NetworkPolicy', 'web').spec.ingress[0].from[0].namespaceSelector = { matchLabels: { name: 'istio-ingress' } }),
    'pods of any namespace': (all) => (named(all, 'NetworkPolicy', 'web').spec.ingress[0].from[0].namespaceSelector = {}),
    'no injection': (all) => delete named(all, 'Namespace', 'banking').metadata.labels['istio-injection'],
    'no Pod Security': (all) => delete named(all, 'Namespace', 'banking').metadata.labels['pod-security.kubernetes.io/enforce'],
  },
);

/** Whether a rule lets Prometheus in. */
const byPrometheus = ({ from }: Json): boolean =>
  ((from ?? []) as Json[]).some(({ podSelector }) => podSelector?.matchLabels?.['app.kubernetes.io/name'] === 'prometheus');
trap(
  'Z2 trap: plain text that is taken, and scrapes and probes that then fail because it is not',
  bank,
  (objects) =>
    namespacesOf(objects).every((namespace) => {
      const whole = inside(objects, namespace, 'PeerAuthentication').filter(({ spec }) => !spec.selector);
      const scraped = inside(objects, namespace, 'NetworkPolicy').flatMap(({ spec }) =>
        ((spec.ingress ?? []) as Json[]).filter(byPrometheus),
      );
      return (
        whole.length === 1 &&
        whole[0]!.spec.mtls.mode === 'STRICT' &&
        // Merged metrics are served beside the mesh; a scrape of the application's own port would need a certificate.
        scraped.length > 0 &&
        scraped.every(({ ports }) => (ports as Json[]).every(({ port }) => port === 15020))
      );
    }) &&
    deployments(objects).every(
      ({ spec }) => spec.template.metadata.annotations['sidecar.istio.io/rewriteAppHTTPProbers'] !== 'false',
    ),
  {
    permissive: (all) => (named(all, 'PeerAuthentication', 'default').spec.mtls.mode = 'PERMISSIVE'),
    'only for one workload': (all) => (named(all, 'PeerAuthentication', 'default').spec.selector = { matchLabels: { a: 'b' } }),
    'scrapes of the application': (all) => (named(all, 'NetworkPolicy', 'default-deny').spec.ingress[0].ports[0].port = 8080),
    'probes that are not rewritten': (all) =>
      (named(all, 'Deployment', 'web').spec.template.metadata.annotations['sidecar.istio.io/rewriteAppHTTPProbers'] = 'false'),
  },
);

const dnsPorts = ({ to, ports }: Json, isDns: (peer: Json) => boolean): string[] =>
  ((to ?? []) as Json[]).some(isDns) ? (ports as Json[]).map(({ protocol, port }) => `${protocol} ${port}`) : [];
const clusterDns = ({ podSelector, namespaceSelector }: Json) =>
  podSelector?.matchLabels?.['k8s-app'] === 'kube-dns' &&
  namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] === 'kube-system';
const nodeDns = ({ ipBlock }: Json) => ipBlock?.cidr === '169.254.20.10/32';
trap(
  'Z3 trap: a namespace that is open in one direction, or closed without names, so that all is down',
  bank,
  (objects) =>
    namespacesOf(objects).every((namespace) => {
      const forAll = inside(objects, namespace, 'NetworkPolicy').filter(
        ({ spec }) => Object.keys(spec.podSelector as Json).length === 0,
      );
      const egress = forAll.flatMap(({ spec }) => (spec.egress ?? []) as Json[]);
      const names = (isDns: (peer: Json) => boolean) => egress.flatMap((rule) => dnsPorts(rule, isDns));
      return (
        ['Ingress', 'Egress'].every((way) => forAll.some(({ spec }) => spec.policyTypes.includes(way))) &&
        [clusterDns, nodeDns].every((isDns) => ['UDP 53', 'TCP 53'].every((one) => names(isDns).includes(one))) &&
        // Open to everybody is what has no peers.
        forAll.every(({ spec }) =>
          [...(spec.ingress ?? []), ...(spec.egress ?? [])].every(({ from, to }: Json) => (from ?? to)?.length > 0),
        )
      );
    }),
  {
    'no names': (all) => (named(all, 'NetworkPolicy', 'default-deny').spec.egress = [{ to: [{ podSelector: {} }] }]),
    'names by UDP only': (all) => named(all, 'NetworkPolicy', 'default-deny').spec.egress[0].ports.pop(),
    'not from the node’s own cache': (all) => named(all, 'NetworkPolicy', 'default-deny').spec.egress.splice(1, 1),
    'egress that is not closed': (all) => (named(all, 'NetworkPolicy', 'default-deny').spec.policyTypes = ['Ingress']),
    'a rule for everybody': (all) => delete named(all, 'NetworkPolicy', 'default-deny').spec.ingress[0].from,
    'no policy at all': (all) => all.splice(all.indexOf(named(all, 'NetworkPolicy', 'default-deny')), 1),
  },
);

/** Whether an operation lets a path through, by Istio's patterns without templates. */
function lets({ paths, notPaths }: { paths?: string[]; notPaths?: string[] }, path: string): boolean {
  const fits = (pattern: string) =>
    pattern.endsWith('*')
      ? path.startsWith(pattern.slice(0, -1))
      : pattern.startsWith('*')
        ? path.endsWith(pattern.slice(1))
        : path === pattern;
  return (!paths || paths.some(fits)) && !notPaths?.some(fits);
}

const management = new World();
const broker = management.service('broker', { health: Health.springBootActuator() });
broker.allowFrom(management.service('teller')).allowFrom(management.service('clerk'), { paths: ['/*'] });
trap(
  'Z4 trap: an edge without paths that gives away a heap dump',
  management.objects(),
  (objects) => {
    const operations = kinds(objects, 'AuthorizationPolicy').flatMap(({ spec }) =>
      ((spec.rules ?? []) as Json[]).flatMap(({ to }) => (to as Json[]).map(({ operation }) => operation as Json)),
    );
    const secret = ['/actuator', '/actuator/heapdump', '/actuator/env', '/actuator;x/env', '//actuator/env', '/;/actuator/env'];
    return operations.every((one) => lets(one, '/orders') && !secret.some((path) => lets(one, path)));
  },
  {
    'no paths cut out': (all) => delete named(all, 'AuthorizationPolicy', 'broker').spec.rules[0].to[0].operation.notPaths,
    'only those below it': (all) =>
      (named(all, 'AuthorizationPolicy', 'broker').spec.rules[0].to[0].operation.notPaths = ['/actuator/*']),
  },
);

const PLAIN_TCP = ['5432', '6379'];
trap(
  'Z4 trap: HTTP attributes on a port that speaks bytes, which never match, and requests that are allowed by default',
  bank,
  (objects) =>
    namespacesOf(objects).every((namespace) =>
      inside(objects, namespace, 'AuthorizationPolicy').some(({ spec }) => Object.keys((spec ?? {}) as Json).length === 0),
    ) &&
    kinds(objects, 'AuthorizationPolicy')
      .flatMap(({ spec }) => (spec.rules ?? []) as Json[])
      .every(
        ({ from, to }) =>
          from?.length > 0 &&
          (from as Json[]).every(({ source }) => source.principals?.length > 0) &&
          (to as Json[]).every(
            ({ operation: { ports, methods, paths, notPaths } }) =>
              ports?.length > 0 &&
              (!(ports as string[]).some((port) => PLAIN_TCP.includes(port)) || !(methods ?? paths ?? notPaths)),
          ),
      ),
  {
    'methods of a database': (all) =>
      (named(all, 'AuthorizationPolicy', 'postgres').spec.rules[0].to[0].operation.methods = ['GET']),
    'anybody may call': (all) => delete named(all, 'AuthorizationPolicy', 'payments').spec.rules[0].from,
    'no policy that allows nothing': (all) => all.splice(all.indexOf(named(all, 'AuthorizationPolicy', 'allow-nothing')), 1),
  },
);

trap(
  'Z6 trap: a role with a wildcard, or with secrets',
  bank,
  (objects) =>
    kinds(objects, 'Role', 'ClusterRole').every(({ rules }) =>
      (rules as Json[]).every(
        ({ apiGroups, resources, verbs }) =>
          ![...apiGroups, ...resources, ...verbs].includes('*') &&
          !resources.includes('secrets') &&
          !resources.includes('pods/exec'),
      ),
    ),
  {
    verbs: (all) => (named(all, 'Role', 'deployer').rules[0].verbs = ['*']),
    resources: (all) => (named(all, 'Role', 'reader').rules[0].resources = ['*']),
    secrets: (all) => named(all, 'Role', 'reader').rules[0].resources.push('secrets'),
  },
);

const UNITS: Record<string, number> = { m: 1e-3, '': 1, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3 };
const amount = (text: string): number => Number.parseFloat(text) * UNITS[text.replace(/[0-9.]/g, '')]!;
const PROXY: Json = { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '2', memory: '1Gi' } };

/** What the pods of a namespace ask for while every service is at its largest and being replaced. */
function asked(objects: Objects, namespace: string): Record<string, number> {
  const defaults = inside(objects, namespace, 'LimitRange')[0]!.spec.limits[0] as Json;
  const needs: Record<string, number> = { pods: 0 };
  for (const one of inside(objects, namespace, 'Deployment')) {
    // Flagger runs every pod a second time, as the primary.
    const twice = kinds(objects, 'Canary').some(({ spec }) => spec.targetRef.name === one.metadata.name) ? 2 : 1;
    const most = (one.spec.replicas ?? scalerOf(objects, one)!.spec.maxReplicas) as number;
    const pods = twice * (most + 2 * one.spec.strategy.rollingUpdate.maxSurge);
    needs.pods! += pods;
    for (const { resources } of [...containersOf(one), { resources: PROXY }] as Json[]) {
      for (const part of ['cpu', 'memory', 'ephemeral-storage']) {
        const [request, limit] = [
          resources.requests[part] ?? defaults.defaultRequest[part],
          resources.limits[part] ?? defaults.default[part],
        ];
        needs[`requests.${part}`] = (needs[`requests.${part}`] ?? 0) + pods * amount(request as string);
        needs[`limits.${part}`] = (needs[`limits.${part}`] ?? 0) + pods * amount(limit as string);
      }
    }
  }
  return needs;
}
const hardOf = (all: Objects): Json => named(all, 'ResourceQuota', 'quota').spec.hard as Json;
trap(
  'Z7 trap: a quota that blocks the rollout: no room for the surge, for the proxies, or for what the LimitRange gives them',
  bank,
  (objects) =>
    Object.entries(asked(objects, 'banking')).every(([key, need]) => amount(String(hardOf(objects)[key])) >= need * (1 - 1e-9)),
  {
    'no surge': (all) => (hardOf(all).pods = '40'),
    'no proxies': (all) => (hardOf(all)['limits.cpu'] = '48'),
    'no disk for the proxies': (all) => (hardOf(all)['requests.ephemeral-storage'] = '48Gi'),
    'a service that grows': (all) => (scalerOf(all, named(all, 'Deployment', 'web'))!.spec.maxReplicas = 11),
  },
);

const staging = renderedBank('staging');
// Hosts, issuers and addresses differ; what guards does not get weaker.
trap(
  'G1 trap: production that is weaker than staging',
  bank,
  (objects) => weakerThan(staging as never, objects as never).length === 0,
  {
    'fewer replicas': (all) => (scalerOf(all, named(all, 'Deployment', 'web'))!.spec.minReplicas = 2),
    'plain text': (all) => (named(all, 'PeerAuthentication', 'default').spec.mtls.mode = 'PERMISSIVE'),
    'a guard that is missing': (all) => all.splice(all.indexOf(named(all, 'NetworkPolicy', 'default-deny')), 1),
    'a budget that takes more': (all) => (named(all, 'PodDisruptionBudget', 'web').spec.maxUnavailable = 2),
  },
);

test('G1 trap: the app itself refuses such a production', () => {
  const app = new GitOpsApp();
  for (const [name, min] of [
    ['staging', 3],
    ['prod', 2],
  ] as const) {
    const one = environment(name);
    bankOf(new Environment(app, name, { stage: one.stage }), { ...one, replicas: { ...one.replicas, min } });
  }
  expect(() => app.synthYaml()).toThrow(/minReplicas is 2, weaker than 3 in staging/);
});
