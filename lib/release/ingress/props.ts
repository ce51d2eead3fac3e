import type { ICaller } from '../../contracts/peer';
import { type Problems, show } from '../../kernel/errors';
import { isLabelKey } from '../../kernel/labels';
import { dnsSubdomain, hostName } from '../../kernel/names';
import { ANYTHING, PARSED, TEXT, mapOf, propsOf, type Shape, withMethods } from '../../kernel/shape';
import { conditionProblems } from '../../traffic/route-problems';

/** The door of a cluster that is no part of the mesh. */
export interface IngressProps {
  /** The IngressClass of the controller. */
  readonly className: string;
  /** The host that customers use. */
  readonly host: string;
  /** The path, and everything below it. @default '/' */
  readonly path?: string;
  /** The ClusterIssuer of cert-manager that signs the hosts' certificates. @default - none; then `tlsSecret` names the Secret */
  readonly issuer?: string;
  /** A Secret of type TLS in the service's namespace that exists already. @default - `<service>-tls`, made by cert-manager */
  readonly tlsSecret?: string;
  /**
   * A host of its own for the colour that comes, while it is staged. There is no other way to try it, since an Ingress has one
   * backend for a path.
   * @default - none
   */
  readonly previewHost?: string;
  /** Annotations for the controller. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * The controller's pods, which are let in to the service: a `ForeignWorkload`. With a proxy (the default) it shows its
   * identity. One that has none (`inMesh: false`) speaks plain text, so the port must be one of the service's
   * `mtlsExceptions`, with a reason.
   */
  readonly controller: ICaller;
}

export const INGRESS: Shape = propsOf<IngressProps>({
  className: ANYTHING,
  host: ANYTHING,
  path: ANYTHING,
  issuer: PARSED,
  tlsSecret: PARSED,
  previewHost: PARSED,
  annotations: mapOf(TEXT),
  controller: withMethods('new ForeignWorkload({ … })', 'recordEgress'),
});

/** Annotations that the issuer is named by. */
const CERT_MANAGER = /^cert-manager\.io\/(cluster-)?issuer/;

/** Adds what is wrong with the door itself. */
export function ingressProblems(problems: Problems, props: IngressProps): void {
  const { className, host, path, issuer, tlsSecret, previewHost, annotations, controller } = props;
  const at = (prop: string) => `release.ingress.${prop}`;
  problems.take(() => dnsSubdomain(className), '', at('className'));
  problems.take(() => hostName(host), '', at('host'));
  if (previewHost !== undefined) problems.take(() => hostName(previewHost), '', at('previewHost'));
  problems.check(
    previewHost === undefined || previewHost !== host,
    `${show(previewHost)} is the customers' host; give the preview one of its own`,
    at('previewHost'),
  );
  conditionProblems({ path: path ?? '/' }).forEach((what) => problems.add(what, at('path')));
  problems.check(
    (issuer === undefined) !== (tlsSecret === undefined),
    'needs a certificate from one place: give either issuer or tlsSecret',
    at('issuer'),
  );
  if (issuer !== undefined) problems.take(() => dnsSubdomain(issuer), '', at('issuer'));
  if (tlsSecret !== undefined) problems.take(() => dnsSubdomain(tlsSecret), '', at('tlsSecret'));
  for (const key of Object.keys(annotations ?? {})) {
    problems.check(
      isLabelKey(key),
      `${show(key)} is not an annotation key; use [prefix/]name with up to 63 characters`,
      at('annotations'),
    );
    problems.check(!CERT_MANAGER.test(key), `${key} is what issuer says; leave it out`, at('annotations'));
  }
  problems.check(
    controller !== undefined,
    "is missing, so that nobody is let in; name the controller's pods with new ForeignWorkload({ … })",
    at('controller'),
  );
}
