import fc from 'fast-check';
import { PortProtocol, type RouteProps } from '../../lib';
import { Problems } from '../../lib/kernel/errors';
import { resolveTraffic } from '../../lib/traffic/model';
import { httpRoutes } from '../../lib/traffic/resources/http-routes';
import { type Json, World } from '../banking-service/world';
import { requests } from './conditions';
import { firstMatch } from './envoy';
import { expectedPolicy, fallback, tables } from './tables';

function rendered(routes: readonly RouteProps[], protocol = PortProtocol.HTTP): Json[] {
  const problems = new Problems('teller');
  const port = { name: protocol, port: 8071, targetPort: 8071, protocol };
  const model = resolveTraffic({ timeout: fallback, routes }, [port], problems);
  problems.throwIfAny();
  return httpRoutes(model.routes, [{ host: 'teller.vault.svc', port: 8071 }]);
}

const policy = (route: Json | undefined): unknown => route && { timeout: route.timeout, retries: route.retries };

describe('the first route that matches is the most specific one, with the retries of the method', () => {
  test.each([PortProtocol.HTTP, PortProtocol.GRPC])('for every table and request, on %s', (protocol) => {
    fc.assert(
      fc.property(tables(20, 6), fc.array(requests, { minLength: 5, maxLength: 20 }), (table, sent) => {
        const http = rendered(table, protocol);
        for (const request of sent) {
          expect(policy(firstMatch(http, request))).toEqual(expectedPolicy(table, request, protocol === PortProtocol.GRPC));
        }
      }),
      { numRuns: 400 },
    );
  });

  test('in whatever order the table is written', () => {
    fc.assert(
      fc.property(tables(20, 6), fc.array(requests, { minLength: 5, maxLength: 20 }), (table, sent) => {
        const [http, reversed] = [rendered(table), rendered([...table].reverse())];
        for (const request of sent) expect(firstMatch(reversed, request)).toEqual(firstMatch(http, request));
      }),
    );
  });

  test('a table in the reverse order would be found out', () => {
    const table: RouteProps[] = [{ path: '/a', timeout: fallback }];
    const request = { method: 'GET', path: '/a/b', headers: {}, port: 8071 };
    const http = rendered([{ path: '/a/b', idempotent: true }, ...table]);
    expect(firstMatch(http, request)).toBe(http[0]);
    expect(firstMatch([...http].reverse(), request)).not.toBe(http[0]);
  });
});

describe('what is rendered', () => {
  test('a path is itself and what is below its slash; safe methods come first', () => {
    expect(rendered([{ path: '/api/v3' }]).map(({ match }) => match as unknown)).toEqual([
      [
        { uri: { exact: '/api/v3' }, method: { regex: 'GET|HEAD|OPTIONS' } },
        { uri: { prefix: '/api/v3/' }, method: { regex: 'GET|HEAD|OPTIONS' } },
      ],
      [{ uri: { exact: '/api/v3' } }, { uri: { prefix: '/api/v3/' } }],
      [{ method: { regex: 'GET|HEAD|OPTIONS' } }],
      undefined,
    ]);
  });

  test('an exact path with a method and a header', () => {
    const [first] = rendered([{ path: '/pay', exact: true, methods: ['POST'], headers: { 'x-bank': 'b7' } }]);
    expect(first).toMatchInlineSnapshot(`
{
  "match": [
    {
      "headers": {
        "x-bank": {
          "exact": "b7",
        },
      },
      "method": {
        "exact": "POST",
      },
      "port": undefined,
      "uri": {
        "exact": "/pay",
      },
    },
  ],
  "retries": {
    "attempts": 3,
    "perTryTimeout": undefined,
    "retryOn": "connect-failure,refused-stream",
    "retryRemoteLocalities": true,
  },
  "route": [
    {
      "destination": {
        "host": "teller.vault.svc",
        "port": {
          "number": 8071,
        },
        "subset": undefined,
      },
      "weight": undefined,
    },
  ],
  "timeout": "9s",
}
`);
  });

  test('where a Service has several ports, every route names the port that it goes to', () => {
    const world = new World();
    world.service('teller', {
      port: 8071,
      servicePort: 81,
      ports: [{ port: 9073, protocol: PortProtocol.GRPC, servicePort: 93 }],
    });
    const http: Json[] = world.one('VirtualService').spec.http;
    for (const port of [81, 93]) {
      const chosen = firstMatch(http, { method: 'POST', path: '/x', headers: {}, port });
      expect(chosen?.route[0].destination.port).toEqual({ number: port });
    }
    expect(http.flatMap(({ match }) => match as Json[]).every(({ port }) => port === 81 || port === 93)).toBe(true);
  });

  test('a route without retries says so', () => {
    expect(rendered([{ path: '/x', exact: true, methods: ['GET'], retries: { attempts: 0 } }])[0]!.retries).toEqual({
      attempts: 0,
    });
  });

  test('destinations keep their weights and subsets', () => {
    const model = {
      condition: { path: '/' },
      timeoutMs: 7500,
      retries: { attempts: 1, on: ['connect-failure'] },
      repeatable: false,
    };
    const [route] = httpRoutes(
      [model],
      [
        { host: 'h', port: 81, subset: 'blue', weight: 83 },
        { host: 'h', port: 81, subset: 'green', weight: 17 },
      ],
    ) as Json[];
    expect(route!.route).toMatchObject([
      { weight: 83, destination: { subset: 'blue' } },
      { weight: 17, destination: { subset: 'green' } },
    ]);
    expect(route!.timeout).toBe('7500ms');
  });
});
