import { type Body, said } from './stages';

/* What the mesh forbids in staging and allows in production. Each row: staging, production, all that is said. */

const weak = (what: string, production: string, staging: string): string =>
  `${what} is ${production}, weaker than ${staging} in staging; use ${staging} or stricter`;

describe('mutual TLS', () => {
  const mode = (text?: unknown): Body => (text === undefined ? {} : { mtls: { mode: text } });
  const port = (own: unknown, all?: unknown): Body => ({ ...mode(all), portLevelMtls: { 8071: { mode: own } } });
  const cases: [Body, Body, string[]][] = [
    [mode('STRICT'), mode('PERMISSIVE'), [weak('mtls.mode', 'PERMISSIVE', 'STRICT')]],
    [mode('STRICT'), mode('DISABLE'), [weak('mtls.mode', 'DISABLE', 'STRICT')]],
    [mode('PERMISSIVE'), mode('DISABLE'), [weak('mtls.mode', 'DISABLE', 'PERMISSIVE')]],
    [mode('STRICT'), mode(), [weak('mtls.mode', 'nothing', 'STRICT')]],
    [mode('STRICT'), mode('UNSET'), [weak('mtls.mode', 'UNSET', 'STRICT')]],
    [mode('STRICT'), mode(['STRICT']), [weak('mtls.mode', '["STRICT"]', 'STRICT')]],
    // The mode of the mesh, and none: the weakest, both.
    [mode('UNSET'), mode('DISABLE'), []],
    [mode('DISABLE'), mode('PERMISSIVE'), []],
    [port('PERMISSIVE', 'STRICT'), port('PERMISSIVE', 'STRICT'), []],
    [port('PERMISSIVE', 'STRICT'), port('STRICT', 'STRICT'), []],
    [port('PERMISSIVE', 'STRICT'), port('DISABLE', 'STRICT'), [weak('portLevelMtls.8071.mode', 'DISABLE', 'PERMISSIVE')]],
    [mode('STRICT'), port('PERMISSIVE', 'STRICT'), [weak('portLevelMtls.8071.mode', 'PERMISSIVE', 'STRICT')]],
    [mode('STRICT'), port(undefined, 'STRICT'), []],
    // A port that one of them does not name has the mode of the whole there.
    [port('STRICT', 'PERMISSIVE'), mode('PERMISSIVE'), [weak('portLevelMtls.8071.mode', 'PERMISSIVE', 'STRICT')]],
    [port('PERMISSIVE', 'STRICT'), mode('STRICT'), []],
  ];
  test.each(cases)('%j -> %j', (staging, production, expected) => {
    expect(said('PeerAuthentication', staging, production)).toEqual(expected);
  });
});

describe('what may leave', () => {
  const sidecar = (mode?: string): Body => (mode === undefined ? {} : { outboundTrafficPolicy: { mode } });
  test.each([
    [sidecar('REGISTRY_ONLY'), sidecar(), [weak('outboundTrafficPolicy.mode', 'ALLOW_ANY', 'REGISTRY_ONLY')]],
    [sidecar('REGISTRY_ONLY'), sidecar('ALLOW_ANY'), [weak('outboundTrafficPolicy.mode', 'ALLOW_ANY', 'REGISTRY_ONLY')]],
    [sidecar('REGISTRY_ONLY'), sidecar('REGISTRY_ONLY'), []],
    [sidecar('ALLOW_ANY'), sidecar(), []],
    [sidecar(), sidecar('ALLOW_ANY'), []],
  ])('%j -> %j', (staging, production, expected) => {
    expect(said('Sidecar', staging, production)).toEqual(expected);
  });
});

describe('who may call', () => {
  const rules = (...all: unknown[]): Body => ({ rules: all });
  const from = { from: [{ source: { namespaces: ['bank'] } }] };
  const OPEN = 'it has a rule without from, to and when, which allows everybody, and staging has none; restrict it';
  const cases: [Body, Body, string[]][] = [
    [{ action: 'DENY' }, { action: 'ALLOW' }, [weak('action', 'ALLOW', 'DENY')]],
    [{ action: 'DENY' }, {}, [weak('action', 'ALLOW', 'DENY')]],
    [{}, { action: 'CUSTOM' }, [weak('action', 'CUSTOM', 'ALLOW')]],
    [{ action: 'CUSTOM' }, { action: 'AUDIT' }, [weak('action', 'AUDIT', 'CUSTOM')]],
    [{}, { action: 'ALLOW' }, []],
    [{ action: 'AUDIT' }, { action: 'CUSTOM' }, []],
    [rules(from), rules({}), [OPEN]],
    [rules(from), rules(from, { from: [] }), [OPEN]],
    [rules(from), rules({ to: [{ operation: { ports: ['8071'] } }] }), []],
    [rules(from), rules({ when: [{ key: 'request.auth.claims[iss]', values: ['bank'] }] }), []],
    [rules({}), rules({}), []],
    // A rule of a denial that matches everybody takes everything away.
    [rules(from), { action: 'DENY', ...rules({}) }, []],
    [rules(from), rules(null), []],
  ];
  test.each(cases)('%j -> %j', (staging, production, expected) => {
    expect(said('AuthorizationPolicy', staging, production)).toEqual(expected);
  });

  test('tokens that are not asked for', () => {
    const some = { jwtRules: [{ issuer: 'https://issuer.example.com' }] };
    expect(said('RequestAuthentication', some, {})).toEqual(['it has no jwtRules, but staging has; add them']);
    expect(said('RequestAuthentication', some, some)).toEqual([]);
    expect(said('RequestAuthentication', {}, { jwtRules: [] })).toEqual([]);
  });
});

describe('a Gateway', () => {
  const server = (number: number, tls?: Body): Body => ({ port: { number }, tls });
  const servers = (...all: Body[]): Body => ({ servers: all });
  const https = (tls: Body): Body => server(443, { mode: 'SIMPLE', ...tls });
  const least = (version?: string): Body => https({ minProtocolVersion: version });
  const redirect = server(80, { httpsRedirect: true });
  const cases: [string, Body, Body, string[]][] = [
    [
      'takes an older version',
      servers(least('TLSV1_3')),
      servers(least('TLSV1_1')),
      [`port 443: ${weak('tls.minProtocolVersion', 'TLSV1_1', 'TLSV1_3')}`],
    ],
    [
      'takes the default, 1.2',
      servers(least('TLSV1_3')),
      servers(least('TLS_AUTO')),
      [`port 443: ${weak('tls.minProtocolVersion', 'TLSV1_2', 'TLSV1_3')}`],
    ],
    ['says the default', servers(least()), servers(least('TLSV1_2')), []],
    ['takes newer ones only', servers(least('TLS_AUTO')), servers(least('TLSV1_3')), []],
    [
      'has one host with an older version',
      servers(least('TLSV1_3'), least('TLSV1_2')),
      servers(least('TLSV1_3'), least('TLSV1_0'), least('TLSV1_2')),
      [`port 443: ${weak('tls.minProtocolVersion', 'TLSV1_0', 'TLSV1_2')}`],
    ],
    [
      'asks for no certificate of the client',
      servers(server(443, { mode: 'MUTUAL' })),
      servers(server(443, { mode: 'OPTIONAL_MUTUAL' })),
      [`port 443: ${weak('tls.mode', 'OPTIONAL_MUTUAL', 'MUTUAL')}`],
    ],
    [
      'asks one host for none',
      servers(server(443, { mode: 'ISTIO_MUTUAL' }), server(443, { mode: 'MUTUAL' })),
      servers(server(443, { mode: 'MUTUAL' }), server(443, { mode: 'SIMPLE' }), server(443, { mode: 'OPTIONAL_MUTUAL' })),
      [`port 443: ${weak('tls.mode', 'SIMPLE', 'ISTIO_MUTUAL')}`],
    ],
    [
      'has one host in clear text',
      servers(least('TLSV1_3')),
      servers(least('TLSV1_3'), server(443)),
      [`port 443: ${weak('tls.mode', 'nothing', 'SIMPLE')}`],
    ],
    [
      'has one host more in clear text, of two in staging',
      servers(server(443), least('TLSV1_3')),
      servers(least('TLSV1_3'), server(443), server(443, { mode: 'MUTUAL', minProtocolVersion: 'TLSV1_3' })),
      [],
    ],
    ['passes encrypted bytes on', servers(https({})), servers(server(443, { mode: 'PASSTHROUGH' })), []],
    ['passes them on by name', servers(https({})), servers(server(443, { mode: 'AUTO_PASSTHROUGH' })), []],
    ['redirects no more', servers(redirect), servers(server(80)), [`port 80: ${weak('tls.httpsRedirect', 'false', 'true')}`]],
    [
      'redirects one of two hosts',
      servers(redirect, redirect),
      servers(redirect, server(80)),
      [`port 80: ${weak('tls.httpsRedirect', 'false', 'true')}`],
    ],
    ['redirected one of two hosts already', servers(redirect, server(80)), servers(server(80)), []],
    ['has a port in clear text beside it', servers(redirect, least('TLSV1_3')), servers(least('TLSV1_3'), redirect), []],
    ['has no such port', servers(least('TLSV1_3'), redirect), servers(redirect), []],
    ['has another port', servers(redirect), servers(server(8080)), []],
  ];
  test.each(cases)('%s', (_what, staging, production, expected) => {
    expect(said('Gateway', staging, production)).toEqual(expected);
  });
});
