import { type Json, type Objects, kinds, walk } from './objects';
import { type Rule, ruleOf } from './rule';

const of =
  (...wanted: readonly string[]) =>
  (objects: Objects): Json[] =>
    kinds(objects, ...wanted);

const DEPRECATED = ['consecutiveErrors', 'mirrorPercent', 'warmupDurationSecs', 'minimumRingSize', 'mirror_percent'];

function count(one: Json, hit: (at: Json) => boolean): number {
  let hits = 0;
  walk(one, (at) => (hits += hit(at) ? 1 : 0));
  return hits;
}

/** Whether pods are ejected by consecutive failures, and never all of them. */
export function ejects(outlierDetection: Json | undefined): boolean {
  return (
    (outlierDetection?.consecutive5xxErrors ?? outlierDetection?.consecutiveGatewayErrors) > 0 &&
    outlierDetection!.maxEjectionPercent < 100
  );
}

const saysHowItRetries = ({ retries, timeout, delegate, redirect }: Json): boolean =>
  delegate ||
  redirect ||
  (timeout && retries && (retries.attempts === 0 || /^[a-z0-9-]+(,[a-z0-9-]+)*$/.test(String(retries.retryOn))));

/** A namespace of ours: closed both ways, strict, allows nothing, knows nobody and admits the restricted only. */
function isClosed({ metadata: { name, labels } }: Json, objects: Objects): boolean {
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
}

const namesIdentities = ({ from, to }: Json): boolean =>
  from?.every(({ source }: Json) => source.principals?.every((one: string) => /^[^*]+\/ns\/[^*]+\/sa\/[^*]+$/.test(one))) &&
  to?.every(({ operation }: Json) => operation.ports?.length === 1);

export const MESH: readonly Rule[] = [
  ruleOf(17, 'pods are ejected by consecutive 5xx, and never all of them', of('DestinationRule'), ({ spec }) =>
    ejects(spec.trafficPolicy?.outlierDetection as Json | undefined),
  ),
  ruleOf(18, 'every route says how it retries, in a list without blanks', of('VirtualService'), ({ spec }) =>
    ((spec.http ?? []) as Json[]).every(saysHowItRetries),
  ),
  ruleOf(21, 'mutual TLS is nowhere disabled', of('PeerAuthentication', 'DestinationRule', 'Deployment'), (one) => {
    if (one.kind === 'Deployment') return one.spec.template.metadata.labels['sidecar.istio.io/inject'] === undefined;
    if (one.kind === 'DestinationRule') return count(one.spec as Json, ({ tls }) => tls && tls.mode !== 'ISTIO_MUTUAL') === 0;
    return count(one, ({ mode }) => mode !== undefined && mode !== 'STRICT') === 0;
  }),
  ruleOf(
    27,
    'a namespace is closed both ways, strict, allows nothing, knows nobody and admits the restricted only',
    of('Namespace'),
    isClosed,
  ),
  ruleOf(28, 'whoever is allowed is named by identity, and for a port', of('AuthorizationPolicy'), ({ spec }) =>
    ((spec?.rules ?? []) as Json[]).every(namesIdentities),
  ),
  ruleOf(
    29,
    'Istio by its v1 API, and without fields that are deprecated',
    (objects) => objects,
    (one) =>
      (!String(one.apiVersion).includes('.istio.io/') || String(one.apiVersion).endsWith('/v1')) &&
      count(one, (at) => DEPRECATED.some((key) => key in at)) === 0,
  ),
];
