import { type Chart } from 'cdk8s';
import { Audience, BlueGreen, Fault, ForeignWorkload, Platform, Release } from 'cdk8s-banking';
import { time, serviceWith, type Targets } from './shared';

const RUNS = { image: 'a:1.2.4', version: 'v2', variables: { A: 'b' } };
const TRACKS = { fullLoad: 5, maxSurge: 2 };
const BEFALLEN = {
  percentage: 10,
  path: '/a',
  exact: true,
  methods: ['GET'],
  headers: { 'x-a': 'b' },
  acknowledge: 'a rehearsal',
};
const STATE = BlueGreen.staged('green');
const COLOURS = { blue: { ...RUNS, deployment: 'payments' }, green: RUNS, state: STATE, ...TRACKS };
/** Without an image of its own. */
const coloured = (chart: Chart, release: object) => serviceWith(chart, { image: undefined, release });
const controller = new ForeignWorkload({ platform: new Platform(), namespace: 'ingress', name: 'controller' });

/** Releases with several tracks, and faults. */
export const RELEASES: Targets = {
  'Release.rolling, on its way': [
    { subset: 'stable' },
    (props, chart) => serviceWith(chart, { release: Release.rolling(props) }),
  ],
  'Release.weighted': [
    { canary: RUNS, weight: 10, steps: [10, 50], always: [Audience.header('x-a', 'b')], ...TRACKS },
    (props, chart) => serviceWith(chart, { release: Release.weighted(props) }),
  ],
  'Release.abTest': [
    { b: RUNS, audience: Audience.cookie('a', 'b'), share: 20, ...TRACKS },
    (props, chart) => serviceWith(chart, { release: Release.abTest(props) }),
  ],
  'Release.mirrored': [
    { shadow: RUNS, percentage: 10, ...TRACKS },
    (props, chart) => serviceWith(chart, { release: Release.mirrored(props) }),
  ],
  'Release.blueGreen': [COLOURS, (props, chart) => coloured(chart, Release.blueGreen(props))],
  'Release.blueGreenIngress': [
    {
      ...COLOURS,
      ingress: {
        className: 'nginx',
        host: 'a.example.com',
        path: '/a',
        tlsSecret: 'a',
        previewHost: 'b.example.com',
        annotations: { a: 'b' },
        controller,
      },
    },
    (props, chart) => coloured(chart, Release.blueGreenIngress(props)),
  ],
  'BlueGreen.partial': [
    ['green', 10, Audience.header('x-a', 'b')],
    (args: never, chart) => {
      const [colour, percent, audience] = [...(Array.isArray(args) ? args : [args])];
      return coloured(chart, Release.blueGreen({ ...COLOURS, state: BlueGreen.partial(colour!, percent!, audience) }));
    },
  ],
  'BlueGreen.preview': [
    [],
    (audience, chart) => coloured(chart, Release.blueGreen({ ...COLOURS, state: BlueGreen.preview('green', audience) })),
  ],
  'Fault.delay': [BEFALLEN, (options, chart) => serviceWith(chart, { traffic: { faults: [Fault.delay(time, options)] } })],
  'Fault.delay, time': [[], (of, chart) => serviceWith(chart, { traffic: { faults: [Fault.delay(of, BEFALLEN)] } })],
  'Fault.abort': [[], (status, chart) => serviceWith(chart, { traffic: { faults: [Fault.abort(status, BEFALLEN)] } })],
};
