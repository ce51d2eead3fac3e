import { strategicMerge } from '../../lib/kube';

const pod = (spec: object): object => ({ spec: { template: { spec } } });
const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };
const container = (extra: object): object => pod({ containers: [{ name: 'main', ...extra }] });

const cases: [string, object, object, object, object][] = [
  ['maps merge, null deletes', DEPLOYMENT, { a: { b: 1, c: 2 } }, { a: { b: null, d: 3 } }, { a: { c: 2, d: 3 } }],
  [
    'containers by name, in the order of the target, new ones behind',
    DEPLOYMENT,
    pod({
      containers: [
        { name: 'a', image: '1' },
        { name: 'b', image: '2' },
      ],
    }),
    pod({ containers: [{ name: 'c' }, { name: 'b', tty: true }] }),
    pod({ containers: [{ name: 'a', image: '1' }, { name: 'b', image: '2', tty: true }, { name: 'c' }] }),
  ],
  [
    'env by name',
    DEPLOYMENT,
    container({ env: [{ name: 'A', value: '1' }] }),
    container({
      env: [
        { name: 'A', value: '2' },
        { name: 'B', value: '3' },
      ],
    }),
    container({
      env: [
        { name: 'A', value: '2' },
        { name: 'B', value: '3' },
      ],
    }),
  ],
  [
    'volumeMounts by mountPath',
    DEPLOYMENT,
    container({ volumeMounts: [{ mountPath: '/a', name: 'v' }] }),
    container({
      volumeMounts: [
        { mountPath: '/b', name: 'v' },
        { mountPath: '/a', readOnly: true },
      ],
    }),
    container({
      volumeMounts: [
        { mountPath: '/a', name: 'v', readOnly: true },
        { mountPath: '/b', name: 'v' },
      ],
    }),
  ],
  [
    'container ports by containerPort and protocol',
    DEPLOYMENT,
    container({ ports: [{ containerPort: 53, protocol: 'UDP' }] }),
    container({
      ports: [
        { containerPort: 53, name: 'dns-tcp' },
        { containerPort: 53, protocol: 'UDP', name: 'dns' },
      ],
    }),
    container({
      ports: [
        { containerPort: 53, protocol: 'UDP', name: 'dns' },
        { containerPort: 53, name: 'dns-tcp' },
      ],
    }),
  ],
  [
    'service ports by port',
    { apiVersion: 'v1', kind: 'Service' },
    { spec: { ports: [{ port: 80, name: 'http' }] } },
    { spec: { ports: [{ port: 80, appProtocol: 'http2' }, { port: 81 }] } },
    { spec: { ports: [{ port: 80, name: 'http', appProtocol: 'http2' }, { port: 81 }] } },
  ],
  [
    'topologySpreadConstraints by topologyKey',
    DEPLOYMENT,
    pod({ topologySpreadConstraints: [{ topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 1 }] }),
    pod({ topologySpreadConstraints: [{ topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }] }),
    pod({ topologySpreadConstraints: [{ topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 1 }] }),
  ],
  ...['args', 'command', 'envFrom'].map((list): [string, object, object, object, object] => [
    `${list} replaces`,
    DEPLOYMENT,
    container({ [list]: ['a', 'b'] }),
    container({ [list]: ['c'] }),
    container({ [list]: ['c'] }),
  ]),
  [
    'tolerations replace',
    DEPLOYMENT,
    pod({ tolerations: [{ key: 'a' }] }),
    pod({ tolerations: [{ key: 'b' }] }),
    pod({ tolerations: [{ key: 'b' }] }),
  ],
  [
    'a CronJob is reached through its jobTemplate',
    { apiVersion: 'batch/v1', kind: 'CronJob' },
    { spec: { jobTemplate: container({ image: '1' }) } },
    { spec: { jobTemplate: container({ tty: true }) } },
    { spec: { jobTemplate: container({ image: '1', tty: true }) } },
  ],
  [
    'NetworkPolicy rules replace',
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
    { spec: { ingress: [{ ports: [{ port: 1 }] }] } },
    { spec: { ingress: [{ ports: [{ port: 2 }] }] } },
    { spec: { ingress: [{ ports: [{ port: 2 }] }] } },
  ],
  [
    "a CRD's lists replace, also when its kind is called Service",
    { apiVersion: 'serving.knative.dev/v1', kind: 'Service' },
    { spec: { ports: [{ port: 80, name: 'a' }] } },
    { spec: { ports: [{ port: 80 }] } },
    { spec: { ports: [{ port: 80 }] } },
  ],
  [
    'finalizers unite',
    DEPLOYMENT,
    { metadata: { finalizers: ['a'] } },
    { metadata: { finalizers: ['b', 'a'] } },
    { metadata: { finalizers: ['a', 'b'] } },
  ],
  [
    "a PodDisruptionBudget's selector replaces",
    { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
    { spec: { selector: { matchLabels: { a: '1' } } } },
    { spec: { selector: { matchLabels: { b: '2' } } } },
    { spec: { selector: { matchLabels: { b: '2' } } } },
  ],
  [
    '$patch: replace in a map',
    DEPLOYMENT,
    { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: {} } } },
    { spec: { strategy: { $patch: 'replace', type: 'Recreate' } } },
    { spec: { strategy: { type: 'Recreate' } } },
  ],
  ['$patch: delete in a map', DEPLOYMENT, { spec: { strategy: {} } }, { spec: { strategy: { $patch: 'delete' } } }, { spec: {} }],
  ['$patch: merge in a map', DEPLOYMENT, { spec: { a: 1 } }, { spec: { $patch: 'merge', b: 2 } }, { spec: { a: 1, b: 2 } }],
  [
    '$patch: delete of an item',
    DEPLOYMENT,
    pod({ volumes: [{ name: 'a' }, { name: 'b' }] }),
    pod({ volumes: [{ name: 'a', $patch: 'delete' }] }),
    pod({ volumes: [{ name: 'b' }] }),
  ],
  [
    '$patch: replace of a list',
    DEPLOYMENT,
    pod({ volumes: [{ name: 'a' }] }),
    pod({ volumes: [{ $patch: 'replace' }, { name: 'c' }] }),
    pod({ volumes: [{ name: 'c' }] }),
  ],
  [
    '$patch: replace of an item',
    DEPLOYMENT,
    pod({ volumes: [{ name: 'a', emptyDir: {} }] }),
    pod({ volumes: [{ name: 'a', $patch: 'replace', secret: {} }] }),
    pod({ volumes: [{ name: 'a', secret: {} }] }),
  ],
  [
    'nulls and directives do not get into what is new',
    DEPLOYMENT,
    {},
    { x: { $patch: 'merge', a: null, b: [{ c: null, d: 1 }] } },
    { x: { b: [{ d: 1 }] } },
  ],
];

test.each(cases)('%s', (_name, type, target, patch, expected) => {
  const [before, given] = [structuredClone(target), structuredClone(patch)];
  expect(strategicMerge(target, patch, type as typeof DEPLOYMENT)).toEqual(expected);
  expect([target, patch]).toEqual([before, given]);
});

const errors: [string, object, object, RegExp][] = [
  ['an item without its key', pod({ containers: [] }), pod({ containers: [{ image: 'x' }] }), /containers\/0 has no name/],
  [
    'a delete that finds nothing',
    pod({ volumes: [] }),
    pod({ volumes: [{ name: 'a', $patch: 'delete' }] }),
    /finds nothing to delete/,
  ],
  ['a map for a list', pod({ containers: [] }), pod({ containers: { name: 'x' } }), /is a list and the patch has a map/],
  ['a value for a map', { spec: { a: {} } }, { spec: { a: 1 } }, /\/spec\/a is a map and the patch has a plain value/],
  ['an unknown directive', {}, { spec: { $retainKeys: ['a'] } }, /\/spec has the directive \$retainKeys; use \$patch/],
  ['an unknown $patch', {}, { spec: { $patch: 'drop' } }, /directive \$patch: "drop"/],
  ['delete at the top', {}, { $patch: 'delete' }, /would delete the object/],
  [
    'two items that are meant',
    pod({
      topologySpreadConstraints: [
        { topologyKey: 'z', whenUnsatisfiable: 'A' },
        { topologyKey: 'z', whenUnsatisfiable: 'B' },
      ],
    }),
    pod({ topologySpreadConstraints: [{ topologyKey: 'z' }] }),
    /2 items have topologyKey "z"; say which by its whenUnsatisfiable/,
  ],
];

test.each(errors)('%s is an error', (_name, target, patch, message) => {
  expect(() => strategicMerge(target, patch, DEPLOYMENT)).toThrow(message);
});
