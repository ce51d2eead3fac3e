import { show } from '../../kernel/errors';
import { type Token, tokens } from './cel-tokens';

const CERTIFICATES = ['subject', 'dns_san', 'uri_san'].flatMap((part) => [
  `${part}_local_certificate`,
  `${part}_peer_certificate`,
]);
const TLS = ['tls_version', 'sha256_peer_certificate_digest', 'transport_failure_reason', ...CERTIFICATES];

/**
 * What an access log's filter may ask for. Undefined: a map of whatever filters have put there.
 * https://www.envoyproxy.io/docs/envoy/v1.38.0/intro/arch_overview/advanced/attributes
 */
const ATTRIBUTES: Readonly<Record<string, readonly string[] | undefined>> = {
  request: [
    ...['path', 'url_path', 'host', 'scheme', 'method', 'headers', 'referer', 'useragent', 'time', 'id', 'protocol', 'query'],
    ...['duration', 'size', 'total_size'],
  ],
  response: ['code', 'code_details', 'flags', 'grpc_status', 'headers', 'trailers', 'size', 'total_size', 'backend_latency'],
  source: ['address', 'port'],
  destination: ['address', 'port'],
  connection: ['id', 'mtls', 'requested_server_name', 'termination_details', ...TLS],
  upstream: ['address', 'port', 'local_address', 'request_attempt_count', 'cx_pool_ready_duration', ...TLS],
  xds: [
    ...['node', 'cluster_name', 'cluster_metadata', 'listener_direction', 'listener_metadata', 'route_name', 'route_metadata'],
    ...['virtual_host_name', 'virtual_host_metadata', 'upstream_host_metadata', 'filter_chain_name'],
  ],
  metadata: undefined,
  filter_state: undefined,
  upstream_filter_state: undefined,
};

/** Functions that say yes or no. */
const PREDICATES = ['contains', 'endsWith', 'has', 'matches', 'startsWith'];
const FUNCTIONS = [
  ...PREDICATES,
  ...['bool', 'double', 'duration', 'int', 'size', 'timestamp', 'type', 'uint'],
  ...[
    'getDate',
    'getDayOfMonth',
    'getDayOfWeek',
    'getFullYear',
    'getHours',
    'getMilliseconds',
    'getMinutes',
    'getMonth',
    'getSeconds',
  ],
];

/**
 * Switched off in Envoy, which then takes none of the listeners that have such a filter. istiod only parses it.
 * https://github.com/envoyproxy/envoy/blob/v1.38.0/source/extensions/filters/common/expr/evaluator.cc
 */
const SWITCHED_OFF = ['all', 'exists', 'exists_one', 'filter', 'map', 'string'];

/** How tightly operators bind. https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['<', '<=', '>=', '>', '==', '!=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];
const YES_OR_NO = 3;

/** Names that are none. */
const LITERALS = ['true', 'false', 'null'];

/** Whether something is true or false; undefined where that can't be told. */
type Yes = boolean | undefined;

/** Why Envoy would not take this as a filter, or would never log by it. Empty when there is nothing to say. */
export function celProblems(expression: string): string[] {
  try {
    const parser = new Parser(tokens(expression));
    const yes = parser.whole();
    const never =
      yes === false
        ? ['is neither true nor false, so that nothing would ever be logged; compare it, like response.code >= 400']
        : [];
    return [...new Set([...parser.found, ...never])].map((what) => `${show(expression)} ${what}`);
  } catch (e) {
    if (e instanceof RangeError) return [`${show(expression)} is no CEL expression: ${e.message}`];
    throw e;
  }
}

class Parser {
  readonly found: string[] = [];
  private at = 0;

  constructor(private readonly all: readonly Token[]) {}

  whole(): Yes {
    const yes = this.condition();
    if (this.at < this.all.length) throw new RangeError(`${show(this.next)} stands where it should end`);
    return yes;
  }

  private get next(): string | undefined {
    return this.all[this.at]?.text;
  }

  /** Takes the next one if it is this operator. A text is none, since it has its quotes. */
  private takes(operator: string): boolean {
    if (this.next !== operator) return false;
    this.at += 1;
    return true;
  }

  private needs(text: string): void {
    if (!this.takes(text))
      throw new RangeError(`${show(text)} is missing ${this.next === undefined ? 'at the end' : `before ${show(this.next)}`}`);
  }

  private condition(): Yes {
    const yes = this.binary(0);
    if (!this.takes('?')) return yes;
    // Another choice stands here in brackets only.
    const then = this.binary(0);
    this.needs(':');
    const otherwise = this.condition();
    return then === otherwise ? then : undefined;
  }

  private binary(level: number): Yes {
    if (level === LEVELS.length) return this.unary();
    let yes = this.binary(level + 1);
    while (LEVELS[level]!.some((operator) => this.takes(operator))) {
      this.binary(level + 1);
      yes = level < YES_OR_NO;
    }
    return yes;
  }

  /** As many of the same as there are, and not one after the other. */
  private unary(): Yes {
    for (const [operator, yes] of [['!', true] as const, ['-', false] as const]) {
      if (!this.takes(operator)) continue;
      while (this.takes(operator));
      this.member();
      return yes;
    }
    return this.member();
  }

  private member(): Yes {
    const root = this.next!;
    let yes = this.primary();
    for (let depth = 1; ; depth += 1) {
      if (this.takes('[')) {
        this.condition();
        this.needs(']');
        yes = undefined;
      } else if (this.takes('.')) {
        const name = this.name();
        if (this.takes('(')) yes = this.call(name);
        else yes = depth === 1 ? this.attribute(root, name) : undefined;
      } else {
        return yes;
      }
    }
  }

  private name(): string {
    const token = this.all[this.at];
    if (token?.kind !== 'name' || LITERALS.includes(token.text))
      throw new RangeError(`a name is missing ${token ? `before ${show(token.text)}` : 'at the end'}`);
    this.at += 1;
    return token.text;
  }

  private primary(): Yes {
    const token = this.all[this.at];
    if (token === undefined) throw new RangeError('it ends too early');
    if (token.kind === 'text' || token.kind === 'number') {
      this.at += 1;
      return false;
    }
    if (this.takes('(')) {
      const yes = this.condition();
      this.needs(')');
      return yes;
    }
    if (this.takes('[')) {
      this.list(']');
      return false;
    }
    if (LITERALS.includes(token.text)) {
      this.at += 1;
      return token.text !== 'null';
    }
    const name = this.name();
    if (this.takes('(')) return this.call(name);
    if (!Object.hasOwn(ATTRIBUTES, name)) {
      this.found.push(`asks for ${show(name)}, which no filter knows; there are ${Object.keys(ATTRIBUTES).join(', ')}`);
    }
    return false;
  }

  private call(name: string): Yes {
    if (SWITCHED_OFF.includes(name)) {
      this.found.push(`uses ${name}(), which is switched off in Envoy: proxies would take none of their listeners`);
    } else if (!FUNCTIONS.includes(name)) {
      this.found.push(`uses ${name}(), which there is not; there are ${FUNCTIONS.join(', ')}`);
    }
    this.list(')');
    return PREDICATES.includes(name) || name === 'bool';
  }

  private list(end: string): void {
    if (this.takes(end)) return;
    do this.condition();
    while (this.takes(','));
    this.needs(end);
  }

  private attribute(root: string, name: string): Yes {
    const known = Object.hasOwn(ATTRIBUTES, root) ? ATTRIBUTES[root] : undefined;
    if (known && !known.includes(name)) {
      this.found.push(
        `asks for ${root}.${name}, which there is not; there are ${known.map((one) => `${root}.${one}`).join(', ')}`,
      );
    }
    return known ? name === 'mtls' : undefined;
  }
}
