import type {
  CertificateSpec,
  CertificateSpecPrivateKeyAlgorithm,
  CertificateSpecPrivateKeyRotationPolicy,
  CertificateSpecUsages,
} from '../../../imports/cert-manager.io';
import type {
  GatewaySpec,
  GatewaySpecServersTlsMinProtocolVersion,
  GatewaySpecServersTlsMode,
  VirtualServiceSpec,
} from '../../../imports/networking.istio.io';
import { httpRoutes, matches } from '../../traffic/resources/http-routes';
import type { Delegation } from '../../traffic/routable';
import { type RouteCondition, inOrder } from '../../traffic/route-condition';
import type { GatewayModel } from '../model';

/** What the gateway's pods listen for. `./` ties each host to routes of the Gateway's own namespace. */
export function gateway(model: GatewayModel, selector: Readonly<Record<string, string>>): GatewaySpec {
  const hosts = model.hosts.map((host) => `./${host}`);
  return {
    selector: { ...selector },
    servers: [
      {
        port: { number: 443, name: 'https', protocol: 'HTTPS' },
        hosts,
        tls: {
          mode: model.tls.mode as GatewaySpecServersTlsMode,
          credentialName: model.credential,
          caCertCredentialName: model.tls.clientCa,
          subjectAltNames: model.tls.clientNames && [...model.tls.clientNames],
          minProtocolVersion: model.minTlsVersion as string as GatewaySpecServersTlsMinProtocolVersion,
        },
      },
      ...(model.redirect ? [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts, tls: { httpsRedirect: true } }] : []),
    ],
  };
}

/** The certificate, in the namespace of the gateway's pods: there alone can they read its Secret. */
export function certificate(model: GatewayModel): CertificateSpec {
  return {
    secretName: model.credential,
    dnsNames: [...model.hosts],
    issuerRef: { group: 'cert-manager.io', ...model.issuer! },
    // A new key with every renewal: a stolen one is worth nothing after it.
    privateKey: {
      algorithm: 'ECDSA' as CertificateSpecPrivateKeyAlgorithm,
      size: 256,
      rotationPolicy: 'Always' as CertificateSpecPrivateKeyRotationPolicy,
    },
    usages: ['digital signature', 'server auth'] as string[] as CertificateSpecUsages[],
  };
}

/** One route of the gateway. */
export interface GatewayRoute {
  readonly condition: RouteCondition;
  readonly delegate: Delegation;
}

/** The root of the hosts' routes: it tells services apart, and each service says the rest in a VirtualService of its own. */
export function rootVirtualService(model: GatewayModel, namespace: string, routes: readonly GatewayRoute[]): VirtualServiceSpec {
  const sorted = [...routes].sort((a, b) => inOrder(a.condition, b.condition));
  const hsts = model.hstsSeconds
    ? { response: { set: { 'strict-transport-security': `max-age=${model.hstsSeconds}` } } }
    : undefined;
  return {
    hosts: [...model.hosts],
    gateways: [`${namespace}/${model.name}`],
    http: sorted.flatMap(({ condition, delegate: { routes, name, namespace } }) => {
      const delegate = { name, namespace };
      if (routes) return httpRoutes(routes, delegate, { within: condition }).map((one) => ({ ...one, headers: hsts }));
      const match = matches(condition, true);
      return [{ match: match.length ? match : undefined, headers: hsts, delegate }];
    }),
  };
}
