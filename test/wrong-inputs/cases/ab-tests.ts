import { type AbTestProps, Audience, Health, HealthProbe, type MirroredProps, PortProtocol, Release } from 'cdk8s-banking';
import { type Site, type WrongInput, js, service, several } from '../wrong-input';

const b = { image: 'registry.example.com/payments:2.5.0' };
const abTest =
  (props: Partial<AbTestProps>, more: object = {}) =>
  (site: Site) =>
    service({ release: Release.abTest({ b, ...props }), ...more })(site);
const mirrored =
  (props: Partial<MirroredProps>, more: object = {}) =>
  (site: Site) =>
    service({ release: Release.mirrored({ shadow: b, ...props }), ...more })(site);
const bytes = {
  protocol: PortProtocol.TCP,
  health: Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['ready']) }),
};
const grpc = { protocol: PortProtocol.GRPC, health: Health.grpc({ readinessService: 'ready' }) };

export const abTests: readonly WrongInput[] = [
  {
    kind: 'track that is missing',
    what: 'There is no B',
    build: abTest({ b: undefined }),
    message: 'payments.release.b: is missing; it must be a map of props, like { key: value }',
  },
  {
    kind: 'share out of range',
    what: 'The audience makes more than all requests',
    build: abTest({ share: 120 }),
    message: 'payments.release.share: 120 must be above 0 and at most 100 percent of the requests',
  },
  {
    kind: 'audience',
    what: 'An audience is named by a word',
    build: () => Release.abTest({ b, audience: js('premium') }),
    message:
      'Release.abTest.audience: "premium" must be made with Audience.header("…", "…") or one of its sisters, or a list, like [...]',
  },
  {
    kind: 'audience',
    what: 'A pattern looks back, which RE2 can not',
    build: abTest({ audience: Audience.header('x-group', { regex: '(gold|silver)\\1' }) }),
    message:
      'payments.release.audience: header x-group: "(gold|silver)\\\\1" looks around or back, which RE2 can\'t; say what the whole value is',
  },
  {
    kind: 'requests on bytes',
    what: 'An audience is told apart on a port of bytes',
    build: abTest({ audience: Audience.customerGroup('premium') }, bytes),
    message:
      'payments.release: Release.abTest tells requests apart by what they carry, and no port speaks HTTP (8080 tcp); use weights',
  },
  {
    kind: 'requests on bytes',
    what: 'Bytes are copied',
    build: mirrored({ percentage: 10 }, bytes),
    message: 'payments.release: Release.mirrored copies requests, and no port speaks HTTP (8080 tcp); use weights',
  },
  {
    kind: 'copies of what must happen once',
    what: 'Calls of gRPC are copied, and none is declared idempotent',
    build: mirrored({ percentage: 10 }, grpc),
    message:
      'payments.release: copies only requests that may be carried out twice, and no route of the service is declared so; declare one idempotent: true in traffic.routes, if the service sees to it',
  },
  {
    kind: 'share out of range',
    what: 'More is copied than there is, to a shadow that nobody named',
    build: mirrored({ shadow: undefined, percentage: 101 }),
    message: several(
      'payments.release.shadow: is missing; it must be a map of props, like { key: value }',
      'payments.release.percentage: 101 must be from 0 to 100 percent of the requests',
    ),
  },
];
