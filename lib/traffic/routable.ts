import type { ICallee } from '../contracts/peer';
import type { WorkloadPort } from '../contracts/port';
import type { RouteModel } from './model';
import type { RouteCondition } from './route-condition';

/** A VirtualService that another one delegates to. */
export interface DelegateRef {
  readonly name: string;
  readonly namespace: string;
}

/** How a gateway hands requests to a service. */
export interface Delegation extends DelegateRef {
  /**
   * The routes that the gateway itself has to tell apart, where the delegate has no timeouts and retries of its own: those
   * of the delegate count first, and Flagger's VirtualService has room for one set only.
   * @default - none: the delegate says everything
   */
  readonly routes?: readonly RouteModel[];
}

/** A service that a gateway can route to. */
export interface IRoutable {
  /** What the gateway calls. */
  readonly guard: ICallee & { readonly model: { readonly ports: readonly WorkloadPort[] } };
  /** Makes what the gateway needs to reach it. `conditions` is asked for when all routes are declared. */
  exposeThrough(gateway: string, conditions: () => readonly RouteCondition[]): Delegation;
}
