import type { ICaller, NetworkPeer } from '../../../contracts/peer';
import { principal } from '../../../kernel/identity';
import type { PlatformModel } from '../../../platform/model';

/** Flagger, as it calls webhooks. Its pods are the platform team's: they must have a proxy, or they could show no identity. */
export class FlaggerCaller implements ICaller {
  readonly peerName = 'Flagger';
  readonly sources: readonly NetworkPeer[];
  readonly principal: string;

  constructor({ flagger, istio }: PlatformModel) {
    const { namespace, podLabels, serviceAccount } = flagger;
    this.sources = [{ kind: 'pods', namespace, podLabels }];
    this.principal = principal(istio.trustDomain, namespace, serviceAccount);
  }

  /** Its own side is not ours to open. */
  recordEgress(): void {}
}

/** What must be true of Flagger before it can call into the mesh. */
export function flaggerInMesh({ flagger }: PlatformModel): string {
  const labels = Object.entries(flagger.podLabels).map(([key, value]) => `${key}=${value}`);
  return (
    `Flagger runs as ${labels.join(',')} in namespace ${flagger.namespace} under service account ${flagger.serviceAccount}, ` +
    'with the proxy of the mesh in its pods: by that identity its webhooks are let in.'
  );
}
