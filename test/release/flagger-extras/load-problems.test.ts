import { Duration } from 'cdk8s';
import { PortProtocol, Webhook } from '../../../lib';
import { linesOf } from '../said';
import { CanaryWorld, FACTS } from './world';

/* Load tests, each limit from both sides; Flagger looks every 60 s. */

/** What making one, or giving it to a canary on a port of this kind, says; a line each. */
function said(props: object, protocol: PortProtocol): string[] {
  const tester = new CanaryWorld().tester({ files: { 'a.proto': 'syntax = "proto3";' } });
  const facts = { ...FACTS, port: { ...FACTS.port, protocol } };
  return linesOf((problems) => Webhook.loadTest(tester, { requestsPerSecond: 5, ...props }).validate(problems, 'it', facts));
}
const load = (props: object) => said(props, PortProtocol.HTTP);
const grpc = (props: object) => said(props, PortProtocol.GRPC);
const seconds = (n: number) => Duration.millis(n * 1000);

test.each<[string, object, string[]]>([
  ['one request a second', { requestsPerSecond: 1, connections: 1 }, []],
  ['the most', { requestsPerSecond: 10_000, connections: 1000 }, []],
  [
    'more than the most',
    { requestsPerSecond: 10_001, connections: 1001 },
    [
      'teller.it.requestsPerSecond: 10001 must be a whole number from 1 to 10000',
      'teller.it.connections: 1001 must be a whole number from 1 to 1000',
    ],
  ],
  [
    'fewer than one',
    { requestsPerSecond: 0.5, connections: 0 },
    [
      'teller.it.requestsPerSecond: 0.5 must be a whole number from 1 to 10000',
      'teller.it.connections: 0 must be a whole number from 1 to 1000',
    ],
  ],
  ['requests of a second', { requestTimeout: seconds(1) }, []],
  [
    'requests of no time',
    { requestTimeout: seconds(0) },
    ['teller.it.requestTimeout: 0 s must be a whole number of seconds from 1 on'],
  ],
  [
    'requests of a second and a half',
    { requestTimeout: seconds(1.5) },
    ['teller.it.requestTimeout: 1.5 s must be a whole number of seconds from 1 on'],
  ],
  ['requests that leave a second', { requestTimeout: seconds(57) }, []],
  [
    'requests that leave nothing',
    { requestTimeout: seconds(58) },
    [
      'teller.it.requestTimeout: a request of 58 s leaves nothing of the 60 s between two looks; use a longer interval, or at most 57 s',
    ],
  ],
  ['a second', { duration: seconds(1) }, []],
  ['no time', { duration: seconds(0) }, ['teller.it.duration: 0 s must be a whole number of seconds from 1 on']],
  ['a second and a half', { duration: seconds(1.5) }, ['teller.it.duration: 1.5 s must be a whole number of seconds from 1 on']],
  ['as long as it may', { duration: seconds(53) }, []],
  [
    'too long',
    { duration: seconds(54) },
    [
      'teller.it.duration: 54 s, and 5 s for the last requests, are not over before the next look after 60 s, which would start nothing and leave an interval without requests; use at most 53 s',
    ],
  ],
  ['a call of gRPC', { call: 'a.B/C' }, ['teller.it: call is for gRPC, and port 81 speaks http; use path, method and body']],
  [
    'a call of gRPC, its data and its schema',
    { call: 'a.B/C', data: {}, proto: 'a.proto' },
    ['teller.it: call, data, proto are for gRPC, and port 81 speaks http; use path, method and body'],
  ],
  [
    'a method in lower case',
    { method: 'get' },
    ['teller.it.method: "get" is not a method of a test; use GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH, in upper case'],
  ],
  [
    'a method for proxies',
    { method: 'CONNECT' },
    ['teller.it.method: "CONNECT" is not a method of a test; use GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH, in upper case'],
  ],
  [
    'a change',
    { method: 'DELETE' },
    [
      'teller.it: DELETE is carried out by the new version, on real data; write idempotent: true if the service carries out a request once, however often it is sent',
    ],
  ],
  ['a change that does no harm', { method: 'DELETE', idempotent: true }, []],
  ['OPTIONS', { method: 'OPTIONS' }, []],
  ['a path without a slash', { path: 'a' }, ['teller.it.path: "a" must start with "/"']],
  [
    'a pattern',
    { path: '/a/*' },
    ['teller.it.path: "/a/*" has "*", "{" or "}", which are patterns where requests are let in; write one plain path'],
  ],
  [
    'a template',
    { path: '/a/{b}' },
    ['teller.it.path: "/a/{b}" is not a path template; use {*} for one segment and {**} for the rest at the end'],
  ],
  [
    'a blank in the query',
    { path: '/a?b=c d' },
    ['teller.it.path: "/a?b=c d" has blanks, "#" or characters outside ASCII in its query; write them percent-encoded'],
  ],
  [
    'a fragment in the query',
    { path: '/a?b#c' },
    ['teller.it.path: "/a?b#c" has blanks, "#" or characters outside ASCII in its query; write them percent-encoded'],
  ],
  ['two queries', { path: '/a?b?c=d' }, []],
  ['a header of one letter', { headers: { a: 'b' } }, []],
  [
    'a header by no name',
    { headers: { 'a b': 'c' } },
    ['teller.it.headers: "a b": "c" is not a header; use letters, digits and "-", and a printable value'],
  ],
  [
    'a header that ends in a blank',
    { headers: { a: 'b ' } },
    ['teller.it.headers: "a": "b " is not a header; use letters, digits and "-", and a printable value'],
  ],
  [
    'an empty header',
    { headers: { a: '' } },
    ['teller.it.headers: "a": "" is not a header; use letters, digits and "-", and a printable value'],
  ],
  [
    'a credential',
    { headers: { Authorization: 'Bearer a' } },
    [
      'teller.it.headers: Authorization carries a credential, and manifests are committed to Git; send it from a program of the load tester that reads a Secret: Webhook.command',
    ],
  ],
  [
    'a body with a NUL',
    { method: 'POST', idempotent: true, body: 'a\0' },
    ['teller.it.body: holds a NUL character, or more than 65536 bytes, which no command line takes; keep it short'],
  ],
  ['a body of 64 KiB', { method: 'POST', idempotent: true, body: 'a'.repeat(65536) }, []],
  [
    'a longer body',
    { method: 'POST', idempotent: true, body: 'a'.repeat(65537) },
    ['teller.it.body: holds a NUL character, or more than 65536 bytes, which no command line takes; keep it short'],
  ],
  [
    'a longer body, of fewer letters',
    { method: 'POST', idempotent: true, body: 'ä'.repeat(32769) },
    ['teller.it.body: holds a NUL character, or more than 65536 bytes, which no command line takes; keep it short'],
  ],
])('a load test: %s', (_what, given, problems) => {
  expect(load(given)).toEqual(problems);
});

test.each<[string, object, string[]]>([
  ['the health check', {}, []],
  ['the health check by its name', { call: 'grpc.health.v1.Health/Check' }, []],
  [
    'a path, a method and headers',
    { path: '/a', method: 'GET', headers: {} },
    ['teller.it: path, method, headers are for HTTP, and port 81 speaks grpc; use call and data'],
  ],
  ['a body', { body: 'a' }, ['teller.it: body is for HTTP, and port 81 speaks grpc; use call and data']],
  ['a call that reads', { call: 'a.v1.B/C', proto: 'a.proto', idempotent: true }, []],
  [
    'a call that may change something',
    { call: 'a.v1.B/C', proto: 'a.proto' },
    [
      'teller.it: "a.v1.B/C" is carried out by the new version, on real data; write idempotent: true if it reads only, or is carried out once however often it is sent',
    ],
  ],
  [
    'a call without a schema',
    { call: 'a.v1.B/C', idempotent: true },
    ['teller.it.proto: "a.v1.B/C" needs its schema; name a .proto file of the load tester'],
  ],
  [
    'a call with a schema that is not there',
    { call: 'a.v1.B/C', proto: 'b.proto', idempotent: true },
    ['teller.it.proto: "b.proto" is no file of load tester prober; it has health.proto, a.proto: add it to files'],
  ],
  [
    'a call that is none',
    { call: '/a.v1.B/C', proto: 'a.proto', idempotent: true },
    ['teller.it.call: "/a.v1.B/C" is not a call of gRPC; write it like "payments.v1.Payments/List"'],
  ],
  [
    'a call of two',
    { call: 'a.v1.B/C/D', proto: 'a.proto', idempotent: true },
    ['teller.it.call: "a.v1.B/C/D" is not a call of gRPC; write it like "payments.v1.Payments/List"'],
  ],
  [
    'a call that is a number',
    { call: 7, proto: 'a.proto', idempotent: true },
    ['Webhook.loadTest.call: 7 must be a string; write "7"'],
  ],
  ['data of every kind', { data: { a: [1, 'b', null, { c: true }] } }, []],
  [
    'data that is no number',
    { data: { a: NaN } },
    ['teller.it.data: is no JSON; use maps, lists, strings, finite numbers, true and false'],
  ],
  [
    'data that JSON leaves out',
    { data: { a: Symbol('b') } },
    ['teller.it.data: is no JSON; use maps, lists, strings, finite numbers, true and false'],
  ],
  [
    'data without an end',
    { data: { a: Infinity } },
    ['teller.it.data: is no JSON; use maps, lists, strings, finite numbers, true and false'],
  ],
  [
    'data too large for JSON',
    { data: { a: 7n } },
    ['teller.it.data: is no JSON; use maps, lists, strings, finite numbers, true and false'],
  ],
  [
    'a function',
    { data: { a: () => 1 } },
    ['teller.it.data: is no JSON; use maps, lists, strings, finite numbers, true and false'],
  ],
  [
    'data without an end of its own',
    (() => {
      const data: Record<string, unknown> = {};
      data.a = data;
      return { data };
    })(),
    ['teller.it.data: is no JSON; use maps, lists, strings, finite numbers, true and false'],
  ],
])('a load test of gRPC: %s', (_what, given, problems) => {
  expect(grpc(given)).toEqual(problems);
});
