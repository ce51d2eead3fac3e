import type { Intent } from '../support/flagger';
import { WORLD } from './office';

const PAY = ['/pay', '/pay/7', '/pay/health'];

/** Who may ask whom for what in the office, said a second time by hand. */
export const INTENT: Intent = {
  edges: [
    {
      from: 'vaults/teller',
      to: 'vaults/payments',
      port: 8081,
      targetPort: 8087,
      allows: { methods: ['GET', 'POST'], paths: PAY },
    },
    {
      from: 'edge/gateway',
      to: 'vaults/payments',
      host: 'bank.example.com',
      port: 443,
      targetPort: 8087,
      allows: { methods: ['GET'], paths: PAY },
    },
    {
      from: 'trials/loadtester',
      to: 'vaults/payments',
      port: 8081,
      targetPort: 8087,
      allows: { methods: ['GET'], paths: ['/pay/health'] },
    },
    {
      from: 'vaults/payments',
      to: 'vaults/ledger',
      port: 8081,
      targetPort: 8087,
      allows: { methods: ['POST'], paths: ['/entries'] },
    },
  ],
  alsoTried: { methods: ['DELETE'], paths: ['/', '/actuator/heapdump'] },
  world: WORLD,
  flagger: 'flagger-system/flagger',
};
