import type { NetworkPeer } from '../../../../lib/contracts/peer';
import type { PlatformModel } from '../../../../lib/platform/model';
import type { Declaration, Declared, Workload } from '../../declared';
import { type Range, isVersion4, rangeOf, union, without } from './ranges';
import { type Pod, selects } from './world';

/** Ports as `TCP 8080`; undefined is every port there is. */
export type Ports = ReadonlySet<string> | undefined;

/** The agent's metrics, those of the application among them: https://istio.io/latest/docs/ops/deployment/application-requirements/ */
const METRICS = 'TCP 15020';
/** Configuration and certificates from istiod, same page. */
const ISTIOD = 'TCP 15012';

const both = (port: number): string[] => [`TCP ${port}`, `UDP ${port}`];

/** What should be open by the declaration, whatever the policies say. */
export class Expectation {
  constructor(private readonly declaration: Declaration) {}

  /** Whether anything was promised of a pod: nobody guards the pods of other teams. */
  guards({ namespace }: Pod): boolean {
    return this.platform(namespace) !== undefined;
  }

  between(from: Pod, to: Pod): Ports {
    const [out, into] = [this.out(from, to), this.into(from, to)];
    if (out === undefined || into === undefined) return out ?? into;
    return new Set([...out].filter((port) => into.has(port)));
  }

  /** Addresses that a pod may call, or be called from, by port. */
  outside(pod: Pod, side: 'callers' | 'callees'): Map<string, Range[]> {
    const open = new Map<string, Range[]>();
    const add = (port: string, ranges: readonly Range[]) => open.set(port, union([...(open.get(port) ?? []), ...ranges]));
    for (const { peer, port } of this.declared(pod, side)) if (peer.kind === 'block') add(`TCP ${port}`, addresses(peer));
    const nodeLocal = this.platform(pod.namespace)?.dns.nodeLocal;
    if (side === 'callees' && nodeLocal && !nodeLocal.includes(':')) {
      for (const port of both(53)) add(port, [rangeOf(`${nodeLocal}/32`)]);
    }
    return new Map([...open].filter(([, ranges]) => ranges.length > 0));
  }

  private out(from: Pod, to: Pod): Ports {
    const platform = this.platform(from.namespace);
    if (!platform) return undefined;
    const { dns, istio, traceCollector } = platform;
    return new Set([
      ...this.declared(from, 'callees').flatMap((one) => portOf(one, to)),
      ...(selects(dns, to) ? both(dns.port) : []),
      ...(selects(istio.istiod, to) ? [ISTIOD] : []),
      ...(traceCollector && selects(traceCollector, to) ? [`TCP ${traceCollector.port}`] : []),
    ]);
  }

  private into(from: Pod, to: Pod): Ports {
    const platform = this.platform(to.namespace);
    if (!platform) return undefined;
    return new Set([
      ...this.declared(to, 'callers').flatMap((one) => portOf(one, from)),
      ...(selects(platform.prometheus, from) ? [METRICS] : []),
    ]);
  }

  private declared(pod: Pod, side: 'callers' | 'callees'): readonly Declared[] {
    return this.declaration.workloads.filter((one: Workload) => selects(one, pod)).flatMap((one) => one[side]);
  }

  private platform(namespace: string): PlatformModel | undefined {
    return this.declaration.namespaces.find(({ name }) => name === namespace)?.platform;
  }
}

const portOf = ({ peer, port }: Declared, pod: Pod): string[] =>
  peer.kind === 'pods' && selects(peer, pod) ? [`TCP ${port}`] : [];

const addresses = ({ cidr, except }: Extract<NetworkPeer, { kind: 'block' }>): Range[] =>
  isVersion4(cidr) ? without([rangeOf(cidr)], except.filter(isVersion4).map(rangeOf)) : [];
