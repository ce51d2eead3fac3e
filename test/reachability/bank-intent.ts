/**
 * What the bank means to allow, written down a second time by hand: the tests hold the rendered policies against this
 * table, not against the library's own model.
 */
export interface IntendedEdge {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  /** Requests that are let through: methods and sample paths. Undefined for ports that carry bytes. */
  readonly allows?: { readonly methods: readonly string[]; readonly paths: readonly string[] };
}

const LOANS = 'banking/enterprise-loan-system';
const ALL = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'];

export const EDGES: readonly IntendedEdge[] = [
  {
    from: 'banking/web',
    to: LOANS,
    port: 8080,
    allows: { methods: ['GET', 'POST'], paths: ['/api/v1/loans', '/api/v1/loans/7'] },
  },
  { from: 'banking/web', to: 'banking/accounts', port: 8080, allows: { methods: ['GET'], paths: ['/api/v1/accounts/7'] } },
  { from: LOANS, to: 'banking/accounts', port: 8080, allows: { methods: ['GET'], paths: ['/api/v1/accounts/7'] } },
  { from: LOANS, to: 'banking/payments', port: 8080, allows: { methods: ['POST'], paths: ['/api/v1/transfers'] } },
  { from: 'banking/accounts', to: 'banking-data/postgres', port: 5432 },
  { from: 'banking/payments', to: 'banking-data/postgres', port: 5432 },
  { from: LOANS, to: 'banking-data/postgres', port: 5432 },
  { from: LOANS, to: 'banking-data/redis', port: 6379 },
  { from: 'banking/web', to: 'banking-data/redis', port: 6379 },
  {
    from: 'istio-ingress/gateway',
    to: 'banking/web',
    port: 8080,
    allows: { methods: ['GET', 'HEAD'], paths: ['/', '/index.html', '/api/v1/loans'] },
  },
  {
    from: 'istio-ingress/gateway',
    to: LOANS,
    port: 8080,
    allows: { methods: ALL, paths: ['/api/v1/loans', '/api/v1/loans/7', '/api/v1/payments', '/api/v1/payments/7'] },
  },
  {
    from: 'istio-ingress/gateway',
    to: 'banking/accounts',
    port: 8080,
    allows: { methods: ['GET'], paths: ['/api/v1/accounts', '/api/v1/accounts/7'] },
  },
];

/** Requests that are tried on every HTTP port: what somebody may do, what nobody may, and ways around. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'];
export const PATHS = [
  ...['/', '/index.html', '/api/v1/loans', '/api/v1/loans/7', '/api/v1/loansharks', '/api/v1/payments', '/api/v1/payments/7'],
  ...['/api/v1/accounts', '/api/v1/accounts/7', '/api/v1/transfers', '/api/v1/transfers/7', '/api/v2'],
  ...['/actuator', '/actuator/heapdump', '/actuator;x/env', '//actuator/env', '/;/actuator/env'],
];
