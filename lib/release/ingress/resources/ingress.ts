import type { k8s } from 'cdk8s-plus-28';

/** One host and path, and the Service that it leads to. */
export interface IngressRoute {
  readonly className: string;
  readonly host: string;
  readonly path: string;
  readonly tlsSecret: string;
  readonly service: string;
  readonly port: number;
}

/** https://kubernetes.io/docs/concepts/services-networking/ingress/ */
export function ingress({ className, host, path, tlsSecret, service, port }: IngressRoute): k8s.IngressSpec {
  return {
    ingressClassName: className,
    tls: [{ hosts: [host], secretName: tlsSecret }],
    rules: [
      {
        host,
        http: { paths: [{ path, pathType: 'Prefix', backend: { service: { name: service, port: { number: port } } } }] },
      },
    ],
  };
}
