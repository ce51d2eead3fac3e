import { Chart, Testing } from 'cdk8s';
import {
  BankingService,
  type BankingServiceProps,
  LoadTester,
  type LoadTesterProps,
  Platform,
  type PlatformProps,
  PortProtocol,
  ZeroTrustNamespace,
} from '../../../lib';
import { type ConfigError, Problems } from '../../../lib/kernel/errors';
import { notesOn } from '../../../lib/kube';
import type { CanaryContext, CanaryFacts, IWebhook, CanaryWebhook } from '../../../lib/release/flagger/contract';
import { type Json, only } from '../../banking-service/world';

/** A canary `teller` of namespace `vault`, port 8071 behind 81, looked at every 60 s. */
export class CanaryWorld {
  readonly chart: Chart;
  readonly platform: Platform;
  readonly namespace: ZeroTrustNamespace;
  readonly teller: BankingService;
  readonly context: CanaryContext;

  constructor({
    platform = {},
    service = {},
    context = {},
  }: {
    readonly platform?: PlatformProps;
    readonly service?: Partial<BankingServiceProps>;
    readonly context?: Partial<CanaryContext>;
  } = {}) {
    this.chart = new Chart(Testing.app(), 'world');
    this.platform = new Platform({
      flagger: { namespace: 'ships', podLabels: { k: 'flag' }, serviceAccount: 'flag-sa' },
      ...platform,
    });
    this.namespace = new ZeroTrustNamespace(this.chart, 'namespace', { name: 'vault', platform: this.platform });
    this.teller = new BankingService(this.chart, 'teller', {
      namespace: this.namespace,
      image: 'registry.example.com/vault/teller:4.7.1',
      port: 8071,
      servicePort: 81,
      ...service,
    });
    this.context = {
      canary: 'teller',
      namespace: this.namespace,
      platform: this.platform.model,
      port: this.teller.model.ports[0]!,
      intervalSeconds: 60,
      target: 'teller',
      host: 'teller.vault.svc.cluster.local',
      canaryHost: 'teller-canary.vault.svc.cluster.local',
      primaryHost: 'teller-primary.vault.svc.cluster.local',
      servicePort: 81,
      guard: this.teller.guard,
      ...context,
    };
  }

  tester(props: Partial<LoadTesterProps> = {}): LoadTester {
    return new LoadTester(this.chart, 'prober', { namespace: this.namespace, ...props });
  }

  /** What the Canary says of a webhook, which is right. */
  bind(webhook: IWebhook): CanaryWebhook {
    expect(problemsOf(webhook, this.context)).toEqual([]);
    return webhook.bind(this.chart, this.context);
  }

  objects(): Json[] {
    return Testing.synth(this.chart) as Json[];
  }

  one(kind: string, name?: string): Json {
    return only(this.objects(), kind, name);
  }

  notes(kind: string): string[] {
    return this.chart.node
      .findAll()
      .flatMap(notesOn)
      .filter((one) => one.kind === kind)
      .map(({ text }) => text);
  }
}

/** Something that a canary may be given. */
interface Judged {
  validate(problems: Problems, part: string, facts: CanaryFacts): void;
}

/** What is wrong with it, a line each. */
export function problemsOf(judged: Judged, facts: CanaryFacts): string[] {
  const problems = new Problems('teller');
  judged.validate(problems, 'it', facts);
  try {
    problems.throwIfAny();
    return [];
  } catch (e) {
    return (e as ConfigError).problems.map(({ where, what }) => `${where}: ${what}`);
  }
}

/** What is known while props are judged; no service is built for it. */
export const FACTS: CanaryFacts = {
  canary: 'teller',
  platform: new Platform().model,
  port: { name: 'http', port: 81, targetPort: 8071, protocol: PortProtocol.HTTP },
  intervalSeconds: 60,
};
