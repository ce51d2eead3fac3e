import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { ConfigError, Problems, called, show } from '../kernel/errors';
import { dnsLabel, dnsSubdomain, hostName } from '../kernel/names';
import { ANYTHING, FLAG, PARSED, TEXT, either, fitProps, listOf, madeBy, oneOf, propsOf, type Shapes } from '../kernel/shape';
import { ZeroTrustNamespace } from '../zero-trust/zero-trust-namespace';
import { GatewayTls, TlsVersion } from './tls';

/** An issuer of cert-manager. */
export interface IssuerRef {
  readonly name: string;
  /** `Issuer` looks into the gateway's namespace. @default 'ClusterIssuer' */
  readonly kind?: 'ClusterIssuer' | 'Issuer';
}

export interface MeshGatewayProps {
  /** Hosts that it serves, `*.example.com` included where the issuer signs such names. */
  readonly hosts: readonly string[];
  /** The cert-manager issuer of its certificate, a ClusterIssuer when only named. @default - none; then `certificateSecret` names the Secret */
  readonly issuer?: string | IssuerRef;
  /** A Secret of type TLS in the gateway's namespace that exists already, instead of an issuer. @default - `<namespace>-<gateway>-tls`, made by cert-manager */
  readonly certificateSecret?: string;
  /** Where the Gateway and its routes live. @default - the one ZeroTrustNamespace of the chart */
  readonly namespace?: ZeroTrustNamespace;
  /** Name of the Gateway and its objects. @default - the construct id */
  readonly name?: string;
  /** @default GatewayTls.simple() */
  readonly tls?: GatewayTls;
  /** @default TlsVersion.V1_2 */
  readonly minTlsVersion?: TlsVersion;
  /** Send plain requests on port 80 to https. @default true */
  readonly redirect?: boolean;
  /** Tell browsers to use https only, for so many seconds; 0 says nothing. @default 31536000, a year */
  readonly hstsSeconds?: number;
}

const PROPS: Shapes<MeshGatewayProps> = {
  hosts: listOf(ANYTHING),
  issuer: either(TEXT, propsOf<IssuerRef>({ name: ANYTHING, kind: oneOf('ClusterIssuer', 'Issuer') })),
  certificateSecret: PARSED,
  namespace: madeBy(ZeroTrustNamespace, 'new ZeroTrustNamespace(chart, id, { … })'),
  name: PARSED,
  tls: madeBy(GatewayTls, 'GatewayTls.simple() or GatewayTls.mutual({ … })'),
  minTlsVersion: PARSED,
  redirect: FLAG,
  hstsSeconds: PARSED,
};

/** The props with every default filled in. */
export interface GatewayModel {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly issuer?: Required<IssuerRef>;
  /** The Secret with the certificate, in the namespace of the gateway's pods. */
  readonly credential: string;
  readonly tls: GatewayTls;
  readonly minTlsVersion: TlsVersion;
  readonly redirect: boolean;
  readonly hstsSeconds: number;
}

/** Validates the props and fills in the defaults. @throws ConfigError that lists every problem. */
export function resolveGateway(
  scope: Construct,
  name: string,
  given: MeshGatewayProps,
): { readonly model: GatewayModel; readonly home: ZeroTrustNamespace } {
  const problems = new Problems(called('gateway', name));
  const props = fitProps(given, PROPS, problems);
  const hosts = props.hosts ?? [];
  // A delegate is called <service>-<gateway>, which must still be a name.
  problems.take(() => dnsLabel(name, 40), undefined, 'name');
  problems.check(
    hosts.length > 0 || (given.hosts !== undefined && !Array.isArray(given.hosts)),
    'is empty; name the hosts that the gateway serves',
    'hosts',
  );
  for (const host of hosts) problems.take(() => hostName(host, true), undefined, 'hosts');
  const twice = hosts.find((host, i) => hosts.indexOf(host) !== i);
  if (twice) problems.add(`${show(twice)} is named twice; name it once`, 'hosts');
  const issuer = typeof props.issuer === 'string' ? { name: props.issuer } : props.issuer;
  problems.check(
    (given.issuer === undefined) !== (given.certificateSecret === undefined),
    'needs a certificate from one place: give either issuer or certificateSecret',
    'issuer',
  );
  if (issuer) problems.take(() => dnsSubdomain(issuer.name), undefined, 'issuer');
  if (props.certificateSecret !== undefined)
    problems.take(() => dnsSubdomain(props.certificateSecret!), undefined, 'certificateSecret');
  const tls = props.tls ?? GatewayTls.simple();
  tls.validate(problems);
  const minTlsVersion = props.minTlsVersion ?? TlsVersion.V1_2;
  problems.check(
    Object.values(TlsVersion).includes(minTlsVersion),
    `${show(minTlsVersion)} is not safe; use TlsVersion.V1_2 or V1_3`,
    'minTlsVersion',
  );
  const hstsSeconds = props.hstsSeconds ?? 31536000;
  problems.check(
    Number.isInteger(hstsSeconds) && hstsSeconds >= 0,
    `${show(hstsSeconds)} must be a whole number of seconds from 0 on`,
    'hstsSeconds',
  );
  problems.throwIfAny();
  const home = props.namespace ?? namespaceOf(scope, name);
  const model: GatewayModel = {
    name,
    hosts: [...hosts],
    issuer: issuer && { name: issuer.name, kind: issuer.kind ?? 'ClusterIssuer' },
    // The namespace of the gateway's pods is shared with other teams, and their gateways may be called the same.
    credential: props.certificateSecret ?? `${home.name}-${name}-tls`,
    tls,
    minTlsVersion,
    redirect: props.redirect ?? true,
    hstsSeconds,
  };
  return { model, home };
}

/** The only ZeroTrustNamespace of the chart. @throws ConfigError when there is none, or a choice. */
export function namespaceOf(scope: Construct, name: string): ZeroTrustNamespace {
  const found = Chart.of(scope)
    .node.findAll()
    .filter((one): one is ZeroTrustNamespace => one instanceof ZeroTrustNamespace);
  if (found.length === 1) return found[0]!;
  const names = found.map((one) => one.name).join(', ');
  const what = found.length
    ? `the chart has the namespaces ${names}; say with namespace which one the gateway's objects live in`
    : 'the chart has no ZeroTrustNamespace before it; make one first, or name one with namespace';
  throw new ConfigError([{ where: name, what }]);
}
