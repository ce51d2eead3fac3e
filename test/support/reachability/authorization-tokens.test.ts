import { authorize, state, toSafe, tokens, town } from './fixtures';
import type { Flow } from './flow';
import type { KubeObject } from './objects';

const SAFE = { selector: { matchLabels: { id: 'safe' } } };
const http: Partial<Flow> = { request: { method: 'PUT', path: '/coins/7' } };

const allow = (...rules: object[]): KubeObject[] => [authorize('vault', 'a', { ...SAFE, rules })];
const source = (fields: object): KubeObject[] => allow({ from: [{ source: fields }] });
const operation = (fields: object): KubeObject[] => allow({ to: [{ operation: fields }] });
const when = (key: string, fields: object): KubeObject[] => allow({ when: [{ key, ...fields }] });
const issuer = tokens('vault', 't', { ...SAFE, jwtRules: [{ issuer: 'https://id.example/r' }] });

type Case = [what: string, expected: string, objects: KubeObject[], flow?: Partial<Flow>];

describe('tokens and conditions', () => {
  const token = (principal: string, claims = {}): Partial<Flow> => ({ request: { method: 'GET', path: '/', principal, claims } });
  const good = token('https://id.example/r/ann', { scope: ['pay', 'see'], 'org.unit': 'till' });
  const cases: Case[] = [
    ['a request has no principal by itself', 'closed', [issuer, ...source({ requestPrincipals: ['*'] })], http],
    ['any principal', 'open', [issuer, ...source({ requestPrincipals: ['*'] })], good],
    ['whose issuer somebody accepts', 'closed', source({ requestPrincipals: ['*'] }), good],
    ['the very one', 'open', [issuer, ...source({ requestPrincipals: ['https://id.example/r/ann'] })], good],
    ['all of an issuer', 'open', [issuer, ...source({ requestPrincipals: ['https://id.example/r/*'] })], good],
    ['another issuer', 'closed', [issuer, ...source({ requestPrincipals: ['https://id.example/*'] })], good],
    ['a subject of any issuer', 'open', [issuer, ...source({ requestPrincipals: ['*/ann'] })], good],
    ['a subject of another name', 'closed', [issuer, ...source({ requestPrincipals: ['*/bob'] })], good],
    ['the end of an issuer and a subject', 'open', [issuer, ...source({ requestPrincipals: ['*.example/r/ann'] })], good],
    ['the end of another issuer', 'closed', [issuer, ...source({ requestPrincipals: ['*.example/q/ann'] })], good],
    ['the end of a subject', 'open', [issuer, ...source({ requestPrincipals: ['*nn'] })], good],
    ['another end of a subject', 'closed', [issuer, ...source({ requestPrincipals: ['*mm'] })], good],
    ['the beginning of a subject', 'open', [issuer, ...source({ requestPrincipals: ['https://id.example/r/a*'] })], good],
    ['another beginning', 'closed', [issuer, ...source({ requestPrincipals: ['https://id.example/r/b*'] })], good],
    ['an issuer without a subject', 'closed', [issuer, ...source({ requestPrincipals: ['*'] })], token('https://id.example/r/')],
    [
      'an acceptor for another workload',
      'closed',
      [
        tokens('vault', 't', { selector: { matchLabels: { id: 'clerk' } }, jwtRules: [{ issuer: 'https://id.example/r' }] }),
        ...source({ requestPrincipals: ['*'] }),
      ],
      good,
    ],
    [
      'one of two issuers',
      'open',
      [
        tokens('vault', 't', { jwtRules: [{ issuer: 'https://other.example' }, { issuer: 'https://id.example/r' }] }),
        ...source({ requestPrincipals: ['*'] }),
      ],
      good,
    ],
    ['no principal wanted', 'closed', [issuer, ...source({ notRequestPrincipals: ['*'] })], good],
    ['no principal wanted, none there', 'open', [issuer, ...source({ notRequestPrincipals: ['*'] })], http],
    ['a claim', 'open', [issuer, ...when('request.auth.claims[scope]', { values: ['pay'] })], good],
    ['a claim that lacks', 'closed', [issuer, ...when('request.auth.claims[scope]', { values: ['own'] })], good],
    ['a nested claim', 'open', [issuer, ...when('request.auth.claims[org][unit]', { values: ['t*'] })], good],
    [
      'a header in any case',
      'open',
      when('request.headers[X-Till]', { values: ['4'] }),
      { request: { method: 'GET', headers: { 'x-till': '4' } } },
    ],
    [
      'a header with another value',
      'closed',
      when('request.headers[X-Till]', { values: ['4'] }),
      { request: { method: 'GET', headers: { 'x-till': '44' } } },
    ],
    ['a condition on the port', 'closed', when('destination.port', { notValues: ['8081'] })],
    ['a condition on the namespace', 'open', when('source.namespace', { values: ['vault'] })],
    [
      'all conditions must hold',
      'closed',
      allow({
        when: [
          { key: 'source.namespace', values: ['vault'] },
          { key: 'destination.port', values: ['9'] },
        ],
      }),
    ],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).authorization)).toBe(expected);
  });
});

it.each<[string, KubeObject[]]>([
  ['CUSTOM', [authorize('vault', 'c', { action: 'CUSTOM', rules: [{}] })]],
  ['an unknown condition', when('connection.sni', { values: ['x'] })],
  ['an unknown field of a source', source({ remoteIpBlocks: ['10.0.0.0/8'] })],
  ['an unknown field of an operation', operation({ path: ['/x'] })],
  ['an unknown field of a rule', allow({ form: [] })],
  ['a block for a pod without address', source({ ipBlocks: ['10.0.0.0/8'] })],
])('throws for %s', (_, objects) => {
  expect(() => town(objects).flow(toSafe(http))).toThrow();
});
