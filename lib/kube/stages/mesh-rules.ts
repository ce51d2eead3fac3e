import { isMap, type Manifest } from '../manifest';
import { at, maps, type Rule, weaker } from './rule';

/** The place in an order from weak to strict. Whatever is not named counts as the weakest. */
function rank(order: readonly unknown[], value: unknown): number {
  return Math.max(0, order.indexOf(value));
}

const MTLS = ['DISABLE', 'PERMISSIVE', 'STRICT'];

/** UNSET takes the mode of the mesh, which the manifests do not show: it counts as the weakest. */
const mtls: Rule = (s, p) => {
  const mode = (o: Manifest): unknown => at(o, 'spec', 'mtls', 'mode');
  return rank(MTLS, mode(p)) < rank(MTLS, mode(s)) ? [weaker('mtls.mode', mode(p), mode(s))] : [];
};

/** A port without a mode of its own has that of the whole, so those count that either of them names. */
const portMtls: Rule = (s, p) => {
  const named = [s, p].map((o) => at(o, 'spec', 'portLevelMtls')).filter(isMap);
  return [...new Set(named.flatMap(Object.keys))].flatMap((port) => {
    const mode = (o: Manifest): unknown => at(o, 'spec', 'portLevelMtls', port, 'mode') ?? at(o, 'spec', 'mtls', 'mode');
    const is = rank(MTLS, mode(p));
    return is < rank(MTLS, mode(s)) ? [weaker(`portLevelMtls.${port}.mode`, mode(p), mode(s))] : [];
  });
};

/** Without a policy, Istio lets everything out. */
const outbound: Rule = (s, p) => {
  const mode = (o: Manifest): unknown => at(o, 'spec', 'outboundTrafficPolicy', 'mode');
  return mode(s) === 'REGISTRY_ONLY' && mode(p) !== 'REGISTRY_ONLY'
    ? [weaker('outboundTrafficPolicy.mode', mode(p) ?? 'ALLOW_ANY', 'REGISTRY_ONLY')]
    : [];
};

const ACTIONS = ['AUDIT', 'CUSTOM', 'ALLOW', 'DENY'];

const action: Rule = (s, p) => {
  const of = (o: Manifest): unknown => at(o, 'spec', 'action') ?? 'ALLOW';
  return rank(ACTIONS, of(p)) < rank(ACTIONS, of(s)) ? [weaker('action', of(p), of(s))] : [];
};

/** A rule that names neither who, nor what, nor when lets everybody do everything. */
const unrestrictedRule: Rule = (s, p) => {
  const open = (o: Manifest): boolean =>
    (at(o, 'spec', 'action') ?? 'ALLOW') === 'ALLOW' &&
    maps(at(o, 'spec', 'rules')).some((r) => ['from', 'to', 'when'].every((part) => maps(r[part]).length === 0));
  return open(p) && !open(s)
    ? ['it has a rule without from, to and when, which allows everybody, and staging has none; restrict it']
    : [];
};

const jwtRules: Rule = (s, p) => {
  const count = (o: Manifest): number => maps(at(o, 'spec', 'jwtRules')).length;
  return count(s) > 0 && count(p) === 0 ? ['it has no jwtRules, but staging has; add them'] : [];
};

/** TLS_AUTO, the default, is 1.2 at a gateway: https://istio.io/latest/docs/reference/config/networking/gateway/ */
const VERSIONS = ['TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3'];

function version(server: Record<string, unknown>): string {
  const given = at(server, 'tls', 'minProtocolVersion');
  return typeof given === 'string' && given !== 'TLS_AUTO' ? given : 'TLSV1_2';
}

/** PASSTHROUGH ends the connection at the workload, so nothing but "encrypted" is known of it: like SIMPLE. */
const MODES: Readonly<Record<string, number>> = {
  SIMPLE: 1,
  PASSTHROUGH: 1,
  AUTO_PASSTHROUGH: 1,
  OPTIONAL_MUTUAL: 2,
  MUTUAL: 3,
  ISTIO_MUTUAL: 3,
};

const gatewayVersion: Rule = (s, p) =>
  byPort(s, p, (staging, production) => {
    const tls = (servers: Servers): string[] => servers.filter((x) => x.tls !== undefined).map(version);
    const rankOf = (one: string): number => VERSIONS.indexOf(one);
    const [was, is] = [lowest(tls(staging), rankOf), lowest(tls(production), rankOf)];
    return was && is && rankOf(is) < rankOf(was) ? weaker('tls.minProtocolVersion', is, was) : undefined;
  });

const gatewayMode: Rule = (s, p) =>
  byPort(s, p, (staging, production) => {
    const rankOf = (mode: unknown): number => MODES[String(mode)] ?? 0;
    const weakest = (servers: Servers): unknown =>
      lowest(
        servers.map((x) => at(x, 'tls', 'mode')),
        rankOf,
      );
    const [was, is] = [weakest(staging), weakest(production)];
    return rankOf(is) < rankOf(was) ? weaker('tls.mode', is, was) : undefined;
  });

const gatewayRedirect: Rule = (s, p) =>
  byPort(s, p, (staging, production) => {
    const redirects = (x: Record<string, unknown>): boolean => at(x, 'tls', 'httpsRedirect') === true;
    return staging.every(redirects) && !production.every(redirects) ? weaker('tls.httpsRedirect', false, true) : undefined;
  });

type Servers = readonly Record<string, unknown>[];

/** Hosts differ between environments, so servers are matched by port, and the weakest of each side is compared. */
function byPort(s: Manifest, p: Manifest, compare: (staging: Servers, production: Servers) => string | undefined): string[] {
  const servers = (o: Manifest): Servers => maps(at(o, 'spec', 'servers'));
  const ports = new Set(servers(s).map((x) => at(x, 'port', 'number')));
  return [...ports].flatMap((port) => {
    const on = (o: Manifest): Servers => servers(o).filter((x) => at(x, 'port', 'number') === port);
    const found = on(p).length > 0 ? compare(on(s), on(p)) : undefined;
    return found === undefined ? [] : [`port ${String(port)}: ${found}`];
  });
}

/** The first of those that rank lowest. A sort would put what is undefined last, whatever its rank. */
function lowest<T>(values: readonly T[], rankOf: (value: T) => number): T | undefined {
  const ranks = values.map(rankOf);
  return values[ranks.indexOf(Math.min(...ranks))];
}

export const PEER_AUTHENTICATION_RULES: readonly Rule[] = [mtls, portMtls];
export const SIDECAR_RULES: readonly Rule[] = [outbound];
export const AUTHORIZATION_POLICY_RULES: readonly Rule[] = [action, unrestrictedRule];
export const REQUEST_AUTHENTICATION_RULES: readonly Rule[] = [jwtRules];
export const GATEWAY_RULES: readonly Rule[] = [gatewayVersion, gatewayMode, gatewayRedirect];
