import type { Destination, Edge, ICallee } from '../../../contracts/peer';
import type { WorkloadPort } from '../../../contracts/port';
import type { Guard } from '../../../zero-trust/guard';

/**
 * The new version of a service, as whoever tests it dials it: the same pods' guard, by the host that leads to the new version
 * alone.
 */
export class CanaryCallee implements ICallee {
  readonly peerName: string;

  /** @param host `payments-canary.banking.svc.cluster.local` */
  constructor(
    private readonly guard: Guard,
    private readonly host: string,
  ) {
    this.peerName = `the new version of ${guard.peerName}`;
  }

  portOf(port?: number | string): WorkloadPort {
    return this.guard.portOf(port);
  }

  destinations(port: WorkloadPort): Destination[] {
    return this.guard.destinations(port);
  }

  meshHosts(): string[] {
    return [`${this.guard.namespace.name}/${this.host}`];
  }

  recordIngress(edge: Edge): void {
    this.guard.recordIngress(edge);
  }
}
