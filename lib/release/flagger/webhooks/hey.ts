import { commandLine } from '../../../kernel/shell';
import type { LoadModel } from './load-model';
import type { TestRequest } from './requests';

/**
 * A run of hey. Its `-q` is the rate of each worker. Redirects are not followed: they lead elsewhere.
 * https://github.com/rakyll/hey/blob/v0.1.4/hey.go
 */
export function hey(model: LoadModel, url: string, { method, headers, body }: TestRequest): string {
  const { requestsPerSecond, connections, duration, requestTimeout } = model;
  const contentType = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type');
  return commandLine(
    'hey',
    ...[
      '-z',
      `${duration}s`,
      '-c',
      String(connections),
      '-q',
      rate(requestsPerSecond / connections),
      '-t',
      String(requestTimeout),
    ],
    '-disable-redirects',
    ...['-m', method],
    ...Object.entries(headers).flatMap(([name, value]) => (name === contentType?.[0] ? [] : ['-H', `${name}: ${value}`])),
    ...(contentType ? ['-T', contentType[1]] : []),
    ...(body === undefined ? [] : ['-d', body]),
    url,
  );
}

/** A number without the dust of binary fractions. */
function rate(value: number): string {
  return String(Number(value.toPrecision(6)));
}
