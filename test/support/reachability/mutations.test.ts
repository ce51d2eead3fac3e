import { authenticate, authorize, entry, policy, service, sidecar, tokens } from './fixtures';
import { enumerateRules } from './mutations';
import type { KubeObject } from './objects';

/** What is listed for one object: the kind of the mutation and its id without the object's. */
function listed(object: KubeObject): string[] {
  return enumerateRules([object]).map(({ kind, id }) => `${kind} ${id.replace(/^[^# ]+[# ]/, '')}`);
}

/** The spec after the mutation with this end of an id. */
function after(object: KubeObject, end: string): unknown {
  const found = enumerateRules([object]).filter(({ id }) => id.endsWith(`#${end}`));
  expect(found).toHaveLength(1);
  return found[0]?.objects[0]?.['spec'];
}

const rich = policy('n', 'rich', {
  podSelector: { matchLabels: { a: 'b' } },
  policyTypes: ['Ingress', 'Egress'],
  ingress: [
    {
      from: [{ podSelector: { matchLabels: { c: 'd' } } }, { podSelector: {}, namespaceSelector: { matchLabels: { e: 'f' } } }],
      ports: [{ port: 7 }],
    },
  ],
  egress: [
    { to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 8, endPort: 9 }, { protocol: 'UDP' }] },
  ],
});

describe('NetworkPolicy', () => {
  it('lists each thing once and leaves out what changes nothing', () => {
    expect(listed(rich)).toEqual([
      'narrow deleted',
      'narrow podSelector selects nothing',
      'widen podSelector {}',
      'widen policyTypes Ingress deleted',
      'widen policyTypes Egress deleted',
      'narrow ingress[0] deleted',
      'narrow ingress[0].from[0] deleted',
      'narrow ingress[0].from[1] deleted',
      'widen ingress[0].ports[0] deleted',
      'widen ingress[0].ports[0] any port of the protocol',
      'widen ingress[0].from dropped',
      'widen ingress[0].ports dropped',
      'widen ingress[0].from[0] podSelector {}',
      'widen ingress[0].from[0] namespaceSelector {} added',
      'widen ingress[0].from[1] namespaceSelector {}',
      'narrow egress[0] deleted',
      'widen egress[0].to[0] deleted',
      'narrow egress[0].ports[0] deleted',
      'narrow egress[0].ports[1] deleted',
      'widen egress[0].ports[0] any port of the protocol',
      'widen egress[0].to dropped',
      'widen egress[0].ports dropped',
      'widen egress[0].to[0] ipBlock 0.0.0.0/0',
      'widen egress[0].to[0] except dropped',
    ]);
  });

  it('knows that a policy without rules is a lock', () => {
    expect(listed(policy('n', 'deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }))).toEqual([
      'widen deleted',
      'widen podSelector selects nothing',
      'widen policyTypes Ingress deleted',
      'widen policyTypes Egress deleted',
    ]);
  });

  it('knows that without types the last egress rule locks', () => {
    expect(listed(policy('n', 'p', { podSelector: {}, egress: [{}] }))).toContain('widen egress[0] deleted');
    expect(listed(policy('n', 'p', { podSelector: {}, egress: [{}, {}] }))).toContain('narrow egress[0] deleted');
  });

  it.each<[string, object]>([
    ['egress[0].ports[0] any port of the protocol', { egress: [{ to: expect.anything(), ports: [{}, { protocol: 'UDP' }] }] }],
    [
      'egress[0].to[0] ipBlock 0.0.0.0/0',
      { egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.1.0.0/16'] } }], ports: expect.anything() }] },
    ],
    ['egress[0].to[0] except dropped', { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: expect.anything() }] }],
    [
      'ingress[0].from[0] deleted',
      { ingress: [{ from: [{ podSelector: {}, namespaceSelector: { matchLabels: { e: 'f' } } }], ports: [{ port: 7 }] }] },
    ],
    ['ingress[0].ports[0] deleted', { ingress: [{ from: expect.anything(), ports: [] }] }],
    ['ingress[0].ports dropped', { ingress: [{ from: expect.anything() }] }],
    ['policyTypes Ingress deleted', { policyTypes: ['Egress'] }],
    ['podSelector selects nothing', { podSelector: { matchLabels: { 'reachability.test/nothing': 'selected' } } }],
  ])('%s', (end, spec) => {
    expect(after(rich, end)).toEqual({ ...(rich['spec'] as object), ...spec });
  });
});

describe('AuthorizationPolicy', () => {
  const rule = {
    from: [{ source: { principals: ['p', 'q'] } }, { source: { namespaces: ['n'] } }],
    to: [{ operation: { methods: ['GET'], paths: ['/a'], notPaths: ['/a/x', '/a/y'] } }],
  };

  it('lists each thing once', () => {
    expect(listed(authorize('n', 'a', { selector: { matchLabels: { a: 'b' } }, rules: [rule] }))).toEqual([
      'narrow deleted',
      'widen selector dropped',
      'narrow rules[0] deleted',
      'widen rules[0].from dropped',
      'widen rules[0].to dropped',
      'narrow rules[0].from[0] deleted',
      'narrow rules[0].from[1] deleted',
      'widen rules[0].from[0].principals dropped',
      'narrow rules[0].from[0].principals without p',
      'narrow rules[0].from[0].principals without q',
      'widen rules[0].from[0].principals any',
      'widen rules[0].from[1].namespaces dropped',
      'widen rules[0].to[0].methods dropped',
      'widen rules[0].to[0].paths dropped',
      'widen rules[0].to[0].notPaths dropped',
      'widen rules[0].to[0].notPaths without /a/x',
      'widen rules[0].to[0].notPaths without /a/y',
    ]);
  });

  it('turns round for DENY', () => {
    expect(listed(authorize('n', 'a', { action: 'DENY', rules: [{ to: [{ operation: { ports: ['1', '2'] } }] }] }))).toEqual([
      'widen deleted',
      'widen rules[0] deleted',
      'narrow rules[0].to dropped',
      'narrow rules[0].to[0].ports dropped',
      'widen rules[0].to[0].ports without 1',
      'widen rules[0].to[0].ports without 2',
    ]);
  });

  it.each([{}, { rules: [] }])('knows that %j is a lock', (spec) => {
    expect(listed(authorize('n', 'a', spec))).toEqual(['widen deleted', 'widen rules [{}]']);
  });

  it('drops a field', () => {
    expect(after(authorize('n', 'a', { rules: [rule] }), 'rules[0].to[0].paths dropped')).toEqual({
      rules: [{ ...rule, to: [{ operation: { methods: ['GET'], notPaths: ['/a/x', '/a/y'] } }] }],
    });
  });

  it('changes only what it says', () => {
    expect(after(authorize('n', 'a', { rules: [{}, rule] }), 'rules[1].from[0].principals any')).toEqual({
      rules: [{}, { ...rule, from: [{ source: { principals: ['*'] } }, rule.from[1]] }],
    });
  });
});

it("lists the mesh's own objects", () => {
  expect(
    listed(sidecar('n', 's', { egress: [{ hosts: ['./a', '~/b'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } })),
  ).toEqual([
    'widen deleted',
    'narrow egress[0].hosts[0] ./a deleted',
    'narrow egress[0].hosts[1] ~/b deleted',
    'widen egress[0].hosts */*',
    'widen outboundTrafficPolicy ALLOW_ANY',
  ]);
  expect(listed(authenticate('n', 'p', { mtls: { mode: 'PERMISSIVE' }, portLevelMtls: { 8081: { mode: 'STRICT' } } }))).toEqual([
    'widen deleted',
    'widen mtls DISABLE',
    'widen portLevelMtls[8081] deleted',
  ]);
  expect(after(authenticate('n', 'p', { portLevelMtls: { 1: { mode: 'STRICT' } } }), 'portLevelMtls[1] deleted')).toEqual({});
  expect(after(authenticate('n', 'p', { portLevelMtls: { 1: { mode: 'STRICT' }, 2: {} } }), 'portLevelMtls[1] deleted')).toEqual({
    portLevelMtls: { 2: {} },
  });
  expect(listed(entry('n', 'e', { hosts: ['a'] }))).toEqual(['narrow deleted']);
  expect(listed(tokens('n', 't', {}))).toEqual(['narrow deleted']);
  expect(listed(service('n', 's', {}))).toEqual([]);
});

it('knows that a Sidecar without its last host knows every host', () => {
  const last = sidecar('n', 's', { egress: [{ hosts: ['./a'] }] });
  expect(listed(last)).toContain('widen egress[0].hosts[0] ./a deleted');
  expect(after(last, 'egress[0].hosts[0] ./a deleted')).toEqual({ egress: [] });
  const two = sidecar('n', 's', { egress: [{ port: { number: 1 }, hosts: ['./a'] }, { hosts: ['./b'] }] });
  expect(after(two, 'egress[0].hosts[0] ./a deleted')).toEqual({ egress: [{ hosts: ['./b'] }] });
  expect(listed(two)).toContain('narrow egress[0].hosts[0] ./a deleted');
});

it('leaves its input and all other objects as they are', () => {
  const objects = [service('n', 's', {}), rich, authorize('n', 'a', {})];
  const copy = structuredClone(objects);
  for (const mutation of enumerateRules(objects)) {
    const kept = mutation.objects.filter((object) => objects.includes(object));
    expect(kept).toHaveLength(2);
    expect(mutation.objects.length).toBe(mutation.id.endsWith(' deleted') && !mutation.id.includes('#') ? 2 : 3);
  }
  expect(objects).toEqual(copy);
});

it('gives every mutation an id of its own', () => {
  const ids = enumerateRules([rich, { ...rich, metadata: { name: 'other', namespace: 'n' } }]).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
