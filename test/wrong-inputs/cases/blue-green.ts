import { Audience, BlueGreen, type BlueGreenProps, ForeignWorkload, type IngressProps, Platform, Release } from 'cdk8s-banking';
import { type Site, type WrongInput, js, service, several } from '../wrong-input';

const blue = { image: 'registry.example.com/payments:2.4.1' };
const green = { image: 'registry.example.com/payments:2.5.0' };
const state = BlueGreen.staged('green');
const coloured =
  (props: Partial<BlueGreenProps>, more: object = {}) =>
  (site: Site) =>
    service({ image: undefined, release: Release.blueGreen({ blue, green, state, ...props }), ...more })(site);

const outside = new ForeignWorkload({ platform: new Platform(), namespace: 'ingress', name: 'controller', inMesh: false });
const door: IngressProps = { className: 'internal', host: 'pay.example.com', issuer: 'letsencrypt-prod', controller: outside };
const plain = { mtlsExceptions: [{ port: 8080, reason: 'The ingress controller has no proxy' }] };
const ingress =
  (props: Partial<IngressProps>, of: Partial<BlueGreenProps> = {}, more: object = plain) =>
  (site: Site) =>
    service({
      image: undefined,
      release: Release.blueGreenIngress({ blue, green, state, ingress: { ...door, ...props }, ...of }),
      ...more,
    })(site);

export const blueGreens: readonly WrongInput[] = [
  {
    kind: 'colour that is missing',
    what: 'A colour is staged, and nobody said what it runs',
    build: coloured({ green: undefined }),
    message:
      "payments.release.green: is missing, and BlueGreen.staged('green') has its pods running; name its image with green: { image }",
  },
  {
    kind: 'colour that is missing',
    what: 'Neither colour is known',
    build: coloured({ blue: undefined, green: undefined, state: BlueGreen.partial('blue', 30) }),
    message: several(
      "payments.release.green: is missing, and BlueGreen.partial('blue', 30) has its pods running; name its image with green: { image }",
      "payments.release.blue: is missing, and BlueGreen.partial('blue', 30) has its pods running; name its image with blue: { image }",
    ),
  },
  {
    kind: 'state',
    what: 'Nobody said where the release stands',
    build: coloured({ state: undefined }),
    message: "payments.release.state: is missing; say where the release stands, like BlueGreen.only('blue')",
  },
  {
    kind: 'state',
    what: 'The state is a word',
    build: coloured({ state: js('blue') }),
    message: 'Release.blueGreen.state: "blue" must be made with BlueGreen.only(\'blue\') or one of its sisters',
  },
  {
    kind: 'state',
    what: 'A colour is none',
    build: () => BlueGreen.live(js('red')),
    message: 'BlueGreen.live.colour: "red" must be one of blue, green',
  },
  {
    kind: 'state',
    what: 'A colour gets a part that is everything',
    build: coloured({ state: BlueGreen.partial('green', 100) }),
    message:
      'payments.release.state: 100 must be a whole percentage from 1 to 99; for none use BlueGreen.staged, for all BlueGreen.live',
  },
  {
    kind: 'state',
    what: 'A preview is for nobody',
    build: () => BlueGreen.preview('green', js(undefined)),
    message:
      'BlueGreen.preview.audience: is missing; it must be made with Audience.header("…", "…") or one of its sisters, or a list, like [...]',
  },
  {
    kind: 'audience',
    what: 'A preview is for a cookie that none can be',
    build: coloured({ state: BlueGreen.preview('green', Audience.cookie('a b', 'c')) }),
    message: 'payments.release.state: cookie "a b" is no name of a cookie; use letters, digits, "-", "_" and "."',
  },
  {
    kind: 'image said twice',
    what: 'The service names an image beside its colours',
    build: service({ release: Release.blueGreen({ blue, green, state }) }),
    message:
      'payments.image: "registry.example.com/payments:2.4.1" is said here, and the release names what each track runs; leave it out',
  },
  {
    kind: 'image of a track',
    what: 'A colour that is not there has no image',
    build: coloured({ green: js({}), state: BlueGreen.only('blue') }),
    message:
      'payments.release.green.image: nothing is not an image; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'one Deployment for two tracks',
    what: 'Both colours are one Deployment',
    build: coloured({ blue: { ...blue, deployment: 'payments-green' } }),
    message:
      'payments.release.deployment: "payments-green" is the Deployment of both colours, whose pods could not be told apart; leave one of them out',
  },
  {
    kind: 'name',
    what: 'The Deployment of a colour has capitals',
    build: coloured({ blue: { ...blue, deployment: 'Payments' } }),
    message:
      'payments.release.blue.deployment: "Payments" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'requests that no proxy shares',
    what: 'Colours are reached in plain text',
    build: coloured({}, plain),
    message:
      'payments.release: Release.blueGreen shares requests in the proxies of callers, and port 8080 takes plain text from callers without one: they would reach pods of both Deployments; bring the callers into the mesh first',
  },
  {
    kind: 'ingress without the mesh',
    what: 'An Ingress would share a path',
    build: ingress({}, { state: BlueGreen.partial('green', 10) }),
    message:
      "payments.release.state: BlueGreen.partial('green', 10) shares one path among two versions, and an Ingress has one backend for a path; use BlueGreen.staged('green') with ingress.previewHost, or Release.blueGreen() in the mesh",
  },
  {
    kind: 'ingress without the mesh',
    what: 'A controller without a proxy meets mutual TLS',
    build: ingress({}, {}, {}),
    message:
      'payments.release.ingress.controller: ingress/controller has no proxy, and port 8080 takes mutual TLS only; bring the controller into the mesh, or declare the port in mtlsExceptions with a reason',
  },
  {
    kind: 'ingress without the mesh',
    what: 'Nobody is let in',
    build: ingress({ controller: undefined }),
    message:
      "payments.release.ingress.controller: is missing, so that nobody is let in; name the controller's pods with new ForeignWorkload({ … })",
  },
  {
    kind: 'ingress without the mesh',
    what: 'There is no door',
    build: (site: Site) => service({ image: undefined, release: Release.blueGreenIngress(js({ blue, green, state })) })(site),
    message: 'payments.release.ingress: is missing; it must be a map of props, like { key: value }',
  },
  {
    kind: 'certificate',
    what: 'The certificate comes from two places',
    build: ingress({ tlsSecret: 'pay-tls' }),
    message: 'payments.release.ingress.issuer: needs a certificate from one place: give either issuer or tlsSecret',
  },
  {
    kind: 'certificate',
    what: 'The issuer is an annotation too',
    build: ingress({ annotations: { 'cert-manager.io/issuer': 'mine' } }),
    message: 'payments.release.ingress.annotations: cert-manager.io/issuer is what issuer says; leave it out',
  },
  {
    kind: 'host',
    what: 'The preview has the host of the customers',
    build: ingress({ previewHost: 'pay.example.com' }),
    message: 'payments.release.ingress.previewHost: "pay.example.com" is the customers\' host; give the preview one of its own',
  },
  {
    kind: 'host',
    what: 'The host of an Ingress has a wildcard, its path a blank, its class capitals',
    build: ingress({ host: '*.example.com', path: '/a b', className: 'Internal' }),
    message: several(
      'payments.release.ingress.className: "Internal" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
      'payments.release.ingress.host: "*.example.com" has a wildcard, which would open every host below it; name each host',
      'payments.release.ingress.path: path "/a b" has blanks or characters outside ASCII; write them percent-encoded',
    ),
  },
];
