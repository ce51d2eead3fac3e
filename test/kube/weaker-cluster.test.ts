import { type Manifest, WEAKER_ANNOTATION, weakerThan } from '../../lib/kube';
import { type Body, object, pod, said } from './stages';

/* Namespaces, autoscalers, budgets and network policies, and guards that are missing. */

const weak = (what: string, production: string, staging: string): string =>
  `${what} is ${production}, weaker than ${staging} in staging; use ${staging} or stricter`;

const namespace = (labels?: Record<string, string>, annotations: Record<string, string> = {}, name = 'bank'): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels, annotations },
});

describe('a Namespace', () => {
  const level = (text: string) => ({ 'pod-security.kubernetes.io/enforce': text });
  const label = 'label pod-security.kubernetes.io/enforce';
  const mesh = ['its pods are not in the mesh, but those of staging are; label it like staging'];
  type Labels = Record<string, string> | undefined;
  const cases: [Labels, Labels, string[]][] = [
    [level('restricted'), level('baseline'), [weak(label, 'baseline', 'restricted')]],
    [level('baseline'), undefined, [weak(label, 'privileged', 'baseline')]],
    [level('baseline'), level('restricted'), []],
    [undefined, level('privileged'), []],
    [{ 'istio-injection': 'enabled' }, { 'istio-injection': 'disabled' }, mesh],
    [{ 'istio.io/rev': '1-30' }, undefined, mesh],
    [{ 'istio.io/dataplane-mode': 'ambient' }, { 'istio.io/dataplane-mode': 'none' }, mesh],
    [{ 'istio.io/dataplane-mode': 'none' }, undefined, []],
    [{ 'istio-injection': 'enabled' }, { 'istio.io/dataplane-mode': 'ambient' }, []],
  ];
  test.each(cases)('%j -> %j', (staging, production, expected) => {
    expect(weakerThan([namespace(staging)], [namespace(production)])).toEqual(
      expected.map((what) => ({ where: 'Namespace bank', what })),
    );
  });
});

describe('numbers of pods', () => {
  const cases: [string, Body, Body, string[]][] = [
    ['HorizontalPodAutoscaler', { minReplicas: 3 }, {}, [weak('minReplicas', '1', '3')]],
    ['HorizontalPodAutoscaler', {}, { minReplicas: 1 }, []],
    ['HorizontalPodAutoscaler', { minReplicas: 3 }, { minReplicas: 4 }, []],
    ['HorizontalPodAutoscaler', { maxReplicas: 7 }, { maxReplicas: 5 }, [weak('maxReplicas', '5', '7')]],
    ['HorizontalPodAutoscaler', { maxReplicas: 7 }, {}, []],
    ['HorizontalPodAutoscaler', {}, { maxReplicas: 5 }, []],
    ['PodDisruptionBudget', { maxUnavailable: 1 }, { maxUnavailable: 2 }, [weak('maxUnavailable', '2', '1')]],
    ['PodDisruptionBudget', { maxUnavailable: '1' }, { maxUnavailable: 2 }, [weak('maxUnavailable', '2', '1')]],
    ['PodDisruptionBudget', { maxUnavailable: '9%' }, { maxUnavailable: '10%' }, [weak('maxUnavailable', '10%', '9%')]],
    ['PodDisruptionBudget', { maxUnavailable: 0 }, { maxUnavailable: '10%' }, [weak('maxUnavailable', '10%', '0')]],
    ['PodDisruptionBudget', { minAvailable: '80%' }, { minAvailable: '50%' }, [weak('minAvailable', '50%', '80%')]],
    ['PodDisruptionBudget', { minAvailable: 1 }, { minAvailable: 0 }, [weak('minAvailable', '0', '1')]],
    // How much a share is depends on the number of pods; zero is zero.
    ['PodDisruptionBudget', { maxUnavailable: 1 }, { maxUnavailable: '90%' }, []],
    ['PodDisruptionBudget', { maxUnavailable: 0 }, { maxUnavailable: '0%' }, []],
    ['PodDisruptionBudget', { maxUnavailable: 1 }, { minAvailable: '80%' }, []],
    ['PodDisruptionBudget', { minAvailable: '80%' }, { maxUnavailable: 1 }, []],
    ['PodDisruptionBudget', { maxUnavailable: 1 }, { maxUnavailable: 'x2' }, []],
    ['PodDisruptionBudget', { maxUnavailable: 1 }, { maxUnavailable: '2x' }, []],
    ['PodDisruptionBudget', { maxUnavailable: 1 }, { maxUnavailable: ['2'] }, []],
  ];
  test.each(cases)('%s %j -> %j', (kind, staging, production, expected) => {
    expect(said(kind, staging, production)).toEqual(expected);
  });
});

describe('a NetworkPolicy', () => {
  const peer = { podSelector: { matchLabels: { app: 'teller' } } };
  const cidr = (text: string): Body => ({ ipBlock: { cidr: text } });
  const ingress = (...rules: unknown[]): Body => ({ policyTypes: ['Ingress'], ingress: rules });
  const egress = (...rules: unknown[]): Body => ({ policyTypes: ['Egress'], egress: rules });
  const from = (...all: unknown[]): Body => ({ from: all, ports: [{ port: 8071 }] });
  const to = (...all: unknown[]): Body => ({ to: all, ports: [{ port: 8071 }] });
  const ports = (...all: unknown[]): Body => ({ from: [peer], ports: all });

  const ADDRESS = 'has an ipBlock with every address, and staging has none; name the blocks that are needed';
  const PORT = 'ingress has a rule without a port, which is open on all of them, and staging has none; name the ports';
  const cases: [string, Body, Body, string[]][] = [
    ['every address', ingress(from(peer)), ingress(from(peer), from(peer, cidr('0.0.0.0/0'))), [`ingress ${ADDRESS}`]],
    ['every address of IPv6', egress(to(peer)), egress(to(cidr('::/0'))), [`egress ${ADDRESS}`]],
    ['every address, written at length', egress(to(peer)), egress(to(cidr('0.0.0.0/00'))), [`egress ${ADDRESS}`]],
    ['a block', ingress(from(peer)), ingress(from(cidr('10.0.0.0/8'))), []],
    ['a block that looks alike', ingress(from(peer)), ingress(from(cidr('10.0.0.0/08'))), []],
    ['every address in both', ingress(from(cidr('0.0.0.0/0'))), ingress(from(cidr('::/0'))), []],
    [
      'everybody',
      ingress(from(peer)),
      ingress(from(peer), from()),
      ['ingress has a rule without "from", which is open to everybody, and staging has none; name the peers'],
    ],
    [
      'to everybody',
      egress(to(peer)),
      egress(to()),
      ['egress has a rule without "to", which is open to everybody, and staging has none; name the peers'],
    ],
    ['all ports', ingress(ports({ port: 8071 })), ingress(ports()), [PORT]],
    ['all ports of UDP', ingress(ports({ port: 8071 })), ingress(ports({ port: 53 }, { protocol: 'UDP' })), [PORT]],
    ['another port', ingress(ports({ port: 8071 })), ingress(ports({ port: 8072 }, { port: 8073 })), []],
    ['a rule that is none', ingress(ports({ port: 8071 })), ingress(null), []],
  ];
  test.each(cases)('opens %s', (_what, staging, production, expected) => {
    expect(said('NetworkPolicy', staging, production)).toEqual(expected);
  });

  const lacks = (type: string): string => `policyTypes lacks ${type}, which staging has; add it`;
  // Without types, ingress counts, and egress where there are rules for it.
  const directions: [Body, Body, string[]][] = [
    [{ policyTypes: ['Ingress', 'Egress'] }, { policyTypes: ['Ingress'] }, [lacks('Egress')]],
    [{ policyTypes: ['Ingress', 'Egress'] }, {}, [lacks('Egress')]],
    [{ policyTypes: ['Ingress', 'Egress'] }, { egress: [] }, []],
    [{}, { policyTypes: ['Egress'] }, [lacks('Ingress')]],
    [{ egress: [] }, { policyTypes: ['Ingress'] }, [lacks('Egress')]],
    [{ policyTypes: ['Ingress'] }, {}, []],
    [{}, { policyTypes: ['Ingress'] }, []],
  ];
  test.each(directions)('speaks of fewer directions: %j -> %j', (staging, production, expected) => {
    expect(said('NetworkPolicy', staging, production)).toEqual(expected);
  });
});

describe('a guard that production lacks', () => {
  const missing = (staging: Manifest[], production: Manifest[]): string[] =>
    weakerThan(staging, production).map(({ where, what }) => `${where}: ${what}`);
  const lost = (guard: string): string[] => [`${guard}: staging has it and production lacks it; define it in both`];
  const limits = object('LimitRange', {}, 'limits');

  test('is missed where production has anything in its namespace', () => {
    expect(missing([limits], [object('ConfigMap', {}, 'any')])).toEqual(lost('LimitRange bank/limits'));
    expect(missing([limits], [namespace()])).toEqual(lost('LimitRange bank/limits'));
  });

  test('is not missed where the namespace is not there', () => {
    const elsewhere = [namespace({}, {}, 'other'), object('ConfigMap', {}, 'bank', 'other')];
    expect(missing([limits], elsewhere)).toEqual([]);
    expect(missing([limits], [])).toEqual([]);
  });

  test('is missed only where what it selects is there', () => {
    const labelled = (labels: Body, name = 'loans'): Manifest =>
      object('Deployment', { template: { metadata: { labels }, spec: {} } }, name);
    const guard = object('NetworkPolicy', { podSelector: { matchLabels: { app: 'loans', tier: 'api' } } });
    const staging = [guard, labelled({ app: 'loans', tier: 'api' })];
    expect(missing(staging, [namespace(), labelled({ app: 'loans', tier: 'api' })])).toEqual(lost('NetworkPolicy bank/loans'));
    expect(missing(staging, [namespace(), labelled({ app: 'loans', tier: 'jobs' })])).toEqual([]);
    expect(missing(staging, [namespace(), labelled({ app: 'teller', tier: 'api' }, 'teller')])).toEqual([]);
    expect(missing(staging, [namespace(), object('ConfigMap', {})])).toEqual([]);
  });

  test('an autoscaler is missed only where what it scales is there', () => {
    const scaler = object('HorizontalPodAutoscaler', { scaleTargetRef: { kind: 'Deployment', name: 'loans' } }, 'scaler');
    const staging = [scaler, object('Deployment', pod({}))];
    expect(missing(staging, [namespace(), object('Deployment', pod({}))])).toEqual(lost('HorizontalPodAutoscaler bank/scaler'));
    expect(missing(staging, [namespace(), object('StatefulSet', pod({}))])).toEqual([]);
    expect(missing(staging, [namespace(), object('Deployment', pod({}), 'teller')])).toEqual([]);
  });

  test('is accepted on the Namespace, with a reason', () => {
    const accepted = (reason: string): Manifest => namespace({}, { [WEAKER_ANNOTATION]: reason });
    expect(missing([limits], [accepted('until June')])).toEqual([]);
    expect(missing([limits], [accepted(' ')])).toEqual(lost('LimitRange bank/limits'));
  });

  test('is not accepted by another object of that name', () => {
    const config = object('ConfigMap', {}, 'bank');
    const other = { ...config, metadata: { ...config.metadata, annotations: { [WEAKER_ANNOTATION]: 'until June' } } };
    expect(missing([limits], [other])).toEqual(lost('LimitRange bank/limits'));
  });
});

test('what has no rule may differ as it likes', () => {
  expect(said('ConfigMap', { replicas: 3 }, { replicas: 1 })).toEqual([]);
});
