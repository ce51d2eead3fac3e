import type { BankingServiceProps } from 'cdk8s-banking';

/** A prop of a service that is wrong by itself, and how the message speaks of it. */
export interface Mistake {
  readonly prop: keyof BankingServiceProps | 'replica';
  readonly value: unknown;
  readonly said: RegExp;
}

/** Each about another prop, so that several can be made at once. */
export const MISTAKES: readonly Mistake[] = [
  { prop: 'image', value: 'registry.example.com/payments:latest', said: /image.*latest/ },
  { prop: 'port', value: 0, said: /port.*0/ },
  { prop: 'tier', value: 'gold', said: /tier.*gold/ },
  { prop: 'health', value: { liveness: '/live' }, said: /health/ },
  { prop: 'scaling', value: 3, said: /scaling/ },
  { prop: 'replica', value: 3, said: /replica/ },
  { prop: 'labels', value: { app: 'other' }, said: /app/ },
  { prop: 'podAnnotations', value: { 'sidecar.istio.io/inject': 'false' }, said: /sidecar\.istio\.io\/inject/ },
  { prop: 'resources', value: { requests: { cpu: 'much' } }, said: /resources.*much/ },
  { prop: 'configuration', value: { variables: { 'A B': 'x' } }, said: /A B/ },
  { prop: 'secretFiles', value: [{ secret: 'Vault', path: 'etc' }], said: /secretFiles.*Vault/ },
  { prop: 'args', value: 'one', said: /args/ },
  { prop: 'release', value: 'canary', said: /release/ },
  { prop: 'traffic', value: { timeout: 5 }, said: /traffic/ },
];
