import type { Intent, IntendedEdge } from '../support/flagger';
import { WORLD } from './bank-world';

/**
 * What the bank means to allow, written down a second time by hand: the tests hold the rendered policies against this
 * table, not against the library's own model.
 */
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
  // Flagger and its load tester, which asks nobody but the new version.
  {
    from: 'banking/load-tester',
    to: 'banking/payments',
    host: 'payments-canary.banking.svc.cluster.local',
    newVersionOnly: true,
    port: 8080,
    allows: { methods: ['GET'], paths: ['/api/v1/transfers/limits'] },
  },
  {
    from: 'flagger-system/flagger',
    to: 'banking/load-tester',
    port: 8080,
    allows: { methods: ['POST'], paths: ['/', '/rollback/check', '/rollback/close'] },
  },
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
  ...[
    '/api/v1/accounts',
    '/api/v1/accounts/7',
    '/api/v1/transfers',
    '/api/v1/transfers/7',
    '/api/v1/transfers/limits',
    '/api/v2',
  ],
  ...['/rollback/check', '/rollback/close', '/gate/open'],
  ...['/actuator', '/actuator/heapdump', '/actuator;x/env', '//actuator/env', '/;/actuator/env'],
];

/** At the gateway, customers ask by the host of the bank, and its routes tell who answers. */
const asCustomersDial = (edge: IntendedEdge): IntendedEdge =>
  edge.from === 'istio-ingress/gateway'
    ? {
        ...edge,
        host: 'banking.enterprise.com',
        port: 443,
        targetPort: 8080,
        allows: {
          methods: edge.allows!.methods,
          paths: edge.allows!.paths.filter((path) => edge.to !== 'banking/web' || !path.startsWith('/api')),
        },
      }
    : edge;

export const INTENT: Intent = {
  edges: EDGES.map(asCustomersDial),
  alsoTried: { methods: METHODS, paths: PATHS },
  world: WORLD,
  flagger: 'flagger-system/flagger',
};
