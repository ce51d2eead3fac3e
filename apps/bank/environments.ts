import { BlueGreen, Platform, Stage } from 'cdk8s-banking';

/** What differs between the environments of the bank. Everything else is one definition, in bank.ts. */
export interface BankEnvironment {
  readonly name: string;
  readonly stage: Stage;
  readonly host: string;
  readonly issuer: string;
  readonly clearingHouse: { readonly host: string; readonly cidr: string };
  readonly replicas: { readonly min: number; readonly max: number };
  /** Where the release of the loans stands: it is promoted from one environment to the next. */
  readonly loans: BlueGreen;
}

/** One cluster is like the other; if one were not, it would say so here. */
export const platform = new Platform({ kubernetes: '1.34', dns: { nodeLocal: '169.254.20.10' } });

export const environments: readonly BankEnvironment[] = [
  {
    name: 'dev',
    stage: Stage.DEVELOPMENT,
    host: 'dev.banking.enterprise.com',
    issuer: 'letsencrypt-staging',
    clearingHouse: { host: 'sandbox.clearing.example.net', cidr: '198.51.100.0/28' },
    replicas: { min: 2, max: 3 },
    loans: BlueGreen.only('green'),
  },
  {
    name: 'staging',
    stage: Stage.STAGING,
    host: 'staging.banking.enterprise.com',
    issuer: 'letsencrypt-staging',
    clearingHouse: { host: 'sandbox.clearing.example.net', cidr: '198.51.100.0/28' },
    replicas: { min: 3, max: 5 },
    loans: BlueGreen.live('green'),
  },
  {
    name: 'prod',
    stage: Stage.PRODUCTION,
    host: 'banking.enterprise.com',
    issuer: 'letsencrypt-prod',
    clearingHouse: { host: 'clearing.example.net', cidr: '203.0.113.0/28' },
    replicas: { min: 3, max: 10 },
    loans: BlueGreen.staged('green'),
  },
];
