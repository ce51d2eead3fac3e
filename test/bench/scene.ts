import { join } from 'node:path';
import { Chart } from 'cdk8s';
import type * as library from 'cdk8s-banking';

/** One file for all services, or one each. */
export type Layout = 'each' | 'one';

/** What is measured is what users get: the built library, not the sources as tsx reads them. */
export const LIBRARY = join(__dirname, '..', '..', 'build', 'lib', 'index.js');

export const nameOf = (index: number) => `service-${index}`;

/** A namespace, and services that call one another along a chain. */
export function ours(using: typeof library, services: number, layout: Layout, folder: string): void {
  const { BankingService, GitOpsApp, Health, ZeroTrustNamespace } = using;
  const app = new GitOpsApp({ outdir: folder });
  const first = new Chart(app, 'namespace');
  const namespace = new ZeroTrustNamespace(first, 'namespace', { name: 'bench' });
  let former: library.BankingService | undefined;
  for (let i = 0; i < services; i++) {
    const name = nameOf(i);
    const service = new BankingService(layout === 'one' ? first : new Chart(app, name), name, {
      namespace,
      image: `registry.example.com/${name}:1.0.0`,
      port: 8080,
      health: Health.springBootActuator(),
    });
    if (former) service.allowFrom(former, { methods: ['GET'], paths: ['/api/*'] });
    former = service;
  }
  app.synth();
}
