import type { Duration } from 'cdk8s';
import { ANYTHING, DURATION, FLAG, NUMBER, TEXT, type Shapes, mapOf } from '../../../kernel/shape';
import { CALL, type CallOptions } from './timing';

export interface LoadTestProps extends CallOptions {
  /** Requests a second, of all connections together. */
  readonly requestsPerSecond: number;
  /** Connections that send them. @default 2 */
  readonly connections?: number;
  /** How long each run goes on. @default - the interval of the analysis, less what the last requests may take: 53 s of 60 s */
  readonly duration?: Duration;
  /** How long one request may take. @default 5 s */
  readonly requestTimeout?: Duration;
  /** `/api/v1/rates?currency=CHF` @default '/' */
  readonly path?: string;
  /** @default 'GET' */
  readonly method?: string;
  /** @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly body?: string;
  /** The call, where the port speaks gRPC: `payments.v1.Payments/List`. @default 'grpc.health.v1.Health/Check' */
  readonly call?: string;
  /** What is sent with a gRPC call, as JSON has it. @default {} */
  readonly data?: Readonly<Record<string, unknown>>;
  /** File of the load tester with the schema of a gRPC call: `payments.proto`. @default - that of the health protocol */
  readonly proto?: string;
  /** Whether the service carries out a request once, however often it is sent. Needed for all but GET, HEAD, OPTIONS and the health check of gRPC. @default false */
  readonly idempotent?: boolean;
}

export const LOAD_TEST: Shapes<LoadTestProps> = {
  ...CALL,
  requestsPerSecond: NUMBER,
  connections: NUMBER,
  duration: DURATION,
  requestTimeout: DURATION,
  path: TEXT,
  method: TEXT,
  headers: mapOf(TEXT),
  body: TEXT,
  call: TEXT,
  data: mapOf(ANYTHING),
  proto: TEXT,
  idempotent: FLAG,
};

/** What a run of the load tester does. Seconds. */
export interface LoadModel {
  readonly requestsPerSecond: number;
  readonly connections: number;
  readonly duration: number;
  readonly requestTimeout: number;
}

/** From one look to the next may pass a little less than the interval: the calls before differ in how long they take. */
export const MARGIN = 2;

/** A run that is over before the next look. */
export function loadModel(props: LoadTestProps, intervalSeconds: number): LoadModel {
  const requestTimeout = props.requestTimeout?.toSeconds({ integral: false }) ?? 5;
  const duration = props.duration?.toSeconds({ integral: false }) ?? intervalSeconds - requestTimeout - MARGIN;
  return { requestsPerSecond: props.requestsPerSecond, connections: props.connections ?? 2, duration, requestTimeout };
}
