import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { PortProtocol, type WorkloadPort, isHttp } from '../../contracts/port';
import { ConfigError, type Problems } from '../../kernel/errors';
import { APP_LABEL, FULL_LOAD_ANNOTATION } from '../../kernel/labels';
import { fitOptions, needed } from '../../kernel/shape';
import { define, note } from '../../kube';
import type { Delegation } from '../../traffic/routable';
import { connect } from '../../zero-trust/connect';
import { type Colour, other } from '../blue-green-state';
import { COLOUR_SHAPES, type Colours, colourProblems, coloursNamed, makeColours } from '../colours';
import type { ReleaseCourse } from '../course';
import { fullLoadOf } from '../mesh/capacity';
import { MeshTraffic } from '../mesh-traffic';
import type { BoundRelease, IRelease, NamedVersion, ReleasableService, ReleaseFacts } from '../release';
import { defineService } from '../service-object';
import { TWO_TRACKS, type TwoTracksProps, ownProblems } from '../two-tracks';
import { ingressCourse } from './ingress-course';
import { INGRESS, type IngressProps, ingressProblems } from './props';
import { ingress } from './resources/ingress';

export interface BlueGreenIngressProps extends Colours, TwoTracksProps {
  /** The door by which customers reach the live colour. */
  readonly ingress: IngressProps;
}

const STRATEGY = 'Release.blueGreenIngress';

/**
 * Two versions side by side behind an Ingress: each has a Service of its own, and the Ingress names the one that is live. No
 * Service ever changes its selector, which would have both versions serve for a while.
 */
export class BlueGreenIngressRelease implements IRelease {
  readonly namesEveryImage = true;
  readonly versions: readonly NamedVersion[];
  private readonly props: BlueGreenIngressProps;

  constructor(given: BlueGreenIngressProps) {
    this.props = fitOptions<BlueGreenIngressProps>(STRATEGY, given, { ...TWO_TRACKS, ...COLOUR_SHAPES, ingress: INGRESS });
    this.versions = coloursNamed(this.props);
  }

  validate(problems: Problems, facts: ReleaseFacts): void {
    const { state, ingress: door } = this.props;
    ownProblems(problems, facts, this.props);
    colourProblems(problems, facts, this.props);
    problems.check(
      state === undefined || !['preview', 'partial'].includes(state.kind),
      () =>
        `${state.describe()} shares one path among two versions, and an Ingress has one backend for a path; ` +
        `use BlueGreen.staged('${state.colour}') with ingress.previewHost, or Release.blueGreen() in the mesh`,
      'release.state',
    );
    problems.check(
      facts.exposure.type === 'ClusterIP' && !facts.exposure.form.headless,
      `${STRATEGY} is reached by its Ingress alone; use Exposure.clusterIp(), or leave exposure out`,
      'release',
    );
    if (needed(door, INGRESS, problems, 'release.ingress') === undefined) return;
    ingressProblems(problems, door);
    const port = requestPort(facts.ports);
    problems.check(
      port !== undefined && port.protocol !== PortProtocol.GRPC,
      `an Ingress passes requests of HTTP on, and no port speaks it (${facts.ports.map((one) => `${one.port} ${one.protocol}`).join(', ')}); use Release.blueGreen() in the mesh`,
      'release.ingress',
    );
    problems.check(
      !port || !door.controller || door.controller.principal !== undefined || facts.plainPorts.includes(port.targetPort),
      () =>
        `${door.controller.peerName} has no proxy, and port ${port!.targetPort} takes mutual TLS only; ` +
        'bring the controller into the mesh, or declare the port in mtlsExceptions with a reason',
      'release.ingress.controller',
    );
  }

  bind(scope: Construct, service: ReleasableService): BoundRelease {
    return new IngressTraffic(scope, 'traffic', service, this.props);
  }
}

const requestPort = (ports: readonly WorkloadPort[]) => ports.find(({ protocol }) => isHttp(protocol));

/** A Service for each colour, and an Ingress that names one of them. */
class IngressTraffic extends Construct implements BoundRelease {
  private readonly fullLoad: number;

  constructor(
    scope: Construct,
    id: string,
    private readonly service: ReleasableService,
    private readonly props: BlueGreenIngressProps,
  ) {
    super(scope, id);
    const { controller } = props.ingress;
    this.fullLoad = fullLoadOf(props.fullLoad, service.facts);
    const tracks = makeColours(service, props, this.fullLoad);
    for (const { colour, name } of tracks) this.colourService(colour, name);
    connect(controller, service.guard, { port: requestPort(service.ports)!.name });
    this.doors();
    this.notes();
    this.node.addValidation({ validate: () => this.strangers() });
  }

  course(): ReleaseCourse {
    return ingressCourse(this.service.facts, this.props);
  }

  exposeThrough(gateway: string): Delegation {
    throw new ConfigError([
      {
        where: this.service.name,
        what: `is reached by its Ingress, and gateway ${gateway} routes to services of the mesh; use Release.blueGreen()`,
      },
    ]);
  }

  /** In the mesh, the controller's proxy needs the timeouts and retries of each colour's host too: its own retry payments. */
  private colourService(colour: Colour, deployment: string): void {
    const { service } = this;
    const name = this.serviceOf(colour);
    const selector = { [APP_LABEL]: deployment };
    const annotations = { [FULL_LOAD_ANNOTATION]: String(this.fullLoad) };
    if (this.props.ingress.controller.principal !== undefined) {
      new MeshTraffic(this, `traffic-${colour}`, { ...service, name, selector }, { course: () => this.course(), annotations });
      return;
    }
    defineService(this, `service-${colour}`, service, selector, { ...this.metadata(name), annotations });
  }

  private doors(): void {
    const { state, ingress: props } = this.props;
    const { className, host, path = '/', issuer, tlsSecret, previewHost } = props;
    const annotations = { ...props.annotations, ...(issuer ? { 'cert-manager.io/cluster-issuer': issuer } : {}) };
    const { port } = requestPort(this.service.ports)!;
    const live = state.kind === 'staged' ? other(state.colour) : state.colour;
    const door = (id: string, name: string, to: Colour, at: string, secret: string) =>
      define(this, id, k8s.KubeIngress, { ...this.metadata(name), annotations }, () => ({
        spec: ingress({ className, host: at, path, tlsSecret: secret, service: this.serviceOf(to), port }),
      }));
    const { name } = this.service;
    door('ingress', name, live, host, tlsSecret ?? `${name}-tls`);
    // What comes is tried. What is kept is known, and must be free to go with the next commit.
    if (previewHost !== undefined && state.kind === 'staged') {
      door('preview', `${name}-preview`, state.colour, previewHost, tlsSecret ?? `${name}-preview-tls`);
    }
  }

  private notes(): void {
    const { className, host, issuer, tlsSecret, previewHost, controller } = this.props.ingress;
    const hosts = [host, ...(previewHost === undefined ? [] : [previewHost])].join(', ');
    const { name, namespace } = this.service;
    const prerequisite = (text: string) => note(this, { kind: 'prerequisite', text });
    prerequisite(`${controller.peerName} serves IngressClass ${className}, and sends plain requests for ${hosts} to https.`);
    prerequisite(
      issuer
        ? `cert-manager and its ClusterIssuer ${issuer} can sign ${hosts}, with DNS-01: pods of an HTTP-01 solver would not be let in.`
        : `Secret ${tlsSecret} of type kubernetes.io/tls is in namespace ${namespace.name}, with a certificate for ${hosts}.`,
    );
    if (controller.principal !== undefined) {
      prerequisite(
        `${controller.peerName} sends requests for ${name} to the address of the Service, not to pods, and with the host of the Service: its proxy knows no other.`,
      );
    }
  }

  /** There is no Service that leads to whatever colour is live: that is the Ingress alone. */
  private strangers(): string[] {
    const { guard, name } = this.service;
    return guard.callers
      .filter(({ caller }) => caller !== this.props.ingress.controller)
      .map(
        ({ caller }) =>
          `${caller.peerName} may call it, but ${name} is reached by its Ingress alone; use Release.blueGreen() for callers in the mesh`,
      );
  }

  private serviceOf(colour: Colour): string {
    return `${this.service.name}-${colour}`;
  }

  private metadata(name: string) {
    const { namespace, labels } = this.service;
    return { name, namespace: namespace.name, labels };
  }
}
