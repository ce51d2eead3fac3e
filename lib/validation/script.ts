import { comment, quoted } from '../kernel/shell';
import { CANARY, GRPC, HTTP } from './script-checks';
import { END, START } from './script-parts';
import type { HealthTarget, ServiceTarget } from './target';

/**
 * The script that finds out whether what runs is what was declared, in POSIX sh.
 * @param limit seconds that all of it may take
 */
export function validationScript(name: string, namespace: string, targets: readonly ServiceTarget[], limit: number): string {
  const asks = (kind: HealthTarget['kind']) => targets.some(({ health }) => health?.kind === kind);
  return [
    '#!/bin/sh',
    comment(`${name}: is what runs in namespace ${namespace} what was declared? Generated; change the code that it comes from.`),
    comment('Ends with 0 when all is as declared, 1 when something is not, 2 when it could not be found out.'),
    comment('usage: validate.sh [--without-health], the latter outside of the mesh'),
    'set -u',
    `namespace=${quoted(namespace)}`,
    `limit=${limit}`,
    START,
    ...(targets.some(({ canary }) => canary !== undefined) ? [CANARY] : []),
    ...(asks('http') ? [HTTP] : []),
    ...(asks('grpc') ? [GRPC] : []),
    ...targets.map(calls),
    END,
  ].join('\n');
}

/** The calls for one service. Where Flagger has not come to an end, there is nothing to compare yet. */
function calls({ name, tracks, canary, health }: ServiceTarget): string {
  const checks = [
    ...tracks.map(({ deployment, container, image, version, wanted }) =>
      ['validate_deployment', ...[deployment, container, image, version].map(quoted), wanted].join(' '),
    ),
    ...(health ? [request(health)] : []),
  ];
  const lines =
    canary === undefined ? checks : [`if validate_canary ${quoted(canary)}; then`, ...checks.map((line) => `  ${line}`), 'fi'];
  return [`service=${quoted(name)}`, ...lines, ''].join('\n');
}

function request({ kind, url, grpcService }: HealthTarget): string {
  return kind === 'http' ? `validate_http ${quoted(url)}` : `validate_grpc ${quoted(url)} ${quoted(grpcQuestion(grpcService))}`;
}

/**
 * A HealthCheckRequest behind the head of a gRPC message (no compression, length), each byte in octal: nothing of it has a meaning
 * to the shell. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export function grpcQuestion(service: string): string {
  const name = Buffer.from(service);
  const message = name.length ? Buffer.concat([Buffer.from([0x0a, name.length]), name]) : name;
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return [...head, ...message].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
