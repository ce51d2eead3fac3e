import { Chart, Testing } from 'cdk8s';
import {
  BankingService,
  BlueGreen,
  type BlueGreenIngressProps,
  Exposure,
  ForeignWorkload,
  type IngressProps,
  Platform,
  PortProtocol,
  Release,
  type ReleaseFacts,
  ZeroTrustNamespace,
} from '../../lib';
import { notesOn } from '../../lib/kube';
import { IMAGE } from '../banking-service/world';
import { FACTS } from './facts';
import { linesOf } from './said';

/* Two colours behind an Ingress (R3): what the door may say, and what it needs of the cluster. */

const platform = new Platform();
const controller = (inMesh = true) =>
  new ForeignWorkload({ platform, namespace: 'ingress', name: 'controller', podLabels: { a: 'b' }, inMesh });
const door = (props: object): IngressProps => ({
  className: 'internal',
  host: 'teller.example.com',
  issuer: 'letsencrypt',
  controller: controller(),
  ...props,
});
const release = (ingress: object, state = BlueGreen.staged('green')) =>
  Release.blueGreenIngress({ blue: { image: IMAGE }, green: { image: IMAGE }, state, ingress: ingress as IngressProps });

/** What is wrong with it, a line each. */
const said = (ingress: object, facts: Partial<ReleaseFacts> = {}, state?: BlueGreen) =>
  linesOf((problems) => release(ingress, state).validate(problems, { ...FACTS, ...facts }));
const port = (protocol: PortProtocol) => ({ name: protocol, port: 9071, targetPort: 9072, protocol });

test.each<[string, object, string[]]>([
  ['the least', {}, []],
  [
    'a class with capitals',
    { className: 'Internal' },
    [
      'teller.release.ingress.className: "Internal" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
    ],
  ],
  [
    'no class',
    { className: undefined },
    [
      'teller.release.ingress.className: nothing is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
    ],
  ],
  [
    'a host with a path',
    { host: 'teller.example.com/a' },
    [
      'teller.release.ingress.host: "teller.example.com/a" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
    ],
  ],
  ['a preview by a host of its own', { previewHost: 'next.example.com' }, []],
  [
    'a preview by a host with capitals',
    { previewHost: 'Next.example.com' },
    [
      'teller.release.ingress.previewHost: "Next.example.com" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
    ],
  ],
  [
    "a preview by the customers' host",
    { previewHost: 'teller.example.com' },
    ['teller.release.ingress.previewHost: "teller.example.com" is the customers\' host; give the preview one of its own'],
  ],
  ['a path without a slash', { path: 'a' }, ['teller.release.ingress.path: path "a" must start with "/"']],
  ['a Secret that is there', { issuer: undefined, tlsSecret: 'wildcard' }, []],
  [
    'a Secret with capitals',
    { issuer: undefined, tlsSecret: 'Wildcard' },
    [
      'teller.release.ingress.tlsSecret: "Wildcard" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
    ],
  ],
  [
    'an issuer with capitals',
    { issuer: 'LetsEncrypt' },
    [
      'teller.release.ingress.issuer: "LetsEncrypt" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
    ],
  ],
  [
    'both',
    { tlsSecret: 'wildcard' },
    ['teller.release.ingress.issuer: needs a certificate from one place: give either issuer or tlsSecret'],
  ],
  [
    'neither',
    { issuer: undefined },
    ['teller.release.ingress.issuer: needs a certificate from one place: give either issuer or tlsSecret'],
  ],
  ['annotations', { annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '1m' } }, []],
  [
    'an annotation that is none',
    { annotations: { 'a b': 'c' } },
    ['teller.release.ingress.annotations: "a b" is not an annotation key; use [prefix/]name with up to 63 characters'],
  ],
  [
    'another issuer',
    { annotations: { 'cert-manager.io/cluster-issuer': 'c' } },
    ['teller.release.ingress.annotations: cert-manager.io/cluster-issuer is what issuer says; leave it out'],
  ],
  [
    'nobody',
    { controller: undefined },
    [
      "teller.release.ingress.controller: is missing, so that nobody is let in; name the controller's pods with new ForeignWorkload({ … })",
    ],
  ],
  [
    'a controller without a proxy',
    { controller: controller(false) },
    [
      'teller.release.ingress.controller: ingress/controller has no proxy, and port 8071 takes mutual TLS only; bring the controller into the mesh, or declare the port in mtlsExceptions with a reason',
    ],
  ],
])('the door: %s', (_what, given, problems) => {
  expect(said(door(given))).toEqual(problems);
});

test.each<[string, Partial<ReleaseFacts>, string[]]>([
  [
    'without an address',
    { exposure: Exposure.headless() },
    ['teller.release: Release.blueGreenIngress is reached by its Ingress alone; use Exposure.clusterIp(), or leave exposure out'],
  ],
  [
    'with a load balancer',
    { exposure: Exposure.loadBalancer({ sourceRanges: ['10.1.0.0/16'] }) },
    ['teller.release: Release.blueGreenIngress is reached by its Ingress alone; use Exposure.clusterIp(), or leave exposure out'],
  ],
  [
    'gRPC',
    { ports: [port(PortProtocol.GRPC)] },
    [
      'teller.release.ingress: an Ingress passes requests of HTTP on, and no port speaks it (9071 grpc); use Release.blueGreen() in the mesh',
    ],
  ],
  [
    'bytes',
    { ports: [port(PortProtocol.TCP), { ...port(PortProtocol.TCP), name: 'more', port: 9073 }] },
    [
      'teller.release.ingress: an Ingress passes requests of HTTP on, and no port speaks it (9071 tcp, 9073 tcp); use Release.blueGreen() in the mesh',
    ],
  ],
  ['requests beside bytes', { ports: [port(PortProtocol.TCP), ...FACTS.ports] }, []],
])('the service: %s', (_what, given, problems) => {
  expect(said(door({}), given)).toEqual(problems);
});

test.each<[string, Partial<ReleaseFacts>, string[]]>([
  ['at a port in plain text', { plainPorts: [8071] }, []],
  [
    'at another port',
    { plainPorts: [9072] },
    [
      'teller.release.ingress.controller: ingress/controller has no proxy, and port 8071 takes mutual TLS only; bring the controller into the mesh, or declare the port in mtlsExceptions with a reason',
    ],
  ],
])('a controller without a proxy: %s', (_what, given, problems) => {
  expect(said(door({ controller: controller(false) }), given)).toEqual(problems);
});

test('no state: is said, and nothing follows from it', () => {
  const given = { blue: { image: IMAGE }, ingress: door({}) } as BlueGreenIngressProps;
  expect(linesOf((problems) => Release.blueGreenIngress(given).validate(problems, FACTS))).toEqual([
    "teller.release.state: is missing; say where the release stands, like BlueGreen.only('blue')",
  ]);
});

test.each<[string, BlueGreen, string[]]>([
  ['a colour that is kept', BlueGreen.live('green'), []],
  [
    'a part of the requests',
    BlueGreen.partial('green', 10),
    [
      "teller.release.state: BlueGreen.partial('green', 10) shares one path among two versions, and an Ingress has one backend for a path; use BlueGreen.staged('green') with ingress.previewHost, or Release.blueGreen() in the mesh",
    ],
  ],
  [
    'an audience',
    BlueGreen.preview('green', []),
    [
      'teller.release.state: is empty, which means nobody; name an audience, or leave it out',
      "teller.release.state: BlueGreen.preview('green', …) shares one path among two versions, and an Ingress has one backend for a path; use BlueGreen.staged('green') with ingress.previewHost, or Release.blueGreen() in the mesh",
    ],
  ],
])('the state: %s', (_what, given, problems) => {
  expect(said(door({}), {}, given)).toEqual(problems);
});

/** What the README of its environment says of it. */
function needs(ingress: object): string[] {
  const chart = new Chart(Testing.app(), 'world');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'vault', platform });
  const props = { namespace, port: 8071, release: release(ingress) };
  const { node } = new BankingService(chart, 'teller', {
    ...props,
    mtlsExceptions: [{ port: 8071, reason: 'The ingress controller of the cluster has no proxy' }],
  });
  return node
    .findAll()
    .flatMap(notesOn)
    .filter(({ kind, text }) => kind === 'prerequisite' && /controller|cert-manager|tls/.test(text))
    .map(({ text }) => text);
}

test('what it needs: a certificate for both hosts, and a controller that keeps to the mesh', () => {
  expect(needs(door({ previewHost: 'next.example.com' }))).toEqual([
    'ingress/controller serves IngressClass internal, and sends plain requests for teller.example.com, next.example.com to https.',
    'cert-manager and its ClusterIssuer letsencrypt can sign teller.example.com, next.example.com, with DNS-01: pods of an HTTP-01 solver would not be let in.',
    'ingress/controller sends requests for teller to the address of the Service, not to pods, and with the host of the Service: its proxy knows no other.',
  ]);
});

test('what it needs with a Secret of its own, of a controller without a proxy', () => {
  expect(needs(door({ issuer: undefined, tlsSecret: 'wildcard', controller: controller(false) }))).toEqual([
    'ingress/controller serves IngressClass internal, and sends plain requests for teller.example.com to https.',
    'Secret wildcard of type kubernetes.io/tls is in namespace vault, with a certificate for teller.example.com.',
  ]);
});
