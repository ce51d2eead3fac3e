import type { System } from './systems';

/** An error breaks a rule of the cluster or of the mesh; a warning is an opinion. Both fail until they are answered. */
export type Level = 'error' | 'warning';

/** One thing that a judge says of one object. */
export interface Finding {
  /** The system that it was found in, as the folder that holds it: `bank/prod`. */
  readonly system: string;
  /** `Kind namespace/name`, or what else the judge speaks of. */
  readonly object: string;
  /** The judge's own name of the rule. */
  readonly rule: string;
  readonly level: Level;
  readonly message: string;
}

export interface Outcome {
  /** What the judge was given to read. */
  readonly read: number;
  readonly findings: readonly Finding[];
}

/** Thrown by a judge that finds that it cannot be had here. Anything else that is thrown is a failure. */
export class NotRun extends Error {}

/** A program that a judge runs, in a pinned version. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** Makes it in an empty folder. @throws Error that says what is missing */
  install(folder: string): void;
  /** What tells this build from any other: its lock files, and what it is built with. */
  key(): string;
}

/** What a judge works with. */
export interface Court {
  /** A folder of this judge's own, gone afterwards. */
  readonly scratch: string;
  readonly systems: readonly System[];
  /** The folder that holds those systems. */
  readonly folder: string;
  /** Path of a program of one of the judge's tools. */
  readonly bin: (program: string) => string;
}

export interface Judge {
  readonly name: string;
  /** What it looks at, in a few words. */
  readonly says: string;
  /** What `read` counts. @default objects */
  readonly unit?: string;
  /** None: it needs nothing but Node. The first one's version is the judge's. */
  readonly tools: readonly Tool[];
  /** How many things there are for it to read. At none, it is neither installed nor run. */
  reads(systems: readonly System[]): number;
  run(court: Court): Outcome | Promise<Outcome>;
}
