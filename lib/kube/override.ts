import type { Manifest } from './manifest';

/** One change by the user to a rendered object. */
export interface Override {
  /** What it is, in the user's words: `jsonPatch replace /spec/replicas`. */
  readonly name: string;
  /** Whether it only asks what the object says, so that it may change nothing. @default false */
  readonly asksOnly?: boolean;
  /** Gives the changed object; the input may be changed in place. @throws RangeError when it cannot be applied. */
  apply(json: Manifest): Manifest;
}
