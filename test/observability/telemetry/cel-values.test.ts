import { celProblems } from '../../../lib/observability/telemetry/cel';

/* O5: whether a filter is true or false is known before a proxy reads it, as far as it can be told. */

const NEITHER = 'is neither true nor false, so that nothing would ever be logged; compare it, like response.code >= 400';
const MISSING = (what: string) => `is no CEL expression: ${what}`;

test.each([
  'bool(request.headers["x-a"])',
  "request.path.contains('/a')",
  "request.path.endsWith('/a')",
  'has(request.referer)',
  'request.time.getHours() < 6',
  '[] == []',
  'connection.mtls ? true : 1',
  'connection.mtls ? 1 : true',
  "metadata.filter_metadata['a']",
  'filter_state.upstream_peer',
  '(response.code + 1) > 2',
  'response.code > 1 + 2',
  'false',
  '!!connection.mtls',
])('%s may be true', (expression) => expect(celProblems(expression)).toEqual([]));

test.each([
  'response.code + 1',
  'response.size * 2',
  '-response.size',
  '[1]',
  'null',
  "size('a')",
  '(response.code)',
  'connection.mtls ? 1 : 2',
  'connection.id',
])('%s never is', (expression) => expect(celProblems(expression)).toEqual([`"${expression}" ${NEITHER}`]));

test.each([
  ['request.', 'a name is missing at the end'],
  ['size(1', '")" is missing at the end'],
  ['[1, 2', '"]" is missing at the end'],
  ['true && @abcdefghijklmnop', '"@abcdefghijk" can\'t be read'],
  ['connection.mtls ? true', '":" is missing at the end'],
])('%s is none', (expression, what) => expect(celProblems(expression)).toEqual([`"${expression}" ${MISSING(what)}`]));

test('all that is wrong with it is said, each once', () => {
  const roots =
    'request, response, source, destination, connection, upstream, xds, metadata, filter_state, upstream_filter_state';
  const unknown = (name: string) => `"h + h" asks for "${name}", which no filter knows; there are ${roots}`;
  expect(celProblems('h + h')).toEqual([unknown('h'), `"h + h" ${NEITHER}`]);
  expect(celProblems('h')).toEqual([unknown('h').replace('h + h', 'h'), `"h" ${NEITHER}`]);
});
