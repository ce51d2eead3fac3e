import type { Json } from '../banking-service/world';
import { rule } from '../support/rules';
import { named, renderedBank, ruleTrap } from './support';

/* The design rules for the mesh, each with the ways of breaking it that must be seen. */

const bank = renderedBank();
const web = (all: Json[]): Json => named(all, 'Deployment', 'web');

ruleTrap(rule(17), bank, {
  'none are': (all) => delete named(all, 'DestinationRule', 'web').spec.trafficPolicy.outlierDetection,
});

ruleTrap(rule(18), bank, {
  'left to the mesh': (all) => delete named(all, 'VirtualService', 'web').spec.http[0].retries,
  'a blank': (all) => (named(all, 'VirtualService', 'web').spec.http[0].retries.retryOn = 'connect-failure, refused-stream'),
});

ruleTrap(rule(21), bank, {
  'on a port': (all) => (named(all, 'PeerAuthentication', 'default').spec.portLevelMtls = { '8080': { mode: 'DISABLE' } }),
  'by the caller': (all) => (named(all, 'DestinationRule', 'web').spec.trafficPolicy.tls = { mode: 'DISABLE' }),
  'without a proxy': (all) => (web(all).spec.template.metadata.labels['sidecar.istio.io/inject'] = 'false'),
});

ruleTrap(rule(27), bank, {
  'one way': (all) => named(all, 'NetworkPolicy', 'default-deny').spec.policyTypes.pop(),
  'no control plane': (all) => named(all, 'NetworkPolicy', 'default-deny').spec.egress.splice(2, 1),
  'a rule for everybody': (all) => (named(all, 'AuthorizationPolicy', 'allow-nothing').spec.rules = [{}]),
  'two sidecars': (all) => all.push(structuredClone(named(all, 'Sidecar', 'default'))),
  'every host': (all) => (named(all, 'Sidecar', 'default').spec.egress[0].hosts = ['*/*']),
  baseline: (all) => (named(all, 'Namespace', 'banking').metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline'),
});

ruleTrap(rule(28), bank, {
  'by namespace': (all) =>
    (named(all, 'AuthorizationPolicy', 'web').spec.rules[0].from = [{ source: { namespaces: ['banking'] } }]),
  'by wildcard': (all) =>
    (named(all, 'AuthorizationPolicy', 'web').spec.rules[0].from[0].source.principals = ['cluster.local/ns/banking/*']),
  'for every port': (all) => delete named(all, 'AuthorizationPolicy', 'web').spec.rules[0].to[0].operation.ports,
});

ruleTrap(rule(29), bank, {
  beta: (all) => (named(all, 'VirtualService', 'web').apiVersion = 'networking.istio.io/v1beta1'),
  'an old field': (all) => (named(all, 'VirtualService', 'web').spec.http[0].mirrorPercent = 3),
});
