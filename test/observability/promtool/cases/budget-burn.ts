import { OTEL, asked, counts, once, spring, stays, took } from '../inputs';
import type { AlertCase } from '../scenario';

/*
 * 99.9 % over 30 days: pages above 1.44 % over 1h and 5m and above 0.6 % over 6h and 30m, tickets above 0.3 % over 1d and 2h
 * and above 0.1 % over 3d and 6h. Recorded rates look back two minutes, so that on average they lag one minute behind.
 */
const alert = 'AvailabilityBudgetBurn';
const FAST = { severity: 'page', long: '1h' };

/** 100 requests a second, of which a share fails for a time. */
const failing = (before: string, during: string, after: string, share: number, labels: Record<string, string> = {}) => [
  asked([
    [before, 100],
    [during, 100 * (1 - share)],
    [after, 100],
  ]),
  asked(
    [
      [before, 0],
      [during, 100 * share],
      [after, 0],
    ],
    { response_code: '503', ...labels },
  ),
];

const silentAt = (...times: string[]) => times.map((at) => ({ at, firing: 0 }));

export const BUDGET_BURN: readonly AlertCase[] = [
  {
    alert,
    what: 'a tenth of the requests fails for 20 minutes: 1.44 % of an hour are reached after 8.64 minutes',
    where: FAST,
    input: failing('1h', '20m', '30m', 0.1),
    expect: [
      { at: '1h9m', firing: 0 },
      { at: '1h11m', firing: 1 },
      { at: '1h20m', firing: 1 },
      // The hour is still bad; the last five minutes are not.
      { at: '1h27m', firing: 0 },
    ],
  },
  {
    alert,
    what: 'every request fails from the first one on, so that nothing that succeeds was ever seen',
    where: FAST,
    input: [asked([['10m', 100]], { response_code: '503' })],
    expect: [
      { at: '0m', firing: 0 },
      { at: '2m', firing: 1 },
    ],
  },
  {
    alert,
    what: 'requests find no healthy host, and arrive nowhere',
    where: FAST,
    input: failing('1h', '20m', '1m', 0.1, { response_flags: 'UH', destination_workload: 'unknown' }),
    expect: [{ at: '1h12m', firing: 1 }],
  },
  {
    alert,
    what: 'the fault of a gRPC server hides in an HTTP 200',
    where: FAST,
    input: failing('1h', '20m', '1m', 0.1, { response_code: '200', grpc_response_status: '14' }),
    expect: [{ at: '1h12m', firing: 1 }],
  },
  {
    alert,
    what: 'a gRPC client asks for what there is not, which is no fault of the server',
    input: failing('1h', '20m', '1m', 0.1, { response_code: '200', grpc_response_status: '5' }),
    expect: silentAt('1h12m', '1h20m'),
  },
  {
    alert,
    what: 'a client asks for what there is not',
    input: failing('10m', '2h', '1m', 1, { response_code: '404' }),
    expect: silentAt('30m', '2h'),
  },
  {
    alert,
    what: 'the canary gets a tenth of the requests and fails them all',
    where: FAST,
    input: failing('1h', '20m', '1m', 0.1, { destination_service_name: 'payments-canary' }),
    expect: [{ at: '1h12m', firing: 1 }],
  },
  {
    alert,
    what: 'another service fails',
    input: failing('10m', '2h', '1m', 1, { destination_service_name: 'payments-api' }),
    expect: silentAt('30m', '2h'),
  },
  {
    alert,
    what: 'no requests at all: no traffic is neither good nor bad',
    input: [asked([['3h', 0]]), asked([['3h', 0]], { response_code: '503' })],
    expect: silentAt('5m', '1h', '3h'),
  },
  {
    alert,
    what: 'nothing is known of the service; MetricsAbsent is for that',
    input: [stays('up', { job: 'other' }, ['2h', 1])],
    expect: silentAt('5m', '2h'),
  },
  {
    alert,
    what: 'one of 20 requests of a quiet hour fails: 5 %, and no reason to wake anybody',
    input: [asked([['3h', 20 / 3600]]), asked(once('1h', '119m'), { response_code: '500' })],
    expect: silentAt('1h1m', '1h3m', '1h10m', '1h59m', '3h'),
  },
  {
    alert,
    what: 'eleven requests of a quiet hour fail one after the other',
    where: FAST,
    input: [
      asked([['3h', 20 / 3600]]),
      asked(
        [
          ['1h', 0],
          ['11m', 1 / 60],
          ['1h', 0],
        ],
        { response_code: '500' },
      ),
    ],
    expect: [
      { at: '1h8m', firing: 0 },
      { at: '1h12m', firing: 1 },
    ],
  },
  {
    alert,
    what: 'half a percent fails: below both thresholds of a page',
    where: { severity: 'page' },
    input: failing('1m', '3h', '1m', 0.005),
    expect: silentAt('10m', '1h', '3h'),
  },
  {
    alert,
    what: 'a minute in which a third of the requests fails: half a percent of the hour',
    input: failing('6h', '1m', '1h', 0.3),
    expect: silentAt('6h1m', '6h2m', '6h5m', '6h30m'),
  },
  {
    alert,
    what: 'the proxies restart and count from zero',
    input: [asked([['1h', 100], 'reset', ['1h', 100]]), asked([['1h', 0.01], 'reset', ['1h', 0.01]], { response_code: '503' })],
    expect: silentAt('59m', '1h1m', '1h3m', '1h30m'),
  },
  {
    alert,
    what: 'one percent fails: 0.6 % of six hours are reached after 3 hours and 36 minutes',
    where: { severity: 'page', long: '6h' },
    input: failing('6h', '4h', '1h', 0.01),
    expect: [
      { at: '9h34m', firing: 0 },
      { at: '9h40m', firing: 1 },
      // 30 minutes later the short window holds too little of it.
      { at: '10h25m', firing: 0 },
    ],
  },
  {
    alert,
    what: 'half a percent fails: 0.3 % of a day are reached after 14 hours and 24 minutes',
    where: { severity: 'ticket', long: '1d' },
    every: '4m',
    input: failing('1d', '15h', '2h', 0.005),
    expect: [
      { at: '1d14h15m', firing: 0 },
      { at: '1d14h35m', firing: 1 },
      { at: '1d17h', firing: 0 },
    ],
  },
  {
    alert,
    what: 'two in a thousand fail: 0.1 % of three days are reached after a day and a half',
    where: { severity: 'ticket', long: '3d' },
    every: '4m',
    input: failing('3d', '37h', '1m', 0.002),
    expect: [
      { at: '4d11h45m', firing: 0 },
      { at: '4d12h15m', firing: 1 },
    ],
  },
  {
    alert,
    what: 'nine in ten thousand fail, which is within the objective',
    every: '4m',
    input: failing('1m', '1d', '1m', 0.0009),
    expect: silentAt('1h', '7h', '23h'),
  },
  {
    alert,
    what: 'a tenth of one route fails: 1.68 % of an hour, for 99.5 % over 7 days',
    service: 'quotes',
    where: { severity: 'page', long: '1h', route: 'POST /api/v1/quotes/{id}' },
    input: [
      ...spring('POST', '/api/v1/quotes/{id}', '200', ['1h', 10], ['20m', 9]),
      ...spring('POST', '/api/v1/quotes/{id}', '500', ['1h', 0], ['20m', 1]),
    ],
    expect: [
      { at: '1h10m', firing: 0 },
      { at: '1h13m', firing: 1 },
    ],
  },
  {
    alert,
    what: 'another method of that path fails',
    service: 'quotes',
    where: { route: 'POST /api/v1/quotes/{id}' },
    input: [
      ...spring('POST', '/api/v1/quotes/{id}', '200', ['2h', 10]),
      ...spring('GET', '/api/v1/quotes/{id}', '500', ['1h', 0], ['1h', 10]),
    ],
    expect: silentAt('1h20m', '2h'),
  },
  {
    alert: 'LatencyBudgetBurn',
    what: 'every request takes more than 250 ms: 72 % of an hour are reached after 43.2 minutes',
    where: FAST,
    input: took(
      [
        ['1h', 100],
        ['50m', 0],
        ['20m', 100],
      ],
      [
        ['1h', 100],
        ['50m', 0],
        ['20m', 100],
      ],
      [['130m', 100]],
    ),
    expect: [
      { at: '1h43m', firing: 0 },
      { at: '1h46m', firing: 1 },
      { at: '1h54m', firing: 0 },
    ],
  },
  {
    alert: 'LatencyBudgetBurn',
    what: 'Prometheus 3 writes the bounds of buckets as fractions',
    where: FAST,
    input: took(
      [
        ['1h', 100],
        ['50m', 0],
      ],
      [
        ['1h', 100],
        ['50m', 0],
      ],
      [['110m', 100]],
      { fraction: '.0' },
    ),
    expect: [
      { at: '1h43m', firing: 0 },
      { at: '1h46m', firing: 1 },
    ],
  },
  {
    alert: 'LatencyBudgetBurn',
    what: 'four percent are slow, which is within the objective',
    input: took([['2h', 96]], [['2h', 96]], [['2h', 100]]),
    expect: silentAt('10m', '1h', '2h'),
  },
  {
    alert: 'LatencyBudgetBurn',
    what: 'requests that fail late count for the availability alone',
    input: took([['2h', 0]], [['2h', 0]], [['2h', 100]], { response_code: '504' }),
    expect: silentAt('10m', '2h'),
  },
  {
    alert: 'LatencyBudgetBurn',
    what: 'the three requests of a quiet hour are slow',
    input: took([['2h', 0]], [['2h', 0]], once('1h', '1h', 3)),
    expect: silentAt('1h1m', '1h5m', '2h'),
  },
  {
    alert: 'LatencyBudgetBurn',
    what: 'by a bucket that ends at the limit: 14.4 % of an hour, of which 30 % are slow, are reached after 28.8 minutes',
    service: 'rates',
    where: FAST,
    input: [
      counts('http_server_request_duration_seconds_count', OTEL, ['95m', 50]),
      counts('http_server_request_duration_seconds_bucket', { ...OTEL, le: '0.5' }, ['1h', 50], ['35m', 35]),
    ],
    expect: [
      { at: '1h28m', firing: 0 },
      { at: '1h32m', firing: 1 },
    ],
  },
];
