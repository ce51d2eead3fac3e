import { tracksOf } from '../../lib/checks/jumps/tracks';
import { World } from '../../lib/checks/jumps/world';
import { called, keyOf, ofKind } from '../../lib/checks/manifest';
import type { CheckedManifest } from '../../lib';
import { ALL, type Json, TWO, deployment, object, plainRoute, routes, rule, scaler, service } from './manifests';

const to = (host: string, subset?: string, weight?: number) => ({ destination: { host, subset }, weight });
const virtualService = (spec: Json) => object('networking.istio.io/v1', 'VirtualService', 'loans', { hosts: ['loans'], ...spec });
const elsewhere = (manifest: CheckedManifest) => ({ ...manifest, metadata: { ...manifest.metadata, namespace: 'else' } });
const named = (name: string, manifest: CheckedManifest) => ({ ...manifest, metadata: { ...manifest.metadata, name } });

const waysOf = (...objects: CheckedManifest[]) =>
  new World(objects).ways.map(({ called: by, narrow, to: all }) => [
    by,
    narrow,
    ...all.map((one) => `${one.service}${one.subset ? `#${one.subset}` : ''} ${one.weight}`),
  ]);

describe('manifests', () => {
  test('are told apart by namespace, name, kind and group of the API', () => {
    const whole = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bank' } };
    expect([keyOf(whole), called(whole)]).toEqual(['/bank', 'Namespace bank']);
    const one = service(ALL);
    expect([keyOf(one), called(one)]).toEqual(['bank/loans', 'Service bank/loans']);
    const all = [one, elsewhere(one), { ...one, apiVersion: 'serving.knative.dev/v1' }, deployment('loans')];
    expect([...ofKind(all, '', 'Service').keys()]).toEqual(['bank/loans', 'else/loans']);
    expect([...ofKind(all, 'serving.knative.dev', 'Service').keys()]).toEqual(['bank/loans']);
    expect([...ofKind(all, 'apps', 'Service').keys()]).toEqual([]);
  });
});

describe('tracks', () => {
  const track = (...objects: CheckedManifest[]) => tracksOf(objects).get('bank/loans');
  const bare = deployment('loans', { replicas: 4 });

  test('are Deployments, with their pods, images and what scales them', () => {
    expect(track(bare, scaler('loans', 3, 8))).toEqual({
      key: 'bank/loans',
      namespace: 'bank',
      called: 'Deployment bank/loans',
      family: 'bank/loans',
      podLabels: { app: 'loans', 'banking.workload/name': 'loans' },
      selector: '[["app","loans"]]',
      images: '[["loans","loans:1"]]',
      replicas: 4,
      autoscaled: true,
      fewest: 3,
      most: 8,
      cpu: 60,
    });
    expect(track(bare)).toMatchObject({ autoscaled: false, fewest: 4, most: 4, cpu: undefined });
    expect(track(deployment('loans'))).toMatchObject({ fewest: 1, most: 1 });
  });

  test('may say as little as the API takes', () => {
    const least = object('apps/v1', 'Deployment', 'loans', {});
    expect(track(least)).toMatchObject({ podLabels: {}, selector: '[]', images: '[]', family: 'bank/loans' });
    expect(track(object('apps/v1', 'Deployment', 'loans', { template: {} }))).toMatchObject({ podLabels: {}, images: '[]' });
    const nowhere = { ...least, metadata: { name: 'loans' } };
    const scaled = { ...scaler('loans', 3), metadata: { name: 'loans' } };
    expect(tracksOf([nowhere, scaled]).get('/loans')).toMatchObject({ namespace: '', family: '/loans', fewest: 3 });
  });

  test('of one service share its stable identity, or else have their own name', () => {
    const family = (labels: Json) => track(deployment('loans', { template: { metadata: { labels } } }))?.family;
    expect(family({ 'banking.workload/name': 'credits' })).toBe('bank/credits');
    expect(family({ app: 'credits' })).toBe('bank/loans');
  });

  test('have one selector, in whatever order it is written', () => {
    const selector = (matchLabels: Json) => track(deployment('loans', { selector: { matchLabels } }))?.selector;
    expect(selector({ b: '1', a: '2' })).toBe(selector({ a: '2', b: '1' }));
  });

  test('are scaled by what names them: a HorizontalPodAutoscaler or a ScaledObject, with the defaults of the APIs', () => {
    const hpa = (spec: Json) => object('autoscaling/v2', 'HorizontalPodAutoscaler', 'x', spec);
    const keda = (spec: Json) => object('keda.sh/v1alpha1', 'ScaledObject', 'x', spec);
    const loans = { kind: 'Deployment', name: 'loans' };
    const scaled = (one: CheckedManifest) => {
      const { autoscaled, fewest, most, cpu } = track(bare, one)!;
      return [autoscaled, fewest, most, cpu];
    };
    expect(scaled(hpa({ scaleTargetRef: loans }))).toEqual([true, 1, 1, undefined]);
    expect(scaled(hpa({ scaleTargetRef: loans, minReplicas: 5 }))).toEqual([true, 5, 5, undefined]);
    expect(scaled(hpa({ scaleTargetRef: { name: 'loans' }, minReplicas: 5, maxReplicas: 7 }))).toEqual([true, 5, 7, undefined]);
    expect(scaled(keda({ scaleTargetRef: { name: 'loans' } }))).toEqual([true, 0, 100, undefined]);
    expect(scaled(keda({ scaleTargetRef: loans, minReplicaCount: 5, maxReplicaCount: 7 }))).toEqual([true, 5, 7, undefined]);
    const none = [false, 4, 4, undefined];
    expect(scaled(hpa({ scaleTargetRef: { kind: 'StatefulSet', name: 'loans' } }))).toEqual(none);
    expect(scaled(keda({ scaleTargetRef: { name: 'credits' } }))).toEqual(none);
    expect(scaled(keda({}))).toEqual(none);
    expect(scaled(elsewhere(scaler('loans', 3)))).toEqual(none);
  });

  test('are as full as the CPU that their autoscaler aims at', () => {
    const cpu = (...metrics: Json[]) =>
      track(bare, object('autoscaling/v2', 'HorizontalPodAutoscaler', 'x', { scaleTargetRef: { name: 'loans' }, metrics }))?.cpu;
    const target = { averageUtilization: 55 };
    expect(cpu({ resource: { name: 'memory', target: { averageUtilization: 80 } } }, { resource: { name: 'cpu', target } })).toBe(
      55,
    );
    expect(cpu({ containerResource: { name: 'cpu', target } })).toBe(55);
    expect(cpu({ external: {} }, { resource: { name: 'cpu', target: { averageValue: '1' } } })).toBeUndefined();
    expect(cpu({ resource: { name: 'cpu' } })).toBeUndefined();
    expect(cpu({ resource: { name: 'memory', target } })).toBeUndefined();
  });
});

describe('ways', () => {
  test.each([
    ['loans', 'bank/loans'],
    ['loans.else', 'else/loans'],
    ['loans.else.svc', 'else/loans'],
    ['loans.else.svc.cluster.local', 'else/loans'],
    ['loans.example.net', '/loans.example.net'],
  ])('%s means %s', (host, means) => {
    expect(waysOf(virtualService({ http: [{ route: [to(host)] }] }))).toEqual([
      ['VirtualService bank/loans', false, `${means} 100`],
    ]);
  });

  test('are the routes of VirtualServices for HTTP, TCP and TLS', () => {
    const [http, tcp, tls] = ['a', 'b', 'c'].map((host) => [{ route: [to(host)] }]);
    expect(waysOf(virtualService({ http, tcp, tls })).map((way) => way[2])).toEqual(['bank/a 100', 'bank/b 100', 'bank/c 100']);
    expect(waysOf(virtualService({}), virtualService({ http: [{ redirect: {} }] }))).toEqual([
      ['VirtualService bank/loans', false],
    ]);
  });

  test('lead nowhere where a route names no destination, and to nobody where nothing names the subset', () => {
    expect(waysOf(virtualService({ http: [{ route: [{}] }] }))).toEqual([['VirtualService bank/loans', false, 'bank/ 100']]);
    const unknown = new World([...TWO, virtualService({ http: [{ route: [to('loans', 'other')] }] })]);
    expect(unknown.shares().get('VirtualService bank/loans')).toEqual(new Map());
  });

  test('have weights that are relative to one another; what has none gets nothing beside others', () => {
    const route = [to('loans', 'a', 1), to('loans', 'b', 3), to('loans', 'c', 0), to('loans', 'd')];
    expect(waysOf(virtualService({ http: [{ route }] }))).toEqual([
      ['VirtualService bank/loans', false, 'bank/loans#a 25', 'bank/loans#b 75'],
    ]);
  });

  test('are narrow where every match asks for a header or a caller', () => {
    const header = { headers: { 'x-new': { exact: 'yes' } } };
    const caller = { sourceLabels: { app: 'tester' } };
    const narrow = (match?: Json[]) => waysOf(virtualService({ http: [{ match, route: [to('loans')] }] }))[0]?.[1];
    expect([narrow(), narrow([]), narrow([header, { uri: { prefix: '/' } }]), narrow([{ uri: { prefix: '/' } }])]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([narrow([header]), narrow([caller]), narrow([header, caller])]).toEqual([true, true, true]);
  });

  test('are the backends of an Ingress', () => {
    const backend = (name: string) => ({ service: { name } });
    const ingress = (spec: Json) => object('networking.k8s.io/v1', 'Ingress', 'door', spec);
    const rules = [{ http: { paths: [{ backend: backend('a') }, { backend: backend('b') }] } }, { host: 'c' }, { http: {} }];
    expect(waysOf(ingress({ defaultBackend: backend('d'), rules }))).toEqual([
      ['Ingress bank/door', false, 'bank/d 100'],
      ['Ingress bank/door', false, 'bank/a 100'],
      ['Ingress bank/door', false, 'bank/b 100'],
    ]);
    expect(waysOf(ingress({}), ingress({ defaultBackend: { resource: {} } }))).toEqual([]);
  });

  test('are Services that are called as they are, unless a route leads to one of their service', () => {
    const plain = ['Service bank/loans', false, 'bank/loans 100'];
    expect(waysOf(deployment('loans'), service(ALL))).toEqual([plain]);
    expect(waysOf(service(ALL))).toEqual([]);
    expect(waysOf(deployment('loans'), service({ app: 'nobody' }))).toEqual([]);
    const route = ['VirtualService bank/loans', false, 'bank/loans 100'];
    expect(waysOf(deployment('loans'), service(ALL), plainRoute(), named('all', service(ALL)))).toEqual([route]);
    // A Service of this one and of another waits too: some of its requests are routed.
    const other = deployment('credits', {
      template: { metadata: { labels: { app: 'credits', 'banking.workload/name': 'credits' } } },
    });
    const both = named('both', service({}));
    const wide = { ...both, spec: { selector: { team: 'a' } } };
    const team = (one: CheckedManifest) => {
      const { spec } = one as unknown as { spec: { template: { metadata: { labels: Json } } } };
      return { ...one, spec: { ...spec, template: { metadata: { labels: { ...spec.template.metadata.labels, team: 'a' } } } } };
    };
    expect(waysOf(team(deployment('loans')), team(other), service(ALL), plainRoute(), wide)).toEqual([route]);
    expect(waysOf(team(other), wide)).toEqual([['Service bank/both', false, 'bank/both 100']]);
  });
});

describe('requests reach', () => {
  const reached = (objects: CheckedManifest[], host = 'bank/loans', subset?: string) =>
    new World(objects).reached({ service: host, subset, weight: 100 })?.map(({ key }) => key);

  test('the pods that a Service selects in its namespace', () => {
    expect(reached(TWO)).toEqual(['bank/loans', 'bank/loans-new']);
    expect(reached([deployment('loans'), elsewhere(deployment('loans')), service(ALL)])).toEqual(['bank/loans']);
    expect(reached([deployment('loans'), service({ ...ALL, app: 'other' })])).toEqual([]);
    expect(reached([deployment('loans')])).toEqual([]);
  });

  test('nobody by a Service without a selector', () => {
    expect(reached([deployment('loans'), service({})])).toEqual([]);
    expect(reached([deployment('loans'), object('v1', 'Service', 'loans', {})])).toEqual([]);
  });

  test('the pods of a subset, where a DestinationRule names it', () => {
    expect(reached(TWO, 'bank/loans', 'new')).toEqual(['bank/loans-new']);
    expect(reached(TWO, 'bank/loans', 'other')).toBeUndefined();
    expect(reached(TWO.slice(0, 5), 'bank/loans', 'new')).toBeUndefined();
    const whole = { ...rule({}), spec: { host: 'loans', subsets: [{ name: 'all' }] } };
    expect(reached([...TWO.slice(0, 5), whole], 'bank/loans', 'all')).toEqual(['bank/loans', 'bank/loans-new']);
    expect(reached([...TWO, { ...rule({}), metadata: { name: 'x', namespace: 'bank' }, spec: {} }], 'bank/loans', 'new')).toEqual(
      ['bank/loans-new'],
    );
  });

  test('the largest share counts, and what only some take counts as none', () => {
    const some = { match: [{ headers: { a: {} } }], route: [to('loans', 'new')] };
    const rest = { route: [to('loans', 'old', 80), to('loans', 'new', 20)] };
    const night = { match: [{ uri: { prefix: '/night' } }], route: [to('loans', 'old', 40), to('loans', 'new', 60)] };
    const world = new World([...TWO, virtualService({ http: [some, rest, night] })]);
    expect([...world.serving()]).toEqual([
      ['bank/loans-new', 60],
      ['bank/loans', 80],
    ]);
    expect([...world.shares()].map(([by, shares]) => [by, ...shares])).toEqual([
      ['VirtualService bank/loans', ['bank/loans', 80], ['bank/loans-new', 60]],
    ]);
    expect([...new World([...TWO, virtualService({ http: [some] })]).serving()]).toEqual([['bank/loans-new', 0]]);
    expect([world.hasFamily('bank/loans'), world.hasFamily('bank/credits')]).toEqual([true, false]);
  });

  test('as many pods as are said to carry everything', () => {
    const said = (full: string) => [...new World([rule({}, { 'banking.release/full-load': full })]).fullLoads];
    expect(said('7')).toEqual([['bank/loans', 7]]);
    expect(['0', '-1', '2.5', 'many', ''].flatMap(said)).toEqual([]);
    expect([...new World([service(ALL, { 'banking.release/full-load': '5' })]).fullLoads]).toEqual([['bank/loans', 5]]);
  });

  test('a VirtualService without hosts by those that delegate to it', () => {
    const http = [{ delegate: { name: 'a' } }, { delegate: { name: 'b', namespace: 'else' } }, { route: [to('loans')] }];
    const world = new World([virtualService({ http }), named('a', { ...routes({}), spec: {} }), named('c', virtualService({}))]);
    expect([...world.delegates.keys()]).toEqual(['bank/a']);
    expect([...world.roots].map(([by, delegates]) => [by, ...delegates])).toContainEqual([
      'VirtualService bank/loans',
      'bank/a',
      'else/b',
    ]);
  });
});
