import type { ICaller, NetworkPeer } from '../contracts/peer';
import { ConfigError, Problems, show } from '../kernel/errors';
import { principal } from '../kernel/identity';
import { labelProblems } from '../kernel/labels';
import { dnsLabel, dnsSubdomain } from '../kernel/names';
import { PARSED, TEXT, type Shapes, fitProps, mapOf } from '../kernel/shape';
import type { PlatformModel } from '../platform/model';
import type { Guarded } from '../zero-trust/existing-workload';
import { ZeroTrustNamespace } from '../zero-trust/zero-trust-namespace';

/** Pods whose manifests live elsewhere: all of a namespace, or a gateway of the platform. */
export interface SenderPods {
  readonly namespace: string;
  /** @default - all pods of the namespace */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** The service account that they run as. @default - any of the namespace */
  readonly serviceAccount?: string;
}

/** Whose proxies, or applications, may send spans. Spans come from every proxy of a namespace, so that a namespace is usual. */
export type SpanSender = ZeroTrustNamespace | ICaller | Guarded | SenderPods;

const PODS: Shapes<SenderPods> = { namespace: PARSED, podLabels: mapOf(TEXT), serviceAccount: PARSED };

/** Pods that are let in by where they run. Their own side is opened by their namespace: Platform.traceCollector. */
class Pods implements ICaller {
  readonly peerName: string;
  readonly sources: readonly NetworkPeer[];
  readonly principal: string;

  constructor({ namespace, podLabels = {}, serviceAccount }: SenderPods, { istio }: PlatformModel) {
    this.peerName = `namespace ${namespace}`;
    this.sources = [{ kind: 'pods', namespace, podLabels }];
    // A star at the end stands for any text: Istio compares by prefix then.
    this.principal = principal(istio.trustDomain, namespace, serviceAccount ?? '*');
  }

  recordEgress(): void {}
}

/** What may send, as one end of an edge. @throws ConfigError when it can send nothing */
export function asSender(sender: SpanSender, platform: PlatformModel, of: string): ICaller | Guarded {
  if (sender instanceof ZeroTrustNamespace) return new Pods({ namespace: sender.name }, platform);
  if (typeof sender !== 'object' || sender === null) {
    throw new ConfigError([
      {
        where: `${of}.allowFrom`,
        what: `${show(sender)} sends no spans; give a ZeroTrustNamespace, a workload, or { namespace: "cards" }`,
      },
    ]);
  }
  if ('guard' in sender || 'recordEgress' in sender) return sender;
  const problems = new Problems(`${of}.allowFrom`);
  const { namespace, podLabels, serviceAccount } = fitProps(sender, PODS, problems);
  problems.take(() => dnsLabel(namespace), undefined, 'namespace');
  labelProblems(podLabels ?? {}).forEach((what) => problems.add(what, 'podLabels'));
  if (serviceAccount !== undefined) problems.take(() => dnsSubdomain(serviceAccount), undefined, 'serviceAccount');
  problems.throwIfAny();
  return new Pods({ namespace, podLabels, serviceAccount }, platform);
}
