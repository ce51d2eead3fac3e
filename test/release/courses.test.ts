import { BlueGreen, type IRelease, Release, type ReleaseCourse, Scaling } from '../../lib';
import { abTestCourse } from '../../lib/release/ab-test-course';
import { blueGreenCourse } from '../../lib/release/blue-green-course';
import { ingressCourse } from '../../lib/release/ingress/ingress-course';
import { mirroredCourse } from '../../lib/release/mirrored-course';
import { recreateCourse, rollingCourse } from '../../lib/release/rolling-course';
import { weightedCourse } from '../../lib/release/weighted-course';
import { World } from '../banking-service/world';
import { FACTS } from './facts';

const blue = { image: 'registry.example.com/vault/teller:4.7.1' };
const green = { image: 'registry.example.com/vault/teller:4.8.0' };

/* What whoever is on duty reads of a release that goes on by hand (R13), to the letter. */

test.each<[string, () => ReleaseCourse, ReleaseCourse]>([
  [
    'a rolling update (R1)',
    () => rollingCourse(FACTS, { type: 'RollingUpdate', maxUnavailable: 1, maxSurge: 2 }),
    {
      strategy: 'Release.rolling',
      steps: [
        {
          what: 'Pods are replaced one after the other',
          weights: { teller: 100 },
          checks: ['each new pod is ready for 13 s'],
          takes: { shortest: 13, longest: 511 },
        },
      ],
      toPromote: { shortest: 13, longest: 511 },
      toRollBack: { shortest: 13, longest: 511 },
      rollback: 'Put the former image back and commit: pods are replaced one after the other again.',
      peakPods: { teller: 24 },
      madeByOthers: [],
    },
  ],
  [
    'recreate (R2)',
    () => recreateCourse(FACTS),
    {
      strategy: 'Release.recreate',
      steps: [
        {
          what: 'All pods stop, then the new ones start; nothing serves meanwhile',
          weights: { teller: 100 },
          checks: [],
          takes: { shortest: 13, longest: 128 },
        },
      ],
      toPromote: { shortest: 13, longest: 128 },
      toRollBack: { shortest: 13, longest: 128 },
      rollback: 'Put the former image back and commit: the same downtime again.',
      peakPods: { teller: 20 },
      madeByOthers: [],
    },
  ],
  [
    'weights (R5)',
    () => weightedCourse(FACTS, { weight: 0, steps: [20, 60], fullLoad: 17, maxSurge: 2 }),
    {
      strategy: 'Release.weighted',
      steps: [
        {
          what: 'The canary starts, without requests',
          weights: { teller: 100, 'teller-canary': 0 },
          checks: ['Deployment teller-canary is rolled out: 4 pods are ready'],
          takes: { shortest: 13, longest: 73 },
        },
        {
          what: '20 % to the canary',
          weights: { teller: 80, 'teller-canary': 20 },
          checks: [
            '4 pods of teller-canary were ready before',
            'its errors and its latency are those of the stable track',
            '11 pods of it are ready for the next step',
          ],
        },
        {
          what: '60 % to the canary',
          weights: { teller: 40, 'teller-canary': 60 },
          checks: ['11 pods of teller-canary were ready before', 'its errors and its latency are those of the stable track'],
        },
        {
          what: 'The stable track takes the new image, pod by pod',
          weights: { teller: 40, 'teller-canary': 60 },
          checks: ['Deployment teller is rolled out'],
          takes: { shortest: 26, longest: 730 },
        },
        {
          what: 'All requests go to the stable track',
          weights: { teller: 100, 'teller-canary': 0 },
          checks: [],
          takes: { shortest: 0, longest: 10 },
        },
        { what: 'The canary is left out', weights: { teller: 100 }, checks: [], takes: { shortest: 0, longest: 55 } },
      ],
      toRollBack: { shortest: 0, longest: 10 },
      rollback: 'Write weight: 0 and commit: the stable track, which has pods for all requests, gets them all; the canary stays.',
      peakPods: { teller: 24, 'teller-canary': 24 },
      madeByOthers: [],
    },
  ],
  [
    'a shadow (R8)',
    () => mirroredCourse(FACTS, { percentage: 30 }),
    {
      strategy: 'Release.mirrored',
      steps: [
        {
          what: 'The shadow starts, and gets nothing',
          weights: { teller: 100, 'teller-shadow': 0 },
          checks: ['Deployment teller-shadow is rolled out'],
          takes: { shortest: 13, longest: 73 },
        },
        {
          what: '30 % of the requests that may be carried out twice are copied to the shadow',
          weights: { teller: 100, 'teller-shadow': 0 },
          checks: ['errors and latency of the shadow are those of the service'],
        },
        {
          what: 'Nothing is copied any more: percentage 0',
          weights: { teller: 100, 'teller-shadow': 0 },
          checks: [],
          takes: { shortest: 0, longest: 10 },
        },
        {
          what: 'The shadow is left out: Release.weighted()',
          weights: { teller: 100 },
          checks: [],
          takes: { shortest: 0, longest: 55 },
        },
      ],
      toRollBack: { shortest: 0, longest: 10 },
      rollback:
        'Write percentage: 0 and commit: nothing is copied any more. Callers have not been answered by the shadow at any time.',
      peakPods: { teller: 22, 'teller-shadow': 22 },
      madeByOthers: [],
    },
  ],
  [
    'two versions to compare (R7)',
    () => abTestCourse(FACTS, { share: 35, fullLoad: 17 }),
    {
      strategy: 'Release.abTest',
      steps: [
        {
          what: 'B starts, without requests: there is no audience yet',
          weights: { teller: 100, 'teller-b': 0 },
          checks: ['Deployment teller-b is rolled out: 6 pods are ready, enough for 35 % of the requests'],
          takes: { shortest: 13, longest: 73 },
        },
        {
          what: 'Requests of the audience go to B, all others to A',
          weights: { teller: 65, 'teller-b': 35 },
          checks: ['enough requests were counted to tell which is better'],
        },
        {
          what: 'The audience is left out: everything goes to A',
          weights: { teller: 100, 'teller-b': 0 },
          checks: [],
          takes: { shortest: 0, longest: 10 },
        },
        {
          what: 'B is left out: Release.weighted() with the better image',
          weights: { teller: 100 },
          checks: [],
          takes: { shortest: 0, longest: 55 },
        },
      ],
      toRollBack: { shortest: 0, longest: 10 },
      rollback: 'Leave the audience out and commit: everything goes to A, which has pods for all requests; B stays.',
      peakPods: { teller: 22, 'teller-b': 22 },
      madeByOthers: [],
    },
  ],
  [
    'two colours (R4)',
    () => blueGreenCourse(FACTS, { blue, green, state: BlueGreen.staged('green'), fullLoad: 7 }),
    {
      strategy: 'Release.blueGreen',
      steps: [
        {
          what: "BlueGreen.staged('green'): green starts, without requests",
          weights: { 'teller-blue': 100, 'teller-green': 0 },
          checks: ['Deployment teller-green is rolled out: 7 pods are ready, enough for all requests'],
          takes: { shortest: 13, longest: 73 },
        },
        {
          what: "BlueGreen.preview('green', …): an audience gets green",
          weights: { 'teller-blue': 100, 'teller-green': 0 },
          checks: ['what the audience asks of green is answered well'],
        },
        {
          what: "BlueGreen.partial('green', 10): green gets 10 %",
          weights: { 'teller-blue': 90, 'teller-green': 10 },
          checks: ['errors and latency of green are those of blue'],
        },
        {
          what: "BlueGreen.live('green'): green gets everything, blue is kept",
          weights: { 'teller-blue': 0, 'teller-green': 100 },
          checks: ['errors and latency of green are what they were of blue', 'nobody wants to go back'],
        },
        {
          what: "BlueGreen.only('green'): blue goes",
          weights: { 'teller-green': 100 },
          checks: [],
          takes: { shortest: 0, longest: 55 },
        },
      ],
      toRollBack: { shortest: 0, longest: 10 },
      rollback:
        "Write BlueGreen.live('blue') and commit, as long as blue is there: it has pods for all requests, and gets them all.",
      peakPods: { 'teller-blue': 22, 'teller-green': 22 },
      madeByOthers: [],
    },
  ],
  [
    'two colours behind an Ingress (R3)',
    () => ingressCourse(FACTS, { blue, green, state: BlueGreen.only('green'), fullLoad: 7 }),
    {
      strategy: 'Release.blueGreenIngress',
      steps: [
        {
          what: "BlueGreen.staged('blue'): blue starts, and is reached by the preview host alone",
          weights: { 'teller-green': 100, 'teller-blue': 0 },
          checks: [
            'Deployment teller-blue is rolled out: 7 pods are ready, enough for all requests',
            'what is asked of the preview host is answered well',
          ],
          takes: { shortest: 13, longest: 73 },
        },
        {
          what: "BlueGreen.live('blue'): the Ingress names blue, green is kept",
          weights: { 'teller-green': 0, 'teller-blue': 100 },
          checks: ['nobody wants to go back'],
        },
        {
          what: "BlueGreen.only('blue'): green goes",
          weights: { 'teller-blue': 100 },
          checks: [],
          takes: { shortest: 0, longest: 55 },
        },
      ],
      toRollBack: { shortest: 0, longest: 60 },
      rollback:
        "Write BlueGreen.live('green') and commit, as long as green is there: the Ingress names it again, and it has pods for all requests.",
      peakPods: { 'teller-green': 22, 'teller-blue': 22 },
      madeByOthers: [],
    },
  ],
])('%s', (_name, course, expected) => {
  expect(course()).toEqual(expected);
});

test('a shadow that gets no copies yet', () => {
  expect(mirroredCourse(FACTS, { percentage: 0 }).steps[1]!.what).toBe(
    'Some of the requests that may be carried out twice are copied to the shadow',
  );
});

test.each<[string, IRelease]>([
  ['Release.rolling', Release.rolling()],
  ['Release.rolling', Release.relaxed()],
  ['Release.recreate', Release.recreate({ acceptDowntime: 'one writer at a time' })],
  ['Release.weighted', Release.weighted()],
  ['Release.weighted', Release.weighted({ canary: green, weight: 10 })],
  ['Release.mirrored', Release.mirrored({ shadow: green })],
  ['Release.abTest', Release.abTest({ b: green })],
  ['Release.canary', Release.canary()],
])('the plan of a service says how it goes on: %s', (strategy, release) => {
  const service = new World().service('teller', { release, scaling: Scaling.horizontal({ min: 5, max: 13 }) });
  expect(service.releasePlan.course.strategy).toBe(strategy);
});

test('the plan of two colours has their Deployments', () => {
  const release = Release.blueGreen({ blue, green, state: BlueGreen.live('green') });
  const { course } = new World().service('teller', { image: undefined, release }).releasePlan;
  expect(Object.keys(course.peakPods)).toEqual(['teller-blue', 'teller-green']);
});

test('a relaxed update replaces three pods at a time', () => {
  const service = new World().service('teller', { release: Release.relaxed(), scaling: Scaling.horizontal({ min: 6, max: 13 }) });
  expect(service.releasePlan.course.peakPods).toEqual({ teller: 17 });
});
