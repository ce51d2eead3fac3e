import { Duration } from 'cdk8s';
import type { CanaryServiceProps } from '../../../lib';
import { type ServiceFacts, resolveCanaryService } from '../../../lib/release/flagger/service-model';
import { linesOf } from '../said';

/* Requests that a service under Flagger matches, and pages that may send them. */

const FACTS: ServiceFacts = { target: 'orders', namespace: 'shop', clusterDomain: 'mesh.local', port: 8073, provider: 'istio' };

const judged = (props: CanaryServiceProps) =>
  linesOf((problems) => resolveCanaryService(props, FACTS, problems, (prop) => prop), 'orders');

const matched = (match: NonNullable<CanaryServiceProps['match']>[number]) => judged({ match: [match] });
const shared = (corsPolicy: Partial<NonNullable<CanaryServiceProps['corsPolicy']>>) =>
  judged({ corsPolicy: { allowOrigins: [{ exact: 'https://shop.example.com' }], ...corsPolicy } });

test.each<[string, NonNullable<CanaryServiceProps['match']>[number], string[]]>([
  ['a path by a regular expression', { uri: { regex: 'a.*' } }, []],
  [
    'an empty path',
    { uri: { exact: '' } },
    ['orders.match[0].uri: "" must be a non-empty value on one line', 'orders.match[0].uri: "" must start with "/"'],
  ],
  ['a path with a slash further on', { uri: { prefix: 'a/b' } }, ['orders.match[0].uri: "a/b" must start with "/"']],
  [
    'a value on two lines',
    { headers: { 'x-a': { exact: 'a\nb' } } },
    ['orders.match[0].headers["x-a"]: "a\\nb" must be a non-empty value on one line'],
  ],
  ['a text with what only a regular expression minds', { headers: { 'x-a': { exact: '(?=a)' } } }, []],
  [
    'a regular expression that looks back',
    { headers: { 'x-a': { regex: '(a)\\1' } } },
    ['orders.match[0].headers["x-a"]: "(a)\\\\1" looks around or back, which RE2 can\'t; say what the whole value is'],
  ],
  ['a regular expression with classes', { headers: { 'x-a': { regex: '\\d+\\.\\w' } } }, []],
  [
    'a header that must not be there, in capitals',
    { withoutHeaders: { 'X-A': { exact: 'a' } } },
    ['orders.match[0]: header "X-A" must be a name in lower case, as HTTP/2 carries it'],
  ],
  [
    'a header of two comparisons',
    { withoutHeaders: { 'x-a': { exact: 'a', prefix: 'a' } } },
    ['orders.match[0].withoutHeaders["x-a"]: {"exact":"a","prefix":"a"} must say one of exact, prefix and regex'],
  ],
  [
    'a parameter without a value',
    { queryParams: { page: { exact: '' } } },
    ['orders.match[0].queryParams["page"]: "" must be a non-empty value on one line'],
  ],
  ['a name alone', { name: 'all' }, ['orders.match[0]: matches everything; leave it out where every request is meant']],
  [
    'capitals that do not count, of no path',
    { ignoreUriCase: true, method: { exact: 'GET' } },
    ['orders.match[0]: ignoreUriCase needs a uri; leave it out'],
  ],
  [
    'capitals alone',
    { ignoreUriCase: true },
    [
      'orders.match[0]: matches everything; leave it out where every request is meant',
      'orders.match[0]: ignoreUriCase needs a uri; leave it out',
    ],
  ],
  [
    'an unknown method',
    { method: { exact: 'FETCH' } },
    [
      'orders.match[0].method: "FETCH" is not an HTTP method; use GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, in upper case',
    ],
  ],
  ['a method by its beginning', { method: { prefix: 'P' } }, []],
  ['a port that is none', { port: 70000 }, ['orders.match[0].port: 70000 is not a port; use a whole number from 1 to 65535']],
  ['a port alone', { port: 80 }, []],
  [
    'a namespace that is none',
    { sourceNamespace: 'Front' },
    [
      'orders.match[0].sourceNamespace: "Front" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
    ],
  ],
  [
    'labels that are none',
    { sourceLabels: { app: 'a b' } },
    [
      'orders.match[0].sourceLabels: label app: "a b" is not a label value; use up to 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
    ],
  ],
  [
    'a gateway where there is none',
    { uri: { exact: '/a' }, gateways: ['edge'] },
    ['orders.match[0].gateways: "edge" is none of the service\'s gateways, so that it would never match; they are mesh'],
  ],
  ['the mesh where there is no gateway', { uri: { exact: '/a' }, gateways: ['mesh'] }, []],
])('what is matched: %s', (_what, given, problems) => {
  expect(matched(given)).toEqual(problems);
});

test.each<[string, Partial<NonNullable<CanaryServiceProps['corsPolicy']>>, string[]]>([
  ["nobody's pages", { allowOrigins: [] }, ['orders.corsPolicy: allowOrigins names nobody; say whose pages are meant']],
  [
    'an origin of two comparisons',
    { allowOrigins: [{ exact: 'a', prefix: 'b' }] },
    ['orders.corsPolicy.allowOrigins: {"exact":"a","prefix":"b"} must say one of exact, prefix and regex'],
  ],
  ['everybody, without cookies', { allowOrigins: [{ exact: '*' }] }, []],
  [
    'everybody, with cookies',
    { allowOrigins: [{ exact: '*' }], allowCredentials: true },
    ['orders.corsPolicy.allowOrigins: "*" with allowCredentials lets every page act for its reader; name the pages'],
  ],
  [
    'every https page, with cookies',
    { allowOrigins: [{ prefix: 'https://' }], allowCredentials: true },
    ['orders.corsPolicy.allowOrigins: "https://" with allowCredentials lets every page act for its reader; name the pages'],
  ],
  [
    'every http page, with cookies',
    { allowOrigins: [{ prefix: 'http://' }], allowCredentials: true },
    ['orders.corsPolicy.allowOrigins: "http://" with allowCredentials lets every page act for its reader; name the pages'],
  ],
  [
    'every page by a regular expression',
    { allowOrigins: [{ regex: '.*' }], allowCredentials: true },
    ['orders.corsPolicy.allowOrigins: ".*" with allowCredentials lets every page act for its reader; name the pages'],
  ],
  [
    'every page by one with anchors',
    { allowOrigins: [{ regex: '^.+$' }], allowCredentials: true },
    ['orders.corsPolicy.allowOrigins: "^.+$" with allowCredentials lets every page act for its reader; name the pages'],
  ],
  [
    'pages of one domain by a regular expression',
    { allowOrigins: [{ regex: '.*\\.example\\.com' }, { regex: 'https://a.*' }], allowCredentials: true },
    [],
  ],
  ['pages by a beginning', { allowOrigins: [{ prefix: 'https://shop.' }], allowCredentials: true }, []],
  ['methods', { allowMethods: ['GET', 'DELETE'] }, []],
  [
    'a method in lower case',
    { allowMethods: ['GET', 'post'] },
    [
      'orders.corsPolicy.allowMethods: "post" is not an HTTP method; use GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, in upper case',
    ],
  ],
  ['no memory', { maxAge: Duration.seconds(0) }, []],
  ['half a second', { maxAge: Duration.millis(500) }, ['orders.corsPolicy: maxAge 0.5 s must be whole seconds']],
])('what pages of other hosts may do: %s', (_what, given, problems) => {
  expect(shared(given)).toEqual(problems);
});

test('a request of none of several gateways is told which there are', () => {
  const gateways = ['istio-ingress/edge', 'mesh'];
  const props = { hosts: ['shop.example.com'], gateways, acceptInMesh: 'callers in the mesh use the same paths' };
  expect(judged({ ...props, match: [{ uri: { exact: '/a' }, gateways: ['door'] }] })).toEqual([
    'orders.match[0].gateways: "door" is none of the service\'s gateways, so that it would never match; they are istio-ingress/edge, mesh',
  ]);
});

test('what holds in the mesh alone, or at a gateway alone, has nothing to accept', () => {
  expect(judged({ gateways: ['mesh'], match: [{ uri: { exact: '/a' } }] })).toEqual([]);
  expect(judged({ hosts: ['shop.example.com'], gateways: ['edge', 'door'], rewrite: { uri: '/' } })).toEqual([
    "orders.gateways: [edge, door] leaves callers in the mesh out, who would go past the canary; add 'mesh'",
  ]);
});
