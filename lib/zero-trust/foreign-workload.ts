import type { Destination, ICallee, ICaller, NetworkPeer } from '../contracts/peer';
import { PortProtocol, type WorkloadPort } from '../contracts/port';
import { Problems, show } from '../kernel/errors';
import { principal, serviceHost } from '../kernel/identity';
import { WORKLOAD_LABEL, labelProblems } from '../kernel/labels';
import { dnsLabel, dnsSubdomain } from '../kernel/names';
import { ANYTHING, FLAG, PARSED, TEXT, fitProps, listOf, madeBy, mapOf, needed, type Shapes } from '../kernel/shape';
import { Platform } from '../platform/platform';
import { PORT, type PortProps, findPort, resolvePorts } from './ports';

export interface ForeignWorkloadProps {
  readonly platform: Platform;
  readonly namespace: string;
  /** Name of its Service, and of the workload. */
  readonly name: string;
  /** Labels of its pods. @default { 'banking.workload/name': <name> }, what this library gives to every workload */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** The service account that its pods run as. @default - its name */
  readonly serviceAccount?: string;
  /** Ports that can be called. @default - none: it only calls */
  readonly ports?: readonly PortProps[];
  /** Whether its pods have a proxy, hence an identity. @default true */
  readonly inMesh?: boolean;
}

const PLATFORM = madeBy(Platform, 'new Platform({ … })');

const PROPS: Shapes<ForeignWorkloadProps> = {
  platform: PLATFORM,
  namespace: ANYTHING,
  name: ANYTHING,
  podLabels: mapOf(TEXT),
  serviceAccount: PARSED,
  ports: listOf(PORT),
  inMesh: FLAG,
};

/**
 * A workload whose manifests live elsewhere: in another repository, or in the care of another team. Edges with it open
 * this side only; the other side has to do the same for its own.
 */
export class ForeignWorkload implements ICaller, ICallee {
  readonly peerName: string;
  readonly sources: readonly NetworkPeer[];
  readonly principal?: string;
  private readonly ports: readonly WorkloadPort[];
  private readonly host: string;

  /** @throws ConfigError that lists every problem. */
  constructor(given: ForeignWorkloadProps) {
    const problems = new Problems(`foreign workload ${show(given?.name)}`);
    const props = fitProps(given, PROPS, problems);
    needed(props.platform ?? given.platform, PLATFORM, problems, 'platform');
    problems.take(() => dnsLabel(props.name), undefined, 'name');
    problems.take(() => dnsLabel(props.namespace), undefined, 'namespace');
    const serviceAccount = props.serviceAccount ?? props.name;
    problems.take(() => dnsSubdomain(serviceAccount), undefined, 'serviceAccount');
    const podLabels = props.podLabels ?? { [WORKLOAD_LABEL]: props.name };
    problems.check(
      Object.keys(podLabels).length > 0,
      'is empty, which selects every pod of the namespace; name its labels',
      'podLabels',
    );
    labelProblems(podLabels).forEach((what) => problems.add(what, 'podLabels'));
    this.ports = resolvePorts(props.ports ?? [], problems);
    problems.throwIfAny();
    const { istio, clusterDomain } = props.platform.model;
    this.peerName = `${props.namespace}/${props.name}`;
    this.sources = [{ kind: 'pods', namespace: props.namespace, podLabels }];
    this.principal = (props.inMesh ?? true) ? principal(istio.trustDomain, props.namespace, serviceAccount) : undefined;
    this.host = `${props.namespace}/${serviceHost(props.name, props.namespace, clusterDomain)}`;
  }

  portOf(port?: number | string): WorkloadPort {
    return findPort(this.ports, port);
  }

  destinations(port: WorkloadPort): Destination[] {
    return this.sources.map((peer) => ({ peer, port: port.targetPort }));
  }

  meshHosts(): string[] {
    return [this.host];
  }

  /** Its own side is not ours to open. */
  recordIngress(): void {}

  /** Its own side is not ours to open. */
  recordEgress(): void {}

  /** A PostgreSQL server. @default port 5432 */
  static postgres(props: Omit<ForeignWorkloadProps, 'ports'> & { readonly port?: number }): ForeignWorkload {
    return database('postgres', 5432, props);
  }

  /** A Redis server. @default port 6379 */
  static redis(props: Omit<ForeignWorkloadProps, 'ports'> & { readonly port?: number }): ForeignWorkload {
    return database('redis', 6379, props);
  }
}

function database(name: string, usual: number, given: Omit<ForeignWorkloadProps, 'ports'> & { readonly port?: number }) {
  const { port = usual, ...props } = given ?? {};
  return new ForeignWorkload({ ...props, ports: [{ port, protocol: PortProtocol.TCP, name }] });
}
