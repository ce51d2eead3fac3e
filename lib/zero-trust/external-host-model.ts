import type { ICallee } from '../contracts/peer';
import type { WorkloadPort } from '../contracts/port';
import type { Reach } from './reach';

/** What is fixed about an external host once it is checked. */
export interface ExternalHostModel {
  readonly host: string;
  readonly reach: Reach;
  /** What the application dials. */
  readonly port: WorkloadPort;
  readonly tlsOrigination: boolean;
  readonly alias?: string;
}

/** An external host, as the objects that stand for it see it. */
export interface IExternalHost extends ICallee {
  readonly model: ExternalHostModel;
}
