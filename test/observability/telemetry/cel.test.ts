import * as fc from 'fast-check';
import { celProblems } from '../../../lib/observability/telemetry/cel';

/* O5: istiod only parses a filter; what Envoy makes of it is known when the listeners are refused, or when a log stays empty. */

describe('takes', () => {
  test.each([
    'response.code >= 400',
    'connection.mtls',
    '!connection.mtls && source.port > 1023',
    "request.url_path.startsWith('/api') ? response.code != 200 : false",
    "request.headers['x-a'] == \"b\" || request.method in ['PUT', 'POST']",
    "filter_state.upstream_peer.namespace == 'bank'",
    "metadata.filter_metadata['a.b']['c'] == r'\\d'",
    'response.size + request.total_size * 2 > 10000u',
    "request.duration > duration('1.5s') && request.time.getHours('CET') < 6",
    "request.path.matches('^/v[12]/') && size(request.path) > -1",
    "response.code > .5 && request.path != b'\\x41' && response.flags in [1, 2]",
    '(true ? true : false) ? true : connection.mtls ? true : false',
    'true',
  ])('%s', (expression) => expect(celProblems(expression)).toEqual([]));
});

const ROOTS = 'request, response, source, destination, connection, upstream, xds, metadata, filter_state, upstream_filter_state';

describe('refuses', () => {
  test.each([
    [
      'what no filter knows',
      'reponse.code > 400',
      `"reponse.code > 400" asks for "reponse", which no filter knows; there are ${ROOTS}`,
    ],
    [
      'what a root has not',
      'response.status > 400',
      '"response.status > 400" asks for response.status, which there is not; there are response.code, response.code_details, response.flags, ' +
        'response.grpc_status, response.headers, response.trailers, response.size, response.total_size, response.backend_latency',
    ],
    [
      'what is switched off in Envoy',
      "string(response.code) == '500'",
      `"string(response.code) == '500'" uses string(), which is switched off in Envoy: proxies would take none of their listeners`,
    ],
    [
      'a number',
      'response.code',
      '"response.code" is neither true nor false, so that nothing would ever be logged; compare it, like response.code >= 400',
    ],
    [
      'a text',
      "'yes'",
      `"'yes'" is neither true nor false, so that nothing would ever be logged; compare it, like response.code >= 400`,
    ],
    ['an open bracket', '(true', '"(true" is no CEL expression: ")" is missing at the end'],
    ['an open text', "a == 'b", `"a == 'b" is no CEL expression: "'b" can't be read`],
    ['half of an operator', 'connection.mtls & true', '"connection.mtls & true" is no CEL expression: "& true" can\'t be read'],
    ['two of it', 'true true', '"true true" is no CEL expression: "true" stands where it should end'],
    ['nothing', ' ', '" " is no CEL expression: it ends too early'],
    [
      'a text that looks like an operator',
      "true '&&' true",
      `"true '&&' true" is no CEL expression: "'&&'" stands where it should end`,
    ],
    ['an escape that there is not', "'\\q' == ''", String.raw`"'\\q' == ''" is no CEL expression: "'\\q' == ''" can't be read`],
    ['a keyword of JavaScript', 'response.code === 400', '"response.code === 400" is no CEL expression: "= 400" can\'t be read'],
  ])('%s', (_, expression, problem) => expect(celProblems(expression)).toEqual([problem]));

  test.each([
    ['a sign behind another one', '-!true == true', 'a name is missing before "!"'],
    ['the other way round', '!-response.code == true', 'a name is missing before "-"'],
    ['a choice in the middle of another', 'true ? true ? true : false : false', '":" is missing before "?"'],
    ['a literal as a name', 'response.true == 1', 'a name is missing before "true"'],
    ['a whole number with a fraction', 'response.code == 1.5u', 'a name is missing before "5u"'],
  ])('%s', (_, expression, why) => expect(celProblems(expression)).toEqual([`"${expression}" is no CEL expression: ${why}`]));

  test('a function that there is not', () => {
    expect(celProblems("request.path.includes('a') == true")).toEqual([
      expect.stringMatching(
        /uses includes\(\), which there is not; there are contains, endsWith, has, matches, startsWith, bool,/,
      ),
    ]);
  });

  test('comprehensions, which Envoy leaves out', () => {
    for (const macro of ['all', 'exists', 'exists_one', 'filter', 'map']) {
      expect(celProblems(`request.headers.${macro}(h, h == 'a')`)[0]).toContain(
        `uses ${macro}(), which is switched off in Envoy`,
      );
    }
  });
});

test('whatever is written, there is an answer', () => {
  fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => Array.isArray(celProblems(text))));
});
