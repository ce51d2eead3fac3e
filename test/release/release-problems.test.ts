import { Audience, BlueGreen, type IRelease, PortProtocol, Release, type ReleaseFacts } from '../../lib';
import { FACTS } from './facts';
import { linesOf } from './said';

/* What a release of a service may say, each limit from both sides; the service has 3 to 20 pods. */

/** What making it, or giving it to the service, says; a line each. */
const said = (make: () => IRelease, facts: Partial<ReleaseFacts> = {}) =>
  linesOf((problems) => make().validate(problems, { ...FACTS, ...facts }));

const b = { image: 'registry.example.com/vault/teller:4.8.0' };
const premium = Audience.customerGroup('premium');
const ports = [
  { name: 'tcp-feed', port: 9071, targetPort: 9071, protocol: PortProtocol.TCP },
  { name: 'tcp-more', port: 9072, targetPort: 9072, protocol: PortProtocol.TCP },
];
const colours = (state: BlueGreen) => Release.blueGreen({ blue: b, green: b, state });

test.each<[string, () => IRelease, string[]]>([
  ['all requests to the canary', () => Release.weighted({ canary: b, weight: 100 }), []],
  [
    'fewer than none',
    () => Release.weighted({ canary: b, weight: -1 }),
    ['teller.release.weight: -1 must be a whole percentage from 0 to 100; the stable track gets the rest'],
  ],
  [
    'more than all',
    () => Release.weighted({ canary: b, weight: 101 }),
    ['teller.release.weight: 101 must be a whole percentage from 0 to 100; the stable track gets the rest'],
  ],
  [
    'half a percent',
    () => Release.weighted({ canary: b, weight: 0.5 }),
    ['teller.release.weight: 0.5 must be a whole percentage from 0 to 100; the stable track gets the rest'],
  ],
  ['steps from one percent on', () => Release.weighted({ canary: b, steps: [1, 100] }), []],
  [
    'steps from none',
    () => Release.weighted({ canary: b, steps: [0, 100] }),
    ['teller.release.steps: [0,100] must be whole percentages from 1 to 100, like [10, 25, 50, 75, 100]'],
  ],
  [
    'steps beyond all',
    () => Release.weighted({ canary: b, steps: [50, 101] }),
    ['teller.release.steps: [50,101] must be whole percentages from 1 to 100, like [10, 25, 50, 75, 100]'],
  ],
  [
    'steps of half percents',
    () => Release.weighted({ canary: b, steps: [0.5, 100] }),
    ['teller.release.steps: [0.5,100] must be whole percentages from 1 to 100, like [10, 25, 50, 75, 100]'],
  ],
  [
    'no steps',
    () => Release.weighted({ canary: b, steps: [] }),
    ['teller.release.steps: [] must be whole percentages from 1 to 100, like [10, 25, 50, 75, 100]'],
  ],
  [
    'a weight without a canary',
    () => Release.weighted({ weight: 1 }),
    [
      'teller.release.weight: 1 % of the requests have no canary to go to; name its image with canary: { image }, or leave the weight out',
    ],
  ],
  [
    'copies without a shadow',
    () => Release.mirrored({} as never),
    ['teller.release.shadow: is missing; it must be a map of props, like { key: value }'],
  ],
  ['an audience of nearly nobody', () => Release.abTest({ b, share: 0.1 }), []],
  [
    'an audience of no share',
    () => Release.abTest({ b, share: 0 }),
    ['teller.release.share: 0 must be above 0 and at most 100 percent of the requests'],
  ],
  [
    'an audience of less',
    () => Release.abTest({ b, share: -1 }),
    ['teller.release.share: -1 must be above 0 and at most 100 percent of the requests'],
  ],
  ['an audience of all', () => Release.abTest({ b, share: 100 }), []],
  [
    'no version to compare with',
    () => Release.abTest({} as never),
    ['teller.release.b: is missing; it must be a map of props, like { key: value }'],
  ],
  [
    'an empty list of audiences',
    () => Release.abTest({ b, audience: [] }),
    ['teller.release.audience: is empty, which means nobody; name an audience, or leave it out'],
  ],
  [
    'one audience twice',
    () => Release.abTest({ b, audience: [premium, premium] }),
    ['teller.release.audience: "x-customer-group = premium" is named twice; name it once'],
  ],
  ['one percent for a colour', () => colours(BlueGreen.partial('green', 1)), []],
  ['nearly all for a colour', () => colours(BlueGreen.partial('green', 99)), []],
  [
    'none for a colour',
    () => colours(BlueGreen.partial('green', 0)),
    ['teller.release.state: 0 must be a whole percentage from 1 to 99; for none use BlueGreen.staged, for all BlueGreen.live'],
  ],
  [
    'all for a colour',
    () => colours(BlueGreen.partial('green', 100)),
    ['teller.release.state: 100 must be a whole percentage from 1 to 99; for none use BlueGreen.staged, for all BlueGreen.live'],
  ],
  [
    'half a percent for a colour',
    () => colours(BlueGreen.partial('green', 0.5)),
    ['teller.release.state: 0.5 must be a whole percentage from 1 to 99; for none use BlueGreen.staged, for all BlueGreen.live'],
  ],
  [
    'no percent for a colour',
    () => colours(BlueGreen.partial('green', undefined as never)),
    ['BlueGreen.partial.percent: is missing; it must be a number'],
  ],
  [
    'nobody to try a colour',
    () => colours(BlueGreen.preview('green', undefined as never)),
    [
      'BlueGreen.preview.audience: is missing; it must be made with Audience.header("…", "…") or one of its sisters, or a list, like [...]',
    ],
  ],
  [
    'a text for those who get a part',
    () => colours(BlueGreen.partial('green', 10, 'premium' as never)),
    [
      'BlueGreen.partial.audience: "premium" must be made with Audience.header("…", "…") or one of its sisters, or a list, like [...]',
    ],
  ],
  [
    'an unknown colour',
    () => colours(BlueGreen.live('red' as never)),
    ['BlueGreen.live.colour: "red" must be one of blue, green'],
  ],
  [
    'a Deployment with capitals',
    () => Release.blueGreen({ blue: { ...b, deployment: 'Teller' }, green: b, state: BlueGreen.live('green') }),
    [
      'teller.release.blue.deployment: "Teller" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
    ],
  ],
  [
    'one Deployment for both',
    () => Release.blueGreen({ blue: { ...b, deployment: 'teller-green' }, green: b, state: BlueGreen.live('green') }),
    [
      'teller.release.deployment: "teller-green" is the Deployment of both colours, whose pods could not be told apart; leave one of them out',
    ],
  ],
  [
    'a preview without its colour',
    () => Release.blueGreen({ blue: b, state: BlueGreen.preview('green', premium) }),
    [
      "teller.release.green: is missing, and BlueGreen.preview('green', …) has its pods running; name its image with green: { image }",
    ],
  ],
  [
    'no state',
    () => Release.blueGreen({ blue: b } as never),
    ["teller.release.state: is missing; say where the release stands, like BlueGreen.only('blue')"],
  ],
  ['pods for all requests', () => Release.weighted({ canary: b, fullLoad: 20 }), []],
  ['one pod for all requests', () => Release.weighted({ canary: b, fullLoad: 1 }), []],
  [
    'more pods than there can be',
    () => Release.weighted({ canary: b, fullLoad: 21 }),
    ['teller.release.fullLoad: fullLoad 21 must be a whole number of pods from 1 to 20, the most that the service scales to'],
  ],
  [
    'no pod for all requests',
    () => Release.weighted({ canary: b, fullLoad: 0 }),
    ['teller.release.fullLoad: fullLoad 0 must be a whole number of pods from 1 to 20, the most that the service scales to'],
  ],
  [
    'half a pod',
    () => Release.weighted({ canary: b, fullLoad: 1.5 }),
    ['teller.release.fullLoad: fullLoad 1.5 must be a whole number of pods from 1 to 20, the most that the service scales to'],
  ],
  ['one pod more at a time', () => Release.weighted({ canary: b, maxSurge: 1 }), []],
  [
    'no pod more',
    () => Release.weighted({ canary: b, maxSurge: 0 }),
    [
      'teller.release.maxSurge: maxSurge 0 must be a whole number of pods from 1 on; with none to spare a pod would have to go first',
    ],
  ],
  [
    'no way to replace a pod',
    () => Release.rolling({ maxSurge: 0 }),
    ['teller.release: maxUnavailable 0 and maxSurge 0 leave no way to replace a pod; set maxSurge: 1'],
  ],
  [
    'a pod of three',
    () => Release.rolling({ maxUnavailable: 1 }),
    ['teller.release: maxUnavailable 1 of 3 replicas leaves 2 to carry the load; use maxUnavailable: 0, or at least 5 replicas'],
  ],
  [
    'half a pod at a time',
    () => Release.rolling({ maxSurge: 1.5 }),
    ['teller.release: maxSurge 1.5 must be a whole number from 0 on'],
  ],
  [
    'fewer than no pods',
    () => Release.rolling({ maxUnavailable: -1 }),
    ['teller.release: maxUnavailable -1 must be a whole number from 0 on'],
  ],
  ['downtime with a reason of ten letters', () => Release.recreate({ acceptDowntime: 'one writer' }), []],
  [
    'downtime with a reason of blanks',
    () => Release.recreate({ acceptDowntime: 'writer    ' }),
    [
      'teller.release: Release.recreate stops the service at every release and needs a reason of at least ten characters, got "writer    "; write { acceptDowntime: \'why\' }, or use Release.rolling()',
    ],
  ],
])('by hand: %s', (_what, given, problems) => {
  expect(said(given)).toEqual(problems);
});

test.each<[string, () => IRelease, string[]]>([
  ['copies of all', () => Release.mirrored({ shadow: b, percentage: 100 }), []],
  [
    'copies of more than all',
    () => Release.mirrored({ shadow: b, percentage: 100.5 }),
    ['teller.release.percentage: 100.5 must be from 0 to 100 percent of the requests'],
  ],
  [
    'copies of fewer than none',
    () => Release.mirrored({ shadow: b, percentage: -1 }),
    ['teller.release.percentage: -1 must be from 0 to 100 percent of the requests'],
  ],
])('where requests may be repeated: %s', (_what, given, problems) => {
  expect(
    ((given) => said(given, { traffic: { ...FACTS.traffic, routes: [{ ...FACTS.traffic.routes[0]!, repeatable: true }] } }))(
      given,
    ),
  ).toEqual(problems);
});

test.each<[string, () => IRelease, string[]]>([
  ['no copies', () => Release.mirrored({ shadow: b }), []],
  [
    'copies',
    () => Release.mirrored({ shadow: b, percentage: 1 }),
    [
      'teller.release: copies only requests that may be carried out twice, and no route of the service is declared so; declare one idempotent: true in traffic.routes, if the service sees to it',
    ],
  ],
])('where none may: %s', (_what, given, problems) => {
  expect(said(given)).toEqual(problems);
});

test.each<[string, () => IRelease, string[]]>([
  ['weights', () => Release.weighted({ canary: b, weight: 10 }), []],
  [
    'weights with an audience',
    () => Release.weighted({ canary: b, weight: 10, always: premium }),
    [
      'teller.release: release.always tells requests apart by what they carry, and no port speaks HTTP (9071 tcp, 9072 tcp); use weights',
    ],
  ],
  [
    'copies',
    () => Release.mirrored({ shadow: b }),
    ['teller.release: Release.mirrored copies requests, and no port speaks HTTP (9071 tcp, 9072 tcp); use weights'],
  ],
  [
    'two versions to compare',
    () => Release.abTest({ b }),
    [
      'teller.release: Release.abTest tells requests apart by what they carry, and no port speaks HTTP (9071 tcp, 9072 tcp); use weights',
    ],
  ],
  ['colours', () => colours(BlueGreen.partial('green', 10)), []],
  [
    'a colour for an audience',
    () => colours(BlueGreen.preview('green', premium)),
    [
      'teller.release: the audience of release.state is told by what requests carry, and no port speaks HTTP (9071 tcp, 9072 tcp); use weights',
    ],
  ],
])('on ports of bytes alone: %s', (_what, given, problems) => {
  expect(said(given, { ports })).toEqual(problems);
});

test.each<[string, () => IRelease, string[]]>([['an audience', () => Release.abTest({ b, audience: premium }), []]])(
  'beside a port of bytes: %s',
  (_what, given, problems) => {
    expect(said(given, { ports: [...FACTS.ports, ports[0]!] })).toEqual(problems);
  },
);

test.each<[string, () => IRelease, string[]]>([
  [
    'weights',
    () => Release.weighted({ canary: b, weight: 10 }),
    [
      'teller.release: Release.weighted shares requests in the proxies of callers, and port 8071, 9071 takes plain text from callers without one: they would reach pods of both Deployments; bring the callers into the mesh first',
    ],
  ],
])('with ports in plain text: %s', (_what, given, problems) => {
  expect(said(given, { plainPorts: [8071, 9071] })).toEqual(problems);
});

test('a minimum below nothing is for the scaling to judge', () => {
  expect(said(() => Release.rolling(), { minReplicas: -1 })).toEqual([]);
});
