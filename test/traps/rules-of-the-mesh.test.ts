import type { Json } from '../banking-service/world';
import { every, kinds, named, renderedBank, trap, walk } from './support';

/* The design rules for the mesh that concern what there is today; those about canaries come with them. */

const bank = renderedBank();
const web = (all: Json[]): Json => named(all, 'Deployment', 'web');

trap(
  'rule 17: pods are ejected by consecutive 5xx, and never all of them',
  bank,
  (objects) =>
    kinds(objects, 'DestinationRule').every(({ spec }) => {
      const { outlierDetection } = spec.trafficPolicy as Json;
      return (
        (outlierDetection?.consecutive5xxErrors ?? outlierDetection?.consecutiveGatewayErrors) > 0 &&
        outlierDetection.maxEjectionPercent < 100
      );
    }),
  { 'none are': (all) => delete named(all, 'DestinationRule', 'web').spec.trafficPolicy.outlierDetection },
);

trap(
  'rule 18: every route says how it retries, in a list without blanks',
  bank,
  (objects) =>
    kinds(objects, 'VirtualService')
      .flatMap(({ spec }) => (spec.http ?? []) as Json[])
      .filter(({ delegate }) => !delegate)
      .every(
        ({ retries, timeout }) =>
          timeout && retries && (retries.attempts === 0 || /^[a-z0-9-]+(,[a-z0-9-]+)*$/.test(String(retries.retryOn))),
      ),
  {
    'left to the mesh': (all) => delete named(all, 'VirtualService', 'web').spec.http[0].retries,
    'a blank': (all) => (named(all, 'VirtualService', 'web').spec.http[0].retries.retryOn = 'connect-failure, refused-stream'),
  },
);

trap(
  'rule 21: mutual TLS is nowhere disabled',
  bank,
  (objects) => {
    let plain = 0;
    kinds(objects, 'PeerAuthentication').forEach((one) =>
      walk(one, ({ mode }) => (plain += mode !== undefined && mode !== 'STRICT' ? 1 : 0)),
    );
    kinds(objects, 'DestinationRule').forEach(({ spec }) => walk(spec, ({ tls }) => (plain += tls ? 1 : 0)));
    return plain === 0 && every(({ spec }) => spec.template.metadata.labels['sidecar.istio.io/inject'] === undefined)(objects);
  },
  {
    'on a port': (all) => (named(all, 'PeerAuthentication', 'default').spec.portLevelMtls = { '8080': { mode: 'DISABLE' } }),
    'by the caller': (all) => (named(all, 'DestinationRule', 'web').spec.trafficPolicy.tls = { mode: 'DISABLE' }),
    'without a proxy': (all) => (web(all).spec.template.metadata.labels['sidecar.istio.io/inject'] = 'false'),
  },
);

trap(
  'rule 27: a namespace is closed both ways, strict, allows nothing, knows nobody and admits the restricted only',
  bank,
  (objects) =>
    kinds(objects, 'Namespace').every(({ metadata: { name, labels } }) => {
      const own = (kind: string) => kinds(objects, kind).filter(({ metadata }) => metadata.namespace === name);
      const forAll = own('NetworkPolicy').filter(({ spec }) => Object.keys(spec.podSelector as Json).length === 0);
      const sidecars = own('Sidecar').filter(({ spec }) => !spec.workloadSelector);
      return (
        forAll.length > 0 &&
        forAll.every(({ spec }) => spec.policyTypes.length === 2) &&
        forAll.some(({ spec }) => (spec.egress as Json[]).some(({ ports }) => ports.some(({ port }: Json) => port === 15012))) &&
        own('PeerAuthentication').some(({ spec }) => !spec.selector && spec.mtls.mode === 'STRICT') &&
        own('AuthorizationPolicy').some(({ spec }) => JSON.stringify(spec) === '{}') &&
        sidecars.length === 1 &&
        sidecars[0]!.spec.egress[0].hosts.join() === '~/*' &&
        labels['pod-security.kubernetes.io/enforce'] === 'restricted'
      );
    }),
  {
    'one way': (all) => named(all, 'NetworkPolicy', 'default-deny').spec.policyTypes.pop(),
    'no control plane': (all) => named(all, 'NetworkPolicy', 'default-deny').spec.egress.splice(2, 1),
    'a rule for everybody': (all) => (named(all, 'AuthorizationPolicy', 'allow-nothing').spec.rules = [{}]),
    'two sidecars': (all) => all.push(structuredClone(named(all, 'Sidecar', 'default'))),
    'every host': (all) => (named(all, 'Sidecar', 'default').spec.egress[0].hosts = ['*/*']),
    baseline: (all) => (named(all, 'Namespace', 'banking').metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline'),
  },
);

trap(
  'rule 28: whoever is allowed is named by identity, and for a port',
  bank,
  (objects) =>
    kinds(objects, 'AuthorizationPolicy')
      .flatMap(({ spec }) => (spec.rules ?? []) as Json[])
      .every(
        ({ from, to }) =>
          from?.every(({ source }: Json) =>
            source.principals?.every((one: string) => /^[^*]+\/ns\/[^*]+\/sa\/[^*]+$/.test(one)),
          ) && to?.every(({ operation }: Json) => operation.ports?.length === 1),
      ),
  {
    'by namespace': (all) =>
      (named(all, 'AuthorizationPolicy', 'web').spec.rules[0].from = [{ source: { namespaces: ['banking'] } }]),
    'by wildcard': (all) =>
      (named(all, 'AuthorizationPolicy', 'web').spec.rules[0].from[0].source.principals = ['cluster.local/ns/banking/*']),
    'for every port': (all) => delete named(all, 'AuthorizationPolicy', 'web').spec.rules[0].to[0].operation.ports,
  },
);

const DEPRECATED = ['consecutiveErrors', 'mirrorPercent', 'warmupDurationSecs', 'minimumRingSize', 'mirror_percent'];
trap(
  'rule 29: Istio by its v1 API, and without fields that are deprecated',
  bank,
  (objects) => {
    let old = 0;
    objects.forEach((one) => walk(one, (at) => (old += DEPRECATED.filter((key) => key in at).length)));
    const istio = objects.filter(({ apiVersion }) => String(apiVersion).includes('.istio.io/'));
    return old === 0 && istio.length > 0 && istio.every(({ apiVersion }) => String(apiVersion).endsWith('/v1'));
  },
  {
    beta: (all) => (named(all, 'VirtualService', 'web').apiVersion = 'networking.istio.io/v1beta1'),
    'an old field': (all) => (named(all, 'VirtualService', 'web').spec.http[0].mirrorPercent = 3),
  },
);
