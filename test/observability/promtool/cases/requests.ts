import { answered, asked, once, pod, stays, took } from '../inputs';
import type { AlertCase, Stay } from '../scenario';

const silentAt = (...times: string[]) => times.map((at) => ({ at, firing: 0 }));
const ups = (...phases: Stay[]) => stays('up', { namespace: 'banking', pod: pod('payments-primary') }, ...phases);
const wanted = (count: number, time = '2h') =>
  stays('kube_deployment_spec_replicas', { namespace: 'banking', deployment: 'payments-primary' }, [time, count]);

/** 99.9 % and p95 of 200 ms: a canary would be stopped above 1.44 % of failures, or above 200 ms. */
export const SPIKES: readonly AlertCase[] = [
  {
    alert: 'ErrorSpike',
    what: 'three in a hundred fail for ten minutes',
    input: [
      asked([
        ['30m', 100],
        ['10m', 97],
        ['20m', 100],
      ]),
      asked(
        [
          ['30m', 0],
          ['10m', 3],
          ['20m', 0],
        ],
        { response_code: '500' },
      ),
    ],
    expect: [
      { at: '34m', firing: 0 },
      { at: '37m', firing: 1 },
      { at: '43m', firing: 0 },
    ],
  },
  {
    alert: 'ErrorSpike',
    what: 'of the two requests a second of a small service, fifteen fail in five minutes',
    input: [
      asked([['30m', 2]]),
      asked(
        [
          ['10m', 0],
          ['20m', 0.05],
        ],
        { response_code: '500' },
      ),
    ],
    expect: [{ at: '20m', firing: 1 }],
  },
  {
    alert: 'ErrorSpike',
    what: 'of the few requests of a quiet hour, one fails every minute',
    input: [
      asked([['1h', 0.03]]),
      asked(
        [
          ['10m', 0],
          ['50m', 1 / 60],
        ],
        { response_code: '500' },
      ),
    ],
    expect: silentAt('20m', '30m', '1h'),
  },
  {
    alert: 'ErrorSpike',
    what: 'a tenth fails for two minutes, and it is over before anybody could look',
    input: [
      asked([
        ['30m', 100],
        ['2m', 90],
        ['20m', 100],
      ]),
      asked(
        [
          ['30m', 0],
          ['2m', 10],
          ['20m', 0],
        ],
        { response_code: '500' },
      ),
    ],
    expect: silentAt('32m', '36m', '38m'),
  },
  {
    alert: 'ErrorSpike',
    what: 'one in a hundred fails, which stops no canary either',
    input: [asked([['1h', 99]]), asked([['1h', 1]], { response_code: '500' })],
    expect: silentAt('10m', '1h'),
  },
  {
    alert: 'ErrorSpike',
    what: 'one of the few requests of a quiet hour fails',
    input: [asked([['2h', 20 / 3600]]), asked(once('1h', '59m'), { response_code: '500' })],
    expect: silentAt('1h1m', '1h6m', '1h10m'),
  },
  {
    alert: 'ErrorSpike',
    what: 'no requests',
    input: [asked([['1h', 0]]), asked([['1h', 0]], { response_code: '500' })],
    expect: silentAt('10m', '1h'),
  },
  {
    alert: 'LatencySpike',
    what: 'half of the requests take more than 250 ms for ten minutes',
    onlyWith: ['reporter', 'destination_service_namespace', 'destination_service_name', 'le'],
    input: took(
      [
        ['30m', 100],
        ['10m', 50],
        ['20m', 100],
      ],
      [
        ['30m', 100],
        ['10m', 50],
        ['20m', 100],
      ],
      [['1h', 100]],
    ),
    expect: [
      { at: '34m', firing: 0 },
      { at: '37m', firing: 1 },
      { at: '44m', firing: 0 },
    ],
  },
  {
    alert: 'LatencySpike',
    what: 'of the few requests of a quiet hour, one a minute is slow',
    input: took(
      [['1h', 0]],
      [['1h', 0]],
      [
        ['10m', 0],
        ['50m', 1 / 60],
      ],
    ),
    expect: silentAt('20m', '1h'),
  },
  {
    alert: 'LatencySpike',
    what: 'of the two requests a second of a small service, fifteen are slow in five minutes',
    input: took(
      [
        ['10m', 0.5],
        ['20m', 0.45],
      ],
      [
        ['10m', 0.5],
        ['20m', 0.45],
      ],
      [['30m', 0.5]],
    ),
    expect: [{ at: '20m', firing: 1 }],
  },
  {
    alert: 'LatencySpike',
    what: 'four percent are slow here; what fails is slow too, and everything of others is',
    input: [
      ...took([['1h', 96]], [['1h', 96]], [['1h', 100]]),
      ...took([['1h', 0]], [['1h', 0]], [['1h', 100]], { response_code: '504' }),
      ...took([['1h', 0]], [['1h', 0]], [['1h', 100]], { grpc_response_status: '4' }),
      ...took([['1h', 0]], [['1h', 0]], [['1h', 100]], { reporter: 'destination' }),
      ...took([['1h', 0]], [['1h', 0]], [['1h', 100]], { destination_service_namespace: 'test' }),
      ...took([['1h', 0]], [['1h', 0]], [['1h', 100]], { destination_service_name: 'payments-api' }),
    ],
    expect: silentAt('20m', '1h'),
  },
  {
    alert: 'LatencySpike',
    what: 'two slow minutes',
    input: took(
      [
        ['30m', 100],
        ['2m', 50],
        ['20m', 100],
      ],
      [
        ['30m', 100],
        ['2m', 50],
        ['20m', 100],
      ],
      [['52m', 100]],
    ),
    expect: silentAt('32m', '36m', '38m'),
  },
  {
    alert: 'LatencySpike',
    what: 'the two requests of a quiet hour are slow',
    input: took([['2h', 0]], [['2h', 0]], once('1h', '1h', 2)),
    expect: silentAt('1h1m', '1h5m', '1h10m'),
  },
];

export const PRESENCE: readonly AlertCase[] = [
  {
    alert: 'ObjectiveBlind',
    what: 'the proxies of callers are not scraped, and those of the service see requests; then they are',
    onlyWith: ['reporter', 'destination_workload_namespace', 'destination_canonical_service'],
    input: [answered([['1h', 10]]), { ...asked([['30m', 10]]), values: '_x60 0+300x60' }],
    expect: [
      { at: '14m', firing: 0 },
      { at: '17m', firing: 1 },
      { at: '33m', firing: 0 },
    ],
  },
  {
    alert: 'ObjectiveBlind',
    what: 'both see requests',
    input: [answered([['1h', 10]]), asked([['1h', 10]])],
    expect: silentAt('20m', '1h'),
  },
  {
    alert: 'ObjectiveBlind',
    what: 'nobody calls',
    input: [answered([['1h', 0]])],
    expect: silentAt('20m', '1h'),
  },
  {
    alert: 'MetricsAbsent',
    what: 'three pods are wanted, and none is scraped; then one is',
    input: [ups(['30m', null], ['30m', 1]), wanted(3)],
    expect: [
      { at: '9m', firing: 0 },
      { at: '11m', firing: 1 },
      { at: '31m', firing: 0 },
    ],
  },
  {
    alert: 'MetricsAbsent',
    what: 'the pods are known, and none answers',
    input: [ups(['30m', 0]), wanted(3)],
    expect: [{ at: '11m', firing: 1 }],
  },
  {
    alert: 'MetricsAbsent',
    what: 'nothing at all is known, not even how many pods are wanted',
    input: [stays('up', { job: 'other' }, ['1h', 1])],
    expect: [{ at: '11m', firing: 1 }],
  },
  {
    alert: 'MetricsAbsent',
    what: 'a service whose name begins alike is scraped, and a namesake elsewhere',
    input: [
      stays('up', { namespace: 'test', pod: pod('payments') }, ['1h', 1]),
      stays('up', { namespace: 'banking', pod: pod('payments-api') }, ['1h', 1]),
      wanted(3),
    ],
    expect: [{ at: '11m', firing: 1 }],
  },
  {
    alert: 'MetricsAbsent',
    what: 'a pod is scraped',
    input: [ups(['1h', 1]), wanted(3)],
    expect: silentAt('5m', '1h'),
  },
  {
    alert: 'MetricsAbsent',
    what: 'no pods are wanted',
    input: [
      stays('up', { job: 'other' }, ['1h', 1]),
      wanted(0),
      stays('kube_deployment_spec_replicas', { namespace: 'banking', deployment: 'ledger' }, ['1h', 5]),
    ],
    expect: silentAt('11m', '1h'),
  },
  {
    alert: 'TargetsDown',
    what: 'one of two pods does not answer for twenty minutes',
    onlyWith: ['namespace', 'pod'],
    input: [ups(['1h', 1]), stays('up', { namespace: 'banking', pod: pod('payments-primary', '6b') }, ['20m', 0], ['40m', 1])],
    expect: [
      { at: '14m', firing: 0 },
      { at: '16m', firing: 1 },
      { at: '21m', firing: 0 },
    ],
  },
  {
    alert: 'TargetsDown',
    what: 'a pod takes five minutes to start',
    input: [ups(['10m', 1], ['5m', 0], ['45m', 1])],
    expect: silentAt('15m', '26m', '1h'),
  },
  {
    alert: 'TrafficAbsent',
    what: 'requests that came for a week stay away for 40 minutes',
    every: '4m',
    input: [
      asked([
        ['7d1h', 10],
        ['40m', 0],
        ['20m', 10],
      ]),
    ],
    expect: [
      { at: '7d1h20m', firing: 0 },
      { at: '7d1h35m', firing: 1 },
      { at: '7d1h45m', firing: 0 },
    ],
  },
  {
    alert: 'TrafficAbsent',
    what: 'the series are gone with the pods that had them',
    every: '4m',
    input: [{ ...asked([]), values: '0+300x20280 _x100' }],
    expect: [
      { at: '7d1h10m', firing: 0 },
      { at: '7d1h45m', firing: 1 },
    ],
  },
  {
    alert: 'TrafficAbsent',
    what: 'the service is three days old, and nobody knows its week',
    every: '4m',
    input: [
      asked([
        ['3d', 10],
        ['2h', 0],
      ]),
    ],
    expect: silentAt('3d40m', '3d2h'),
  },
  {
    alert: 'TrafficAbsent',
    what: 'nobody came at that hour yesterday either',
    every: '4m',
    input: [
      asked([
        ['6d', 10],
        ['26h', 0],
      ]),
    ],
    expect: silentAt('7d1h', '7d2h'),
  },
];
