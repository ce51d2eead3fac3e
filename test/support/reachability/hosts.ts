/* Names that may begin with a star: pkg/config/host/name.go. */

export function isWild(host: string): boolean {
  return host.startsWith('*');
}

/** Is every name that `host` stands for covered by `other`? */
export function subsetOf(host: string, other: string): boolean {
  if (isWild(host)) {
    return isWild(other) && host.length >= other.length && host.slice(1).endsWith(other.slice(1));
  }
  return isWild(other) ? host.endsWith(other.slice(1)) : host === other;
}

/** Have the two names anything in common? */
export function overlaps(host: string, other: string): boolean {
  return subsetOf(host, other) || subsetOf(other, host);
}

/** The most specific of the candidates that cover the host: an exact one, else the longest wildcard. */
export function mostSpecific<T>(host: string, candidates: readonly T[], nameOf: (candidate: T) => string): T | undefined {
  return candidates
    .filter((candidate) => subsetOf(host, nameOf(candidate)))
    .sort((a, b) => Number(isWild(nameOf(a))) - Number(isWild(nameOf(b))) || nameOf(b).length - nameOf(a).length)[0];
}

/** A short host in Istio's configuration means a Service of that object's own namespace (model/config.go, ResolveShortnameToFQDN). */
export function fullyQualified(host: string, namespace: string, clusterDomain: string): string {
  return host.includes('.') || isWild(host) ? host : `${host}.${namespace}.svc.${clusterDomain}`;
}

/** exportTo: `*` everybody, `~` nobody, `.` the own namespace; nothing said is everybody (push_context.go, initServiceRegistry). */
export function exported(exportTo: readonly string[] | undefined, own: string, to: string): boolean {
  const targets = exportTo === undefined || exportTo.length === 0 ? ['*'] : exportTo;
  if (targets.includes('*')) {
    return true;
  }
  return !targets.includes('~') && ((targets.includes('.') && own === to) || targets.includes(to));
}
