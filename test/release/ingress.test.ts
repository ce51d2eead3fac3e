import { Chart, Testing } from 'cdk8s';
import {
  BankingService,
  type BankingServiceProps,
  BlueGreen,
  type BlueGreenIngressProps,
  ForeignWorkload,
  Health,
  HealthProbe,
  type IngressProps,
  jumpProblems,
  MeshGateway,
  Platform,
  PortProtocol,
  Release,
  Scaling,
  ZeroTrustNamespace,
} from '../../lib';
import { ingressCourse } from '../../lib/release/ingress/ingress-course';
import { IMAGE, type Json, only } from '../banking-service/world';
import { Cluster, LAYERS } from '../support/reachability';
import { failures, mixes } from '../support/release/mixes';
import { schemaProblems } from '../support/schemas';
import { FACTS } from './facts';

const platform = new Platform();
const labels = { 'app.kubernetes.io/name': 'controller' };
const controller = (inMesh: boolean) =>
  new ForeignWorkload({ platform, namespace: 'ingress', name: 'controller', podLabels: labels, inMesh });
const PLAIN = { mtlsExceptions: [{ port: 8071, reason: 'The ingress controller of the cluster has no proxy' }] };
const FULL = 11;

const blue = { image: IMAGE };
const green = { image: 'registry.example.com/vault/teller:4.8.0' };

function build(
  state: BlueGreen,
  door: Partial<IngressProps> = {},
  props: Partial<BlueGreenIngressProps> = {},
  service: Partial<BankingServiceProps> = {},
) {
  const chart = new Chart(Testing.app(), 'world');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'vault', platform });
  const ingress: IngressProps = {
    className: 'internal',
    host: 'teller.example.com',
    path: '/till',
    issuer: 'letsencrypt-prod',
    previewHost: 'preview.teller.example.com',
    controller: controller(false),
    ...door,
  };
  const teller = new BankingService(chart, 'teller', {
    namespace,
    port: 8071,
    servicePort: 87,
    scaling: Scaling.horizontal({ min: 3, max: 13 }),
    release: Release.blueGreenIngress({ blue, green, state, fullLoad: FULL, ingress, ...props }),
    ...(ingress.controller.principal === undefined ? PLAIN : {}),
    ...service,
  });
  return { chart, teller, namespace, objects: () => Testing.synth(chart) as Json[] };
}

const STATES = [BlueGreen.only('blue'), BlueGreen.staged('green'), BlueGreen.live('green'), BlueGreen.only('green')] as const;
const backend = (objects: readonly Json[], name: string) =>
  objects.find(({ kind, metadata }) => kind === 'Ingress' && metadata.name === name)?.spec.rules[0].http.paths[0].backend as
    Json | undefined;
const services = (objects: readonly Json[]) => objects.filter(({ kind }) => kind === 'Service');

describe('R3: the backend of an Ingress moves, and no selector ever does', () => {
  test.each<[BlueGreen, string, string | undefined]>([
    [BlueGreen.only('blue'), 'teller-blue', undefined],
    [BlueGreen.staged('green'), 'teller-blue', 'teller-green'],
    [BlueGreen.live('green'), 'teller-green', undefined],
    [BlueGreen.live('blue'), 'teller-blue', undefined],
    [BlueGreen.only('green'), 'teller-green', undefined],
  ])('%#: live, and preview by a host of its own', (state, live, preview) => {
    const objects = build(state).objects();
    expect(backend(objects, 'teller')).toEqual({ service: { name: live, port: { number: 87 } } });
    expect(backend(objects, 'teller-preview')?.service.name).toBe(preview);
    // Whatever is live, each Service means its own colour (R3 trap).
    for (const { metadata, spec } of services(objects)) expect(spec.selector).toEqual({ app: metadata.name });
    expect(
      services(objects)
        .map(({ metadata }) => metadata.name as string)
        .sort(),
    ).toEqual(state.colours.map((one) => `teller-${one}`).sort());
  });

  test('the host has a certificate, the path is what is given', () => {
    const { spec, metadata } = only(
      build(BlueGreen.only('blue'), { annotations: { 'example.com/a': 'b' } }).objects(),
      'Ingress',
    );
    expect(metadata.annotations).toEqual({ 'example.com/a': 'b', 'cert-manager.io/cluster-issuer': 'letsencrypt-prod' });
    expect(spec).toMatchObject({
      ingressClassName: 'internal',
      tls: [{ hosts: ['teller.example.com'], secretName: 'teller-tls' }],
      rules: [{ host: 'teller.example.com', http: { paths: [{ path: '/till', pathType: 'Prefix' }] } }],
    });
    const given = only(build(BlueGreen.only('blue'), { issuer: undefined, tlsSecret: 'wildcard' }).objects(), 'Ingress');
    expect([given.metadata.annotations, given.spec.tls[0].secretName]).toEqual([undefined, 'wildcard']);
  });

  test('the preview has a host and a Secret of its own', () => {
    const preview = (door: Partial<IngressProps> = {}) =>
      only(build(BlueGreen.staged('green'), door).objects(), 'Ingress', 'teller-preview').spec as Json;
    expect(preview()).toMatchObject({
      tls: [{ hosts: ['preview.teller.example.com'], secretName: 'teller-preview-tls' }],
      rules: [{ host: 'preview.teller.example.com', http: { paths: [{ path: '/till', pathType: 'Prefix' }] } }],
    });
    // A certificate that is given stands for both hosts.
    expect(preview({ issuer: undefined, tlsSecret: 'wildcard' }).tls[0].secretName).toBe('wildcard');
  });

  test('without a host for it there is no preview; without a path, everything goes to the live colour', () => {
    const objects = build(BlueGreen.staged('green'), { previewHost: undefined, path: undefined }).objects();
    expect(only(objects, 'Ingress').spec.rules[0].http.paths).toEqual([
      { path: '/', pathType: 'Prefix', backend: { service: { name: 'teller-blue', port: { number: 87 } } } },
    ]);
  });

  test.each([
    [BlueGreen.only('blue'), { 'teller-blue': 3 }],
    [BlueGreen.staged('green'), { 'teller-blue': FULL, 'teller-green': FULL }],
  ])('%#: pods for all requests only while there are two colours', (state, pods) => {
    const scaled = build(state)
      .objects()
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    expect(Object.fromEntries(scaled.map(({ metadata, spec }) => [metadata.name, spec.minReplicas]))).toEqual(pods);
  });

  test('the Ingresses and Services pass the strict schemas', () => {
    const made = build(BlueGreen.staged('green'))
      .objects()
      .filter(({ kind }) => kind === 'Ingress' || kind === 'Service');
    expect(made).toHaveLength(4);
    expect(made.flatMap((one) => schemaProblems(one))).toEqual([]);
  });

  test('no mesh routes are made for a controller without a proxy', () => {
    const kinds = build(BlueGreen.staged('green'))
      .objects()
      .map(({ kind }) => kind as string);
    expect(kinds).not.toContain('VirtualService');
    expect(kinds).not.toContain('DestinationRule');
  });
});

/** There, back, and a release that is given up. */
const WAYS = [
  ...STATES.slice(1).map((to, i) => [STATES[i]!, to] as const),
  [BlueGreen.live('green'), BlueGreen.live('blue')],
  [BlueGreen.staged('green'), BlueGreen.live('blue')],
  [BlueGreen.live('blue'), BlueGreen.only('blue')],
] as const;

describe('R3: from state to state', () => {
  test.each(WAYS.map(([from, to]) => [from.describe(), to.describe(), from, to] as const))(
    '%s → %s loses nothing, in any order, and is not refused',
    (_a, _b, from, to) => {
      const [before, after] = [build(from).objects(), build(to).objects()];
      expect(mixes(before, after).flatMap((mix) => failures(before, mix, after, FULL))).toEqual([]);
      expect(jumpProblems(before as never, after as never)).toEqual([]);
    },
  );

  test('a step that is left out is refused', () => {
    const [before, after] = [build(BlueGreen.only('blue')).objects(), build(BlueGreen.live('green')).objects()];
    expect(jumpProblems(before as never, after as never)).toEqual([
      {
        where: 'Ingress vault/teller',
        what: 'sends requests to Service vault/teller-green in the commit that makes Deployment vault/teller-green; commit the Deployment without requests first, and wait until its pods are ready',
      },
    ]);
  });

  test('a colour that the Ingress still names is not taken away', () => {
    const [before, after] = [build(BlueGreen.live('blue')).objects(), build(BlueGreen.only('green')).objects()];
    expect(jumpProblems(before as never, after as never).map(({ where }) => where)).toEqual(['Deployment vault/teller-blue']);
  });
});

describe('the controller is let in, and nobody else', () => {
  const open = (inMesh: boolean, from: string) => {
    const cluster = Cluster.of(build(BlueGreen.staged('green'), { controller: controller(inMesh) }).objects(), {
      namespaces: { ingress: {} },
      pods: [
        { name: 'controller', namespace: 'ingress', labels, serviceAccount: 'controller', inMesh },
        { name: 'stranger', namespace: 'ingress', labels: { app: 'x' }, serviceAccount: 'stranger', inMesh },
        { name: 'stranger', namespace: 'vault', labels: { app: 'teller-green' }, serviceAccount: 'stranger', inMesh: true },
      ],
    });
    return ['blue', 'green'].map((colour) => {
      const request = { host: `teller-${colour}.vault.svc.cluster.local`, servicePort: 87, method: 'GET', path: '/till' };
      const layers = cluster.flow({ from, to: `vault/teller-${colour}`, port: 8071, request });
      return LAYERS.every((layer) => layers[layer].open);
    });
  };

  test.each([[false], [true]])('in the mesh: %s', (inMesh) => {
    expect(open(inMesh, 'ingress/controller')).toEqual([true, true]);
    expect(open(inMesh, 'ingress/stranger')).toEqual([false, false]);
    expect(open(inMesh, 'vault/stranger')).toEqual([false, false]);
  });

  test('in the mesh, its proxy knows the timeouts and retries of each colour: its own would repeat payments', () => {
    const objects = build(BlueGreen.staged('green'), { controller: controller(true) }).objects();
    for (const name of ['teller-blue', 'teller-green']) {
      const host = `${name}.vault.svc.cluster.local`;
      expect(only(objects, 'VirtualService', name).spec).toMatchObject({
        hosts: [host],
        http: [{}, { retries: { retryOn: 'connect-failure,refused-stream' } }],
      });
      expect(only(objects, 'DestinationRule', name).spec.host).toBe(host);
    }
    expect(objects.some(({ kind }) => kind === 'PeerAuthentication' && kind.name === 'teller')).toBe(false);
  });

  test('by the first port that speaks HTTP, whatever stands before it', () => {
    const ports = {
      port: 9071,
      protocol: PortProtocol.TCP,
      ports: [
        { port: 8073, servicePort: 83 },
        { port: 8074, name: 'b' },
      ],
    };
    const health = Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['/ready']) });
    const objects = build(BlueGreen.only('blue'), { controller: controller(true) }, {}, { ...ports, health }).objects();
    const [rule] = only(objects, 'AuthorizationPolicy', 'teller').spec.rules as Json[];
    expect(rule!.to).toEqual([{ operation: { ports: ['8073'] } }]);
    expect(backend(objects, 'teller')!.service.port).toEqual({ number: 83 });
  });

  test.each([
    [false, ['Service']],
    [true, ['DestinationRule', 'Service', 'VirtualService']],
  ])('how many pods carry everything stands at what leads to a colour, for the next state; in the mesh: %s', (inMesh, kinds) => {
    const made = build(BlueGreen.staged('green'), { controller: controller(inMesh) })
      .objects()
      .filter(({ metadata }) => metadata.annotations?.['banking.release/full-load'] !== undefined);
    const names = made.map(
      ({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.annotations['banking.release/full-load']}`,
    );
    expect(names.sort()).toEqual(kinds.flatMap((kind) => [`${kind} teller-blue 11`, `${kind} teller-green 11`]));
  });

  test('callers in the mesh have no Service to call, which is said', () => {
    const { chart, teller, namespace } = build(BlueGreen.only('blue'));
    const branch = new BankingService(chart, 'branch', { namespace, image: IMAGE, port: 8072 });
    teller.allowFrom(branch);
    expect(() => Testing.synth(chart)).toThrow(
      'branch may call it, but teller is reached by its Ingress alone; use Release.blueGreen() for callers in the mesh',
    );
  });

  test('nor has a gateway', () => {
    const { chart, teller } = build(BlueGreen.only('blue'), { controller: controller(true) });
    const gateway = new MeshGateway(chart, 'edge', { hosts: ['bank.example.com'], issuer: 'ca' });
    expect(() => gateway.route('/', teller)).toThrow(
      'teller: is reached by its Ingress, and gateway edge routes to services of the mesh; use Release.blueGreen()',
    );
  });
});

test.each([[false], [true]])('the plan of the service is that of its Ingress; the controller in the mesh: %s', (inMesh) => {
  const { course } = build(BlueGreen.only('green'), { controller: controller(inMesh) }).teller.releasePlan;
  expect(course.strategy).toBe('Release.blueGreenIngress');
  expect(course.steps.map(({ weights }) => weights)).toEqual([
    { 'teller-green': 100, 'teller-blue': 0 },
    { 'teller-green': 0, 'teller-blue': 100 },
    { 'teller-blue': 100 },
  ]);
});

test('how it goes on, by hand (R13)', () => {
  const course = ingressCourse(FACTS, { blue, green, state: BlueGreen.only('green'), fullLoad: 7 });
  expect(course.steps.map(({ weights, takes }) => [weights, takes])).toEqual([
    [
      { 'teller-green': 100, 'teller-blue': 0 },
      { shortest: 13, longest: 73 },
    ],
    [{ 'teller-green': 0, 'teller-blue': 100 }, undefined],
    [{ 'teller-blue': 100 }, { shortest: 0, longest: 55 }],
  ]);
  expect(course.toRollBack).toEqual({ shortest: 0, longest: 60 });
  expect(course.peakPods).toEqual({ 'teller-blue': 22, 'teller-green': 22 });
});
