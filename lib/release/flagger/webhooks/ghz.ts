import { commandLine } from '../../../kernel/shell';
import type { LoadModel } from './load-model';

/** https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
export const HEALTH_CHECK = 'grpc.health.v1.Health/Check';

export interface GrpcCall {
  readonly proto: string;
  readonly call: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * A run of ghz. Its rate is that of all workers together; `--insecure` is what it says to its own proxy, which opens mTLS.
 * Without `--duration-stop wait` it breaks off the last calls, which then count as cancelled. Templates in the data stay text.
 * https://github.com/bojand/ghz/blob/v0.120.0/cmd/ghz/main.go
 */
export function ghz(model: LoadModel, authority: string, { proto, call, data }: GrpcCall): string {
  const { requestsPerSecond, connections, duration, requestTimeout } = model;
  return commandLine(
    ...['ghz', '--insecure', '--proto', proto, '--call', call],
    ...['--duration', `${duration}s`, '--duration-stop', 'wait'],
    ...['--rps', String(requestsPerSecond), '--concurrency', String(connections), '--connections', String(connections)],
    ...['--timeout', `${requestTimeout}s`],
    ...['--disable-template-functions', '--disable-template-data', '--data', JSON.stringify(data)],
    authority,
  );
}
