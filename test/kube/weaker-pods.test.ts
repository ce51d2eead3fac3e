import { type Body, pod, said } from './stages';

/* Pods that staging confines and production does not. Each row: staging, production, all that is said. */

const secure = (securityContext: Body): Body => pod({ securityContext });
const lacks = (what: string, production: string, staging: string): string =>
  `container main: ${what} is ${production}, weaker than ${staging} in staging; use ${staging} or stricter`;

describe('security contexts', () => {
  const cases: [string, Body, Body, string[]][] = [
    ['root user', secure({ runAsNonRoot: true }), secure({}), [lacks('runAsNonRoot', 'nothing', 'true')]],
    [
      "the container's word before the pod's",
      pod({}, { securityContext: { runAsNonRoot: true } }),
      pod({ securityContext: { runAsNonRoot: false } }, { securityContext: { runAsNonRoot: true } }),
      [lacks('runAsNonRoot', 'false', 'true')],
    ],
    [
      'a seccomp profile of its own that is given up',
      pod({}, { securityContext: { seccompProfile: { type: 'Localhost' } } }),
      secure({ seccompProfile: { type: 'Unconfined' } }),
      [lacks('seccompProfile.type', 'Unconfined', 'Localhost')],
    ],
    [
      'one seccomp profile for another',
      secure({ seccompProfile: { type: 'RuntimeDefault' } }),
      secure({ seccompProfile: { type: 'Localhost' } }),
      [],
    ],
    [
      'a seccomp profile that is no text',
      secure({ seccompProfile: { type: 'RuntimeDefault' } }),
      secure({ seccompProfile: { type: ['Unconfined'] } }),
      [lacks('seccompProfile.type', '["Unconfined"]', 'RuntimeDefault')],
    ],
    [
      'a root file system that can be written',
      secure({ readOnlyRootFilesystem: true }),
      secure({}),
      [lacks('readOnlyRootFilesystem', 'nothing', 'true')],
    ],
    [
      'privilege escalation',
      secure({ allowPrivilegeEscalation: false }),
      secure({ allowPrivilegeEscalation: true }),
      [lacks('allowPrivilegeEscalation', 'true', 'false')],
    ],
    [
      'a privileged container',
      secure({ privileged: false }),
      secure({ privileged: true }),
      [lacks('privileged', 'true', 'false')],
    ],
    ['a container that is privileged in both', secure({ privileged: true }), secure({ privileged: true }), []],
    [
      'capabilities that are kept',
      secure({ capabilities: { drop: ['ALL'] } }),
      secure({ capabilities: { drop: ['NET_RAW'] } }),
      ['container main: capabilities.drop lacks ALL, which staging has; add it'],
    ],
    [
      'capabilities that only production adds',
      secure({ capabilities: { add: ['NET_BIND_SERVICE'] } }),
      secure({ capabilities: { add: ['SYS_TIME', 'NET_BIND_SERVICE', 'SYS_ADMIN'] } }),
      ['container main: capabilities.add has SYS_TIME, SYS_ADMIN, which staging lacks; remove it'],
    ],
  ];
  test.each(cases)('%s', (_what, staging, production, expected) => {
    expect(said('Deployment', staging, production)).toEqual(expected);
    expect(said('Deployment', staging, staging)).toEqual([]);
  });
});

describe('the pod', () => {
  test.each(['livenessProbe', 'readinessProbe', 'startupProbe'])('%s is missed', (probe) => {
    const expected = [`container main: it has no ${probe}, but staging has; add it`];
    expect(said('Deployment', pod({ [probe]: {} }), pod({}))).toEqual(expected);
    expect(said('Deployment', pod({}), pod({ [probe]: {} }))).toEqual([]);
  });

  test.each(['hostNetwork', 'hostPID', 'hostIPC'])('%s is a namespace of the node', (field) => {
    const expected = [`${field} is true, weaker than false in staging; use false or stricter`];
    expect(said('Deployment', pod({}), pod({}, { [field]: true }))).toEqual(expected);
    expect(said('Deployment', pod({}, { [field]: true }), pod({}, { [field]: true }))).toEqual([]);
  });

  test.each([
    ['CronJob', (template: Body): Body => ({ jobTemplate: { spec: template } })],
    ['DaemonSet', (template: Body): Body => template],
    ['Job', (template: Body): Body => template],
    ['Pod', ({ template }: Body): Body => (template as { spec: Body }).spec],
    ['ReplicaSet', (template: Body): Body => template],
    ['StatefulSet', (template: Body): Body => template],
  ])('of a %s is found', (kind, around) => {
    const [staging, production] = [around(pod({}, { hostPID: false })), around(pod({}, { hostPID: true }))];
    expect(said(kind, staging, production)).toEqual(['hostPID is true, weaker than false in staging; use false or stricter']);
  });

  test('containers are compared by name, and those that run first as well', () => {
    const both = (first: Body, second: Body, init: Body): Body => ({
      template: {
        spec: {
          containers: [
            { name: 'main', securityContext: first },
            { name: 'proxy', securityContext: second },
          ],
          initContainers: [{ name: 'schema', securityContext: init }],
        },
      },
    });
    const [firm, loose] = [{ runAsNonRoot: true }, { runAsNonRoot: false }];
    expect(said('Deployment', both(loose, firm, firm), both(loose, loose, loose))).toEqual([
      'container proxy: runAsNonRoot is false, weaker than true in staging; use true or stricter',
      'container schema: runAsNonRoot is false, weaker than true in staging; use true or stricter',
    ]);
  });

  test('a container, or a whole template, that only one of them has cannot be compared', () => {
    const renamed = { template: { spec: { containers: [{ name: 'api' }] } } };
    expect(said('Deployment', secure({ runAsNonRoot: true }), renamed)).toEqual([]);
    expect(said('Deployment', secure({ runAsNonRoot: true }), {})).toEqual([]);
    expect(said('Deployment', {}, secure({ privileged: true }))).toEqual([]);
  });
});

describe('requests', () => {
  const cpu = (value: unknown): Body => pod({ resources: { requests: { cpu: value } } });

  // Staging, and what is less: every form of a quantity that the API server reads.
  test.each([
    ['1', '999m'],
    ['1.25', '1.2'],
    ['1.25', '1.125'],
    ['.5', '.25'],
    ['.25', '.125'],
    ['2', '1.75'],
    ['12', '11'],
    ['2e3', '1999'],
    ['1e12', '1e9'],
    ['1k', '999'],
    ['1Ki', '1k'],
    ['1M', '999k'],
    ['1Mi', '1M'],
    ['1Gi', '1G'],
    ['1T', '999G'],
    ['1P', '1T'],
    ['1E', '1P'],
    ['1Ei', '1E'],
    [3, 2],
  ])('%s is more than %s', (more, less) => {
    expect(said('Deployment', cpu(more), cpu(less))).toEqual([
      `container main: resources.requests.cpu is ${less}, weaker than ${more} in staging; use ${more} or stricter`,
    ]);
    expect(said('Deployment', cpu(less), cpu(more))).toEqual([]);
  });

  test.each([
    ['1000m', '1'],
    ['1024', '1Ki'],
    ['1000000', '1e6'],
    ['0.5', '500m'],
  ])('%s is %s', (one, other) => {
    expect(said('Deployment', cpu(one), cpu(other))).toEqual([]);
    expect(said('Deployment', cpu(other), cpu(one))).toEqual([]);
  });

  test.each(['x100m', '100mx', '1ii', 'ten', '', { a: 1 }])('%j of staging is no quantity, and not compared', (value) => {
    expect(said('Deployment', cpu(value), cpu('1m'))).toEqual([]);
    expect(said('Deployment', cpu(value), pod({}))).toEqual([]);
  });
});

describe('how a Deployment is replaced', () => {
  const rolling = (maxUnavailable?: unknown): Body => ({
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable } },
  });
  const weak = (what: string, production: string, staging: string): string[] => [
    `${what} is ${production}, weaker than ${staging} in staging; use ${staging} or stricter`,
  ];
  const cases: [string, Body, Body, string[]][] = [
    ['all at once', rolling(), { strategy: { type: 'Recreate' } }, weak('strategy.type', 'Recreate', 'RollingUpdate')],
    [
      'all at once, where nothing was said',
      {},
      { strategy: { type: 'Recreate' } },
      weak('strategy.type', 'Recreate', 'RollingUpdate'),
    ],
    ['all at once in both', { strategy: { type: 'Recreate' } }, { strategy: { type: 'Recreate' } }, []],
    ['all at once in staging', { strategy: { type: 'Recreate' } }, rolling('50%'), []],
    ['more at a time', rolling(0), rolling(1), weak('strategy.rollingUpdate.maxUnavailable', '1', '0')],
    ['more than the default', {}, rolling('26%'), weak('strategy.rollingUpdate.maxUnavailable', '26%', '25%')],
    ['the default', rolling('25%'), {}, []],
    ['fewer replicas', { replicas: 3 }, { replicas: 2 }, weak('replicas', '2', '3')],
    ['as many replicas', { replicas: 3 }, { replicas: 3 }, []],
    ['an autoscaler instead', { replicas: 3 }, {}, []],
    ['replicas instead of an autoscaler', {}, { replicas: 1 }, []],
    ['replicas that are no number', { replicas: '3' }, { replicas: '2' }, []],
  ];
  test.each(cases)('%s', (_what, staging, production, expected) => {
    expect(said('Deployment', staging, production)).toEqual(expected);
  });

  test('of a StatefulSet only the replicas count', () => {
    expect(said('StatefulSet', { replicas: 3 }, { replicas: 1, strategy: { type: 'Recreate' } })).toEqual(
      weak('replicas', '1', '3'),
    );
  });
});
