import type { ICallee } from '../contracts/peer';
import type { WorkloadPort } from '../contracts/port';
import type { RouteCondition } from './route-condition';

/** A VirtualService that a gateway delegates to. */
export interface DelegateRef {
  readonly name: string;
  readonly namespace: string;
}

/** A service that a gateway can route to. */
export interface IRoutable {
  /** What the gateway calls. */
  readonly guard: ICallee & { readonly model: { readonly ports: readonly WorkloadPort[] } };
  /** Makes the VirtualService by which the gateway reaches it. `conditions` is asked for when all routes are declared. */
  exposeThrough(gateway: string, conditions: () => readonly RouteCondition[]): DelegateRef;
}
