/** The identity that a workload shows to others, as Istio's policies write it (SPIFFE without the scheme). */
export function principal(trustDomain: string, namespace: string, serviceAccount: string): string {
  return `${trustDomain}/ns/${namespace}/sa/${serviceAccount}`;
}

/** The fully qualified name of a Service. Short names resolve against the namespace of the rule, which surprises. */
export function serviceHost(name: string, namespace: string, clusterDomain: string): string {
  return `${name}.${namespace}.svc.${clusterDomain}`;
}
