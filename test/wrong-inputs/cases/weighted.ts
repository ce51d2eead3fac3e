import { Audience, Exposure, Health, HealthProbe, PortProtocol, Release, type WeightedProps } from 'cdk8s-banking';
import { type Site, type WrongInput, js, service, several } from '../wrong-input';

const canary = { image: 'registry.example.com/payments:2.5.0' };
const weighted =
  (props: WeightedProps, more: object = {}) =>
  (site: Site) =>
    service({ release: Release.weighted(props), ...more })(site);
const bytes = {
  protocol: PortProtocol.TCP,
  health: Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['ready']) }),
};

export const weights: readonly WrongInput[] = [
  {
    kind: 'weight out of range',
    what: 'A canary gets more than everything',
    build: weighted({ canary, weight: 110 }),
    message: 'payments.release.weight: 110 must be a whole percentage from 0 to 100; the stable track gets the rest',
  },
  {
    kind: 'weight out of range',
    what: 'A canary gets half a percent',
    build: weighted({ canary, weight: 0.5 }),
    message: 'payments.release.weight: 0.5 must be a whole percentage from 0 to 100; the stable track gets the rest',
  },
  {
    kind: 'weight without a canary',
    what: 'A weight is given, and no canary',
    build: weighted({ weight: 10 }),
    message:
      'payments.release.weight: 10 % of the requests have no canary to go to; name its image with canary: { image }, or leave the weight out',
  },
  {
    kind: 'weight without a canary',
    what: 'Testers are sent to a canary that is not there',
    build: weighted({ always: Audience.header('x-canary', 'always') }),
    message: 'payments.release.always: has no canary to send requests to; name its image with canary: { image }, or leave it out',
  },
  {
    kind: 'steps that do not rise',
    what: 'Steps fall',
    build: weighted({ canary, steps: [50, 25, 100] }),
    message: 'payments.release.steps: [50,25,100] must rise; write [25,50,100]',
  },
  {
    kind: 'steps that do not rise',
    what: 'A step is no percentage',
    build: weighted({ canary, steps: [10, 101] }),
    message: 'payments.release.steps: [10,101] must be whole percentages from 1 to 100, like [10, 25, 50, 75, 100]',
  },
  {
    kind: 'steps that do not rise',
    what: 'There are no steps',
    build: weighted({ canary, steps: [] }),
    message: 'payments.release.steps: [] must be whole percentages from 1 to 100, like [10, 25, 50, 75, 100]',
  },
  {
    kind: 'image of a track',
    what: 'The image of a canary moves',
    build: weighted({ canary: { image: 'registry.example.com/payments:latest' } }),
    message:
      'payments.release.canary.image: "registry.example.com/payments:latest" has the tag "latest", which moves from image to image, so that a rollback would not roll back; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'image of a track',
    what: 'A variable of a canary is a secret',
    build: weighted({ canary: { ...canary, variables: { DB_PASSWORD: 'x' } } }),
    message:
      'payments.release.canary.variables: DB_PASSWORD looks like a secret, and manifests are committed to Git; put it into a Secret and name it in secretEnv',
  },
  {
    kind: 'full load',
    what: 'Everything takes more pods than there can be',
    build: weighted({ canary, fullLoad: 30 }),
    message:
      'payments.release.fullLoad: fullLoad 30 must be a whole number of pods from 1 to 20, the most that the service scales to',
  },
  {
    kind: 'full load',
    what: 'A track may have no pod to spare',
    build: weighted({ canary, maxSurge: 0 }),
    message:
      'payments.release.maxSurge: maxSurge 0 must be a whole number of pods from 1 on; with none to spare a pod would have to go first',
  },
  {
    kind: 'requests that no proxy shares',
    what: 'A headless Service has weights',
    build: weighted({ canary }, { exposure: Exposure.headless() }),
    message:
      'payments.release: Release.weighted shares requests among two Deployments, and with a headless Service callers choose pods themselves; use Exposure.clusterIp()',
  },
  {
    kind: 'requests that no proxy shares',
    what: 'A load balancer goes past weights, in plain text',
    build: weighted(
      { canary },
      {
        exposure: Exposure.networkLoadBalancer({ sourceRanges: ['10.20.0.0/16'] }),
        mtlsExceptions: [{ port: 8080, reason: 'The old branch terminals' }],
      },
    ),
    message: several(
      'payments.release: Release.weighted shares requests in the proxies of callers, and clients of a LoadBalancer have none: they would reach pods of both Deployments; let them in through a MeshGateway',
      'payments.release: Release.weighted shares requests in the proxies of callers, and port 8080 takes plain text from callers without one: they would reach pods of both Deployments; bring the callers into the mesh first',
    ),
  },
  {
    kind: 'requests that no proxy shares',
    what: 'A port speaks TLS of its own',
    build: weighted({ canary }, { ports: [{ port: 8443, protocol: PortProtocol.TLS, name: 'own' }] }),
    message:
      "payments.release: Release.weighted can't share connections to port 8443: it speaks TLS, which the mesh passes on as it is; end TLS in the mesh, or use Release.rolling()",
  },
  {
    kind: 'requests on bytes',
    what: 'Testers are told by a header on a port of bytes',
    build: weighted({ canary, always: Audience.header('x-canary', 'always') }, bytes),
    message:
      'payments.release: release.always tells requests apart by what they carry, and no port speaks HTTP (8080 tcp); use weights',
  },
  {
    kind: 'audience',
    what: 'Nobody is among the testers',
    build: weighted({ canary, always: [] }),
    message: 'payments.release.always: is empty, which means nobody; name an audience, or leave it out',
  },
  {
    kind: 'audience',
    what: 'The same testers are named twice',
    build: weighted({ canary, always: [Audience.header('x-a', 'b'), Audience.header('x-a', 'b')] }),
    message: 'payments.release.always: "x-a = b" is named twice; name it once',
  },
  {
    kind: 'audience',
    what: 'A header of testers has capitals',
    build: weighted({ canary, always: [Audience.cookie('a', 'b'), Audience.header('X-Canary', 'always')] }),
    message:
      'payments.release.always[1]: header "X-Canary" must be a name in lower case, as HTTP/2 carries it, other than "host"',
  },
  {
    kind: 'unknown prop',
    what: 'A canary has a weight of its own',
    build: weighted(js({ canary: { ...canary, weight: 10 } })),
    message: 'Release.weighted.canary: there is no prop "weight"; there are image, version, variables',
  },
  {
    kind: 'unknown prop',
    what: 'A rolling update names a subset that no release has',
    build: service({ release: js({}) }),
    message: 'payments.release: {} must be made with Release.rolling() or one of its sisters',
  },
];
