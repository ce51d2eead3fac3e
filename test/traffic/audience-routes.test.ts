import { Chart, Duration, Testing } from 'cdk8s';
import { Audience, type AudienceMatch, Fault, PortProtocol, Stage } from '../../lib';
import { notesOn } from '../../lib/kube/notes';
import { noteFaults } from '../../lib/traffic/faults';
import { resolveTraffic } from '../../lib/traffic/model';
import { type AudienceRoute, httpRoutes } from '../../lib/traffic/resources/http-routes';
import type { RouteCondition } from '../../lib/traffic/route-condition';
import { Problems } from '../../lib/kernel/errors';
import type { Json } from '../banking-service/world';
import { noted } from '../support/problems';

/* Routes that ask for a header, and audiences that are told by the same one; faults of the same requests. */

const [A, B] = ['a.vault.svc', 'b.vault.svc'];

/** Which requests go where, of one route for POST. */
function split(headers: RouteCondition['headers'], ...audience: AudienceMatch[]): Json[] {
  const retries = { attempts: 0, on: [] };
  const route = { condition: { path: '/', methods: ['POST'], headers }, timeoutMs: 7000, repeatable: false, retries };
  const elsewhere: AudienceRoute = { audience, to: [{ host: B, port: 8071 }] };
  const http = httpRoutes([route], [{ host: A, port: 8071 }], { audiences: [elsewhere] });
  return (JSON.parse(JSON.stringify(http)) as Json[]).map(({ match, route: to }) => ({ [to[0].destination.host]: match }));
}

const post = { method: { exact: 'POST' } };
const header = (value: Parameters<typeof Audience.header>[1]) => Audience.header('x-tier', value).match();

describe('a route that asks for a header of one value knows whether the audience means it', () => {
  const asked = { ...post, headers: { 'x-tier': { exact: 'gold.2' } } };

  test.each<[string, Parameters<typeof Audience.header>[1]]>([
    ['the value itself', 'gold.2'],
    ['its beginning', { prefix: 'gold' }],
    ['a regular expression', { regex: 'gold\\.[0-9]' }],
    ['one for whatever letters', { regex: '(?i)GOLD.2' }],
    ['one with a group by name, as RE2 writes it', { regex: '(?P<tier>[a-z]+)\\.(?P<step>2)' }],
    ['one whose parts take as little as they can', { regex: '(?U).+2' }],
    ['one with a flag that is said twice', { regex: '(?ii)GOLD.*' }],
    ['one with two flags', { regex: '(?is)GOLD.2' }],
    ['one with characters that would be a flag where it begins', { regex: 'gold[.(?i)]2' }],
    ['one of two', { regex: 'silver|gold.2' }],
  ])('by %s: all of them go to the audience', (_how, value) => {
    expect(split({ 'x-tier': 'gold.2' }, header(value))).toEqual([{ [B]: [asked] }]);
  });

  test.each<[string, Parameters<typeof Audience.header>[1]]>([
    ['another value', 'gold'],
    ['the beginning of another', { prefix: 'old' }],
    ['its end', { prefix: '.2' }],
    ['a regular expression for a part', { regex: 'gold' }],
    ['one for its end', { regex: '\\.2' }],
    ['one that ends early, or of something else', { regex: 'gold|silver' }],
    ['one for other letters', { regex: 'GOLD.2' }],
  ])('by %s: none of them does', (_how, value) => {
    expect(split({ 'x-tier': 'gold.2' }, header(value))).toEqual([{ [A]: [asked] }]);
  });

  test('what the audience asks for besides is asked for', () => {
    const both = Audience.header('x-tier', { prefix: 'gold' }).and(Audience.header('x-beta', 'on'));
    expect(split({ 'x-tier': 'gold.2' }, both.match())).toEqual([
      { [B]: [{ ...post, headers: { 'x-tier': { exact: 'gold.2' }, 'x-beta': { exact: 'on' } } }] },
      { [A]: [asked] },
    ]);
  });

  test('whose second header is the one of the audience: all of them go to it, and no match is written twice', () => {
    const headers = { 'x-desk': '7', 'x-tier': 'gold.2' };
    expect(split(headers, header('gold.2'))).toEqual([
      { [B]: [{ ...post, headers: { 'x-desk': { exact: '7' }, 'x-tier': { exact: 'gold.2' } } }] },
    ]);
  });
});

test('an audience joined by "and" compares every header and every label of both', () => {
  const tellers = Audience.header('x-tier', 'gold').and(Audience.sourceLabels({ team: 'cash', desk: '7' }));
  const all = tellers.and(
    Audience.header('x-beta', { prefix: 'o' }).and(Audience.sourceLabels({ shift: 'night', team: 'cash' })),
  );
  expect(all.match()).toEqual({
    headers: { 'x-tier': { exact: 'gold' }, 'x-beta': { prefix: 'o' } },
    sourceLabels: { team: 'cash', desk: '7', shift: 'night' },
  });
  expect(noted((problems) => all.validate(problems, 'audience'))).toEqual([]);
  expect(Audience.sourceLabels({ team: 'cash' }).match()).toEqual({ headers: undefined, sourceLabels: { team: 'cash' } });
});

describe('faults of the same requests', () => {
  const port = { name: 'http', port: 8071, targetPort: 8071, protocol: PortProtocol.HTTP };
  const resolve = (faults: readonly Fault[], problems: Problems) => resolveTraffic({ faults }, [port], problems, Stage.STAGING);
  const delay = (seconds: number, path = '/pay') => Fault.delay(Duration.seconds(seconds), { percentage: 11, path });
  const abort = (status: number, path = '/pay') => Fault.abort(status, { percentage: 7, path });

  test.each<[string, () => Fault[], string]>([
    ['two delays', () => [delay(5), abort(503), delay(7)], 'delay'],
    ['two aborts', () => [abort(503), delay(5), abort(504)], 'abort'],
  ])('%s are one too many', (_what, faults, twice) => {
    expect(noted((problems) => resolve(faults(), problems))).toEqual([
      `x.traffic.faults: "/pay" has two faults that ${twice}; keep one`,
    ]);
  });

  test('of everything leave nothing for a route without them', () => {
    const { routes } = resolve([abort(503, '/')], new Problems('x'));
    expect(routes.map(({ condition, fault }) => [condition.methods, fault])).toEqual([
      [['GET', 'HEAD', 'OPTIONS'], { abort: { percentage: 7, httpStatus: 503 } }],
      [undefined, { abort: { percentage: 7, httpStatus: 503 } }],
    ]);
  });

  test('that there can not be are not judged further', () => {
    expect(noted((problems) => resolve([abort(200, 'pay'), abort(504, 'pay')], problems))).toEqual([
      'x.traffic.faults: path "pay" must start with "/"',
    ]);
  });

  test('are reported where somebody took them on, and nowhere else', () => {
    const chart = new Chart(Testing.app(), 'chart');
    const acknowledge = 'a rehearsal, with the desk informed';
    noteFaults(chart, 'teller', [
      abort(503),
      Fault.delay(Duration.millis(1500), { percentage: 11, path: '/pay', methods: ['PUT'], acknowledge }),
    ]);
    expect(notesOn(chart)).toEqual([
      { kind: 'acceptance', text: `11 % of PUT /pay to teller wait 1.5 s on purpose: ${acknowledge}` },
    ]);
  });

  test('a delay and an abort are one fault, and each is written with its time and its share', () => {
    const problems = new Problems('x');
    const { routes } = resolve([abort(503, '/'), delay(5), abort(504), delay(0.25, '/pay/out')], problems);
    expect(problems.any).toBe(false);
    const http = httpRoutes(routes, [{ host: A, port: 8071 }]) as Json[];
    const faults = new Map(http.map((one) => [JSON.stringify(one.match?.[0].uri?.exact), JSON.parse(JSON.stringify(one.fault))]));
    expect([...faults]).toEqual([
      ['"/pay/out"', { delay: { percentage: { value: 11 }, fixedDelay: '250ms' } }],
      [
        '"/pay"',
        {
          delay: { percentage: { value: 11 }, fixedDelay: '5s' },
          abort: { percentage: { value: 7 }, httpStatus: 504 },
        },
      ],
      [undefined, { abort: { percentage: { value: 7 }, httpStatus: 503 } }],
    ]);
  });
});

test.each([
  [undefined, 2000],
  [0, 5000],
  [3, 2000],
  // Ten waits take up to 2025 ms: what is left is for eleven tries.
  [10, 725],
])('with %p retries a connection has %d ms, as a try has', (attempts, expected) => {
  const port = { name: 'http', port: 8071, targetPort: 8071, protocol: PortProtocol.HTTP };
  const problems = new Problems('x');
  expect(resolveTraffic({ retries: { attempts } }, [port], problems).connectTimeoutMs).toBe(expected);
});
