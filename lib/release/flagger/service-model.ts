import { Duration } from 'cdk8s';
import { type Problems, show } from '../../kernel/errors';
import { MAX_WORKLOAD_NAME, dnsLabel, hostName, portNumber } from '../../kernel/names';
import { isReason } from '../../kernel/reason';
import { resolveRetries } from '../../traffic/retries';
import type { CanaryServiceModel } from './canary-model';
import { corsProblems, headersProblems, matchProblems, metadataProblems } from './service-problems';
import { type CanaryServiceProps, MESH_ONLY, REQUESTS_ONLY } from './service-props';
import type { At } from './shift';
import { trafficPolicyProblems } from './traffic-policy-problems';

/** What the service of a standalone canary belongs to. */
export interface ServiceFacts {
  readonly target: string;
  readonly namespace: string;
  readonly clusterDomain: string;
  readonly port: number;
  readonly provider: 'istio' | 'kubernetes';
}

const MESH = 'mesh';

/** Validates the props and fills in the defaults. */
export function resolveCanaryService(
  props: CanaryServiceProps,
  facts: ServiceFacts,
  problems: Problems,
  at: At,
): CanaryServiceModel {
  const { name = facts.target, appProtocol = 'http', match, gateways = [], hosts = [], delegation = false } = props;
  const { targetPort = facts.port, portName = appProtocol } = props;
  if (props.name !== undefined) problems.take(() => dnsLabel(name, MAX_WORKLOAD_NAME), '', at('name'));
  problems.take(() => portNumber(facts.port), 0, 'port');
  if (props.targetPort !== undefined) {
    problems.take(
      () => (typeof targetPort === 'number' ? portNumber(targetPort) : dnsLabel(targetPort, 15)),
      0,
      at('targetPort'),
    );
  }
  problems.take(() => dnsLabel(portName), '', at('portName'));
  const protocol = portName.split('-')[0]!;
  problems.check(
    protocol === appProtocol || (protocol === 'grpc' && appProtocol === 'http2'),
    `${show(portName)} says ${protocol}, and appProtocol ${appProtocol}; Istio and people read both: start it with "${appProtocol}"`,
    at('portName'),
  );
  const mesh = facts.provider === 'istio';
  for (const prop of mesh ? [] : MESH_ONLY) {
    problems.check(
      props[prop] === undefined,
      "needs a mesh, and provider 'kubernetes' makes Services only; leave it out",
      at(prop),
    );
  }
  const bytes = appProtocol === 'tcp';
  for (const prop of mesh && bytes ? [...REQUESTS_ONLY, 'match' as const] : []) {
    problems.check(props[prop] === undefined, 'is about requests, and the port speaks bytes; leave it out', at(prop));
  }
  routingProblems(props, name, facts, problems, at);
  if (match) matchProblems(match, [...gateways, ...(gateways.length ? [] : [MESH])], problems, at);
  if (props.headers) headersProblems(props.headers, problems, at);
  if (props.corsPolicy) corsProblems(props.corsPolicy, problems, at('corsPolicy'));
  if (props.trafficPolicy) trafficPolicyProblems(props.trafficPolicy, problems, (prop) => at(`trafficPolicy.${prop}`));
  const { apex, primary, canary, unmanagedMetadata, corsPolicy, rewrite } = props;
  metadataProblems({ apex, primary, canary }, unmanagedMetadata, problems, at);
  problems.check(
    rewrite === undefined || rewrite.uri !== undefined || rewrite.authority !== undefined,
    'changes nothing; give uri or authority, or leave it out',
    at('rewrite'),
  );

  const requests = mesh && !bytes;
  const timeoutMs = (props.timeout ?? Duration.seconds(10)).toMilliseconds();
  problems.check(timeoutMs > 0, 'must be above zero; without one a caller waits for ever', at('timeout'));
  return {
    name,
    port: facts.port,
    portName,
    targetPort,
    appProtocol,
    portDiscovery: props.portDiscovery ?? false,
    headless: props.headless ?? false,
    trafficDistribution: props.trafficDistribution,
    delegation,
    hosts,
    gateways,
    match,
    rewrite,
    timeoutMs: requests ? timeoutMs : undefined,
    // Without any, Istio retries every method on more conditions than are safe.
    retries: requests
      ? resolveRetries(props.retries ?? {}, props.idempotent ?? false, timeoutMs, problems, at('retries'))
      : undefined,
    headers: props.headers,
    cors: corsPolicy && { ...corsPolicy, maxAge: corsPolicy.maxAge?.toSeconds({ integral: false }) },
    trafficPolicy: props.trafficPolicy,
    apex,
    primary,
    canary,
    unmanaged: unmanagedMetadata,
  };
}

/** Hosts, gateways and delegation: who comes to the canary, and who would go past it. */
function routingProblems(props: CanaryServiceProps, name: string, facts: ServiceFacts, problems: Problems, at: At): void {
  const { hosts = [], gateways = [], delegation, match, rewrite, acceptInMesh } = props;
  const { namespace, clusterDomain } = facts;
  const own = [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.${clusterDomain}`];
  for (const host of hosts) {
    if (own.includes(host)) problems.add(`${show(host)} is the Service itself, which Flagger adds; leave it out`, at('hosts'));
    else problems.take(() => hostName(host, true), '', at('hosts'));
  }
  const twice = hosts.find((host, i) => hosts.indexOf(host) !== i);
  if (twice !== undefined) problems.add(`${show(twice)} is named twice; name it once`, at('hosts'));
  for (const gateway of gateways.filter((one) => one !== MESH)) {
    const [ns, local, ...more] = gateway.includes('/') ? gateway.split('/') : [namespace, gateway];
    problems.take(() => dnsLabel(ns!), '', at('gateways'));
    problems.take(() => dnsLabel([local, ...more].join('/')), '', at('gateways'));
  }
  // https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/istio.go (reconcileVirtualService)
  problems.check(
    !delegation || (hosts.length === 0 && gateways.length === 0),
    'takes what root VirtualServices delegate, and Flagger refuses hosts and gateways beside it; name them in the root',
    at('delegation'),
  );
  problems.check(
    gateways.length === 0 || gateways.includes(MESH),
    `[${gateways.join(', ')}] leaves callers in the mesh out, who would go past the canary; add 'mesh'`,
    at('gateways'),
  );
  problems.check(
    gateways.length === 0 || gateways.every((one) => one === MESH) || hosts.length > 0,
    'is empty, and a gateway serves hosts by name; name them',
    at('hosts'),
  );
  const shared = (['match', 'rewrite'] as const).filter((prop) => props[prop] !== undefined);
  const both = gateways.includes(MESH) && gateways.length > 1 && (match !== undefined || rewrite !== undefined);
  problems.check(
    !both || isReason(acceptInMesh),
    `${shared.join(' and ')} ${shared.length > 1 ? 'hold' : 'holds'} for callers in the mesh too, since Flagger has one set of routes; ` +
      `say in acceptInMesh why that is right, or use delegation: true with a root VirtualService for the gateway`,
    at(shared[0] ?? 'match'),
  );
  problems.check(acceptInMesh === undefined || both, 'has nothing to accept; leave it out', at('acceptInMesh'));
}
