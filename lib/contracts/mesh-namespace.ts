import type { Construct, IConstruct } from 'constructs';
import type { PlatformModel } from '../platform/model';
import type { ResourceClaim } from './resource-claim';

/** A namespace of the mesh, as the workloads in it see it. */
export interface IMeshNamespace extends IConstruct {
  readonly name: string;
  readonly platform: PlatformModel;
  /** The mTLS mode of its pods. */
  readonly mtlsMode: 'STRICT' | 'PERMISSIVE';
  /**
   * Gives the child with this id, made by the factory when it is asked for first: what several workloads of a namespace
   * share (a ServiceEntry, a PriorityClass) exists once.
   */
  ensure<T extends IConstruct>(id: string, make: (scope: Construct) => T): T;
  /** Registers what a workload may ask for at its largest; read when the quota is rendered. Undefined: nobody knows. */
  claim(workload: string, claim: () => ResourceClaim | undefined): void;
}
