import { type Problems, show } from '../../kernel/errors';
import { HTTP_METHODS } from '../../kernel/http';
import { isLabelKey, labelProblems } from '../../kernel/labels';
import { dnsLabel, portNumber } from '../../kernel/names';
import type { HeaderValue } from '../../traffic/audience';
import { NOT_IN_A_HEADER } from '../../traffic/route-problems';
import type { HeadersModel, HttpMatch, MadeMetadata } from './canary-model';
import type { CorsProps, UnmanagedMetadata } from './service-props';
import type { At } from './shift';

const HEADER_NAME = /^[a-z0-9][a-z0-9-]*$/;

/** What is wrong with a comparison, or undefined. */
function comparisonProblem(value: HeaderValue): string | undefined {
  const said = Object.entries(value);
  if (said.length !== 1) return `${show(value)} must say one of exact, prefix and regex`;
  const [kind, text] = said[0] as [string, string];
  if (text === '' || NOT_IN_A_HEADER.test(text)) return `${show(text)} must be a non-empty value on one line`;
  if (kind !== 'regex') return undefined;
  return /\(\?(=|!|<=|<!)|\\[1-9]/.test(text)
    ? `${show(text)} looks around or back, which RE2 can't; say what the whole value is`
    : undefined;
}

/** Adds what is wrong with the matches of a service. */
export function matchProblems(matches: readonly HttpMatch[], gateways: readonly string[], problems: Problems, at: At): void {
  problems.check(matches.length > 0, 'is empty; leave it out where every request is meant', at('match'));
  matches.forEach((match, i) => {
    const part = at(`match[${i}]`);
    const { name, ignoreUriCase, gateways: only, port, sourceLabels, sourceNamespace, ...compared } = match;
    problems.check(
      Object.keys(match).some((key) => key !== 'name' && key !== 'ignoreUriCase'),
      'matches everything; leave it out where every request is meant',
      part,
    );
    problems.check(!ignoreUriCase || compared.uri !== undefined, 'ignoreUriCase needs a uri; leave it out', part);
    const { uri, scheme, method, authority, headers, withoutHeaders, queryParams } = compared;
    const single = Object.entries({ uri, scheme, method, authority });
    const maps = Object.entries({ headers, withoutHeaders, queryParams }).flatMap(([key, map]) =>
      Object.entries(map ?? {}).map(([one, value]) => [`${key}[${show(one)}]`, value] as const),
    );
    for (const [key, value] of [...single, ...maps]) {
      const wrong = value && comparisonProblem(value);
      if (wrong) problems.add(wrong, `${part}.${key}`);
    }
    problems.check(
      uri?.regex !== undefined || uri === undefined || /^\//.test(uri.exact ?? uri.prefix ?? '/'),
      `${show(uri?.exact ?? uri?.prefix)} must start with "/"`,
      `${part}.uri`,
    );
    problems.check(
      method?.exact === undefined || HTTP_METHODS.includes(method.exact),
      `${show(method?.exact)} is not an HTTP method; use ${HTTP_METHODS.join(', ')}, in upper case`,
      `${part}.method`,
    );
    for (const header of Object.keys({ ...headers, ...withoutHeaders })) {
      problems.check(HEADER_NAME.test(header), `header ${show(header)} must be a name in lower case, as HTTP/2 carries it`, part);
    }
    if (port !== undefined) problems.take(() => portNumber(port), 0, `${part}.port`);
    if (sourceNamespace !== undefined) problems.take(() => dnsLabel(sourceNamespace), '', `${part}.sourceNamespace`);
    labelProblems(sourceLabels ?? {}).forEach((what) => problems.add(what, `${part}.sourceLabels`));
    for (const gateway of only ?? []) {
      problems.check(
        gateways.includes(gateway),
        `${show(gateway)} is none of the service's gateways, so that it would never match; they are ${gateways.join(', ')}`,
        `${part}.gateways`,
      );
    }
  });
}

/** Adds what is wrong with operations on headers. */
export function headersProblems({ request, response }: HeadersModel, problems: Problems, at: At): void {
  for (const [side, operations] of Object.entries({ request, response })) {
    const { set = {}, add = {}, remove = [] } = operations ?? {};
    for (const name of [...Object.keys(set), ...Object.keys(add), ...remove]) {
      problems.check(
        HEADER_NAME.test(name) && name !== 'host',
        `header ${show(name)} must be a name in lower case other than "host"; the host is changed by rewrite.authority`,
        at(`headers.${side}`),
      );
    }
    for (const [name, value] of [...Object.entries(set), ...Object.entries(add)]) {
      problems.check(
        !NOT_IN_A_HEADER.test(value),
        `header ${show(name)}: ${show(value)} must be a value on one line`,
        at(`headers.${side}`),
      );
    }
  }
}

/** Adds what is wrong with a CORS policy. */
export function corsProblems(cors: CorsProps, problems: Problems, part: string): void {
  const { allowOrigins = [], allowCredentials, maxAge, allowMethods = [] } = cors;
  problems.check(allowOrigins.length > 0, 'allowOrigins names nobody; say whose pages are meant', part);
  for (const origin of allowOrigins) {
    const wrong = comparisonProblem(origin);
    if (wrong) problems.add(wrong, `${part}.allowOrigins`);
    const { exact, prefix, regex } = origin;
    problems.check(
      !allowCredentials ||
        !(exact === '*' || prefix === 'https://' || prefix === 'http://' || /^\^?\.[*+]\$?$/.test(regex ?? '')),
      `${show(exact ?? prefix ?? regex)} with allowCredentials lets every page act for its reader; name the pages`,
      `${part}.allowOrigins`,
    );
  }
  const wrong = allowMethods.find((method) => !HTTP_METHODS.includes(method));
  if (wrong !== undefined) {
    problems.add(`${show(wrong)} is not an HTTP method; use ${HTTP_METHODS.join(', ')}, in upper case`, `${part}.allowMethods`);
  }
  const seconds = maxAge?.toSeconds({ integral: false }) ?? 0;
  problems.check(Number.isInteger(seconds) && seconds >= 0, `maxAge ${seconds} s must be whole seconds`, part);
}

/** Adds what is wrong with labels and annotations. */
export function metadataProblems(
  metadata: Readonly<Record<string, MadeMetadata | undefined>>,
  unmanaged: UnmanagedMetadata | undefined,
  problems: Problems,
  at: At,
): void {
  for (const [key, { labels = {}, annotations = {} } = {}] of Object.entries(metadata)) {
    labelProblems(labels).forEach((what) => problems.add(what, at(`${key}.labels`)));
    for (const name of Object.keys(annotations)) {
      problems.check(
        isLabelKey(name),
        `${show(name)} is not an annotation key; use [prefix/]name with up to 63 characters`,
        at(`${key}.annotations`),
      );
    }
  }
  for (const name of [...(unmanaged?.labels ?? []), ...(unmanaged?.annotations ?? [])]) {
    problems.check(isLabelKey(name), `${show(name)} is not a key of a label or an annotation`, at('unmanagedMetadata'));
  }
}
