import type { HttpMatch, HttpRoute } from './http-route';
import { mergedRoute } from './merge-routes';

/* Istio's own rules for roots and delegates: a condition of the delegate that is no part of the root's is dropped, in silence. */

type Case = [what: string, root: HttpMatch[], leaf: HttpMatch[], merged: object[] | undefined];

const get = { method: { exact: 'GET' } };
const pay = { uri: { prefix: '/pay/' } };

const cases: Case[] = [
  ['no condition on either side', [], [], []],
  ["the root's alone", [get], [], [get]],
  ["the delegate's alone", [], [pay], [pay]],
  ['conditions on different things add up', [get], [pay], [{ ...get, ...pay }]],
  [
    'each pair of them',
    [get, { method: { exact: 'HEAD' } }],
    [pay],
    [
      { ...get, ...pay },
      { method: { exact: 'HEAD' }, ...pay },
    ],
  ],
  ['the same exact value', [get], [get], [get]],
  ['another exact value', [get], [{ method: { exact: 'PUT' } }], undefined],
  ['one of two', [get, { method: { exact: 'PUT' } }], [get], [get]],
  ['one leaf that fits none drops the whole route', [get], [get, { method: { exact: 'PUT' } }], undefined],
  ['a longer prefix', [pay], [{ uri: { prefix: '/pay/7' } }], [{ uri: { prefix: '/pay/7' } }]],
  ['a shorter prefix', [pay], [{ uri: { prefix: '/pa' } }], undefined],
  ['an exact value below the prefix', [pay], [{ uri: { exact: '/pay/7' } }], [{ uri: { exact: '/pay/7' } }]],
  ['an exact value beside the prefix', [pay], [{ uri: { exact: '/paid' } }], undefined],
  ['a prefix below an exact value', [{ uri: { exact: '/pay/7' } }], [pay], undefined],
  ['a regular expression in the root', [{ method: { regex: 'GET|HEAD' } }], [get], undefined],
  ['a regular expression in the delegate', [get], [{ method: { regex: 'GET|HEAD' } }], undefined],
  ['one beside a prefix', [pay], [{ uri: { regex: '/pay/.*' } }], undefined],
  ['one on something else', [pay], [{ method: { regex: 'GET|HEAD' } }], [{ ...pay, method: { regex: 'GET|HEAD' } }]],
  [
    "a header beside the root's",
    [{ headers: { a: { exact: '1' } } }],
    [{ headers: { b: { exact: '2' } } }],
    [{ headers: { a: { exact: '1' }, b: { exact: '2' } } }],
  ],
  ['another value of the header', [{ headers: { a: { exact: '1' } } }], [{ headers: { a: { exact: '2' } } }], undefined],
  ['another value of a parameter', [{ queryParams: { a: { exact: '1' } } }], [{ queryParams: { a: { exact: '2' } } }], undefined],
  ['another port', [{ port: 81 }], [{ port: 82 }], undefined],
  ['case in the root alone', [{ ...pay, ignoreUriCase: true }], [pay], undefined],
  ['the namespace of the root, unsaid by the delegate', [{ sourceNamespace: 'a' }], [pay], undefined],
  ['labels that agree', [{ sourceLabels: { a: '1' } }], [{ sourceLabels: { b: '2' } }], [{ sourceLabels: { a: '1', b: '2' } }]],
  ['labels that disagree', [{ sourceLabels: { a: '1' } }], [{ sourceLabels: { a: '2' } }], undefined],
  ['one gateway of two', [{ gateways: ['n/a', 'n/b'] }], [{ gateways: ['n/b'] }], [{ gateways: ['n/b'] }]],
  ['a gateway that the root has not', [{ gateways: ['n/a'] }], [{ gateways: ['n/c'] }], undefined],
];

it.each(cases)('%s', (...[, root, leaf, merged]: Case) => {
  const route = mergedRoute({ match: root }, { match: leaf });
  expect(route?.match?.map((one) => bare(one))).toEqual(merged);
});

it("takes over from the root what the delegate does not say, and the delegate's word counts first", () => {
  const root: HttpRoute = { name: 'root', timeout: '7s', retries: { attempts: 2 }, headers: { request: {} }, match: [get] };
  const leaf: HttpRoute = { name: 'leaf', timeout: '9s', route: [{ destination: { host: 'a' } }] };
  const { match, ...merged } = mergedRoute(root, leaf)!;
  expect(merged).toEqual({
    name: 'root-leaf',
    timeout: '9s',
    retries: { attempts: 2 },
    headers: { request: {} },
    route: [{ destination: { host: 'a' } }],
  });
  expect(match).toEqual([get]);
});

/** Without the fields that say nothing. */
function bare(match: HttpMatch): object {
  return Object.fromEntries(
    Object.entries(match).filter(
      ([, value]) => value !== undefined && (typeof value !== 'object' || Object.keys(value).length > 0),
    ),
  );
}
