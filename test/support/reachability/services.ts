import { exported } from './hosts';
import { idOf, nameOf, namespaceOf, ofKind, onlyKnown, specOf, type KubeObject } from './objects';
import type { Pod } from './pods';
import { subset } from './selectors';

/* What the mesh knows: Services (serviceregistry/kube/conversion.go) and ServiceEntries (serviceregistry/serviceentry). */

export interface KnownPort {
  readonly number: number;
  readonly targetPort: number | string;
  /** As Istio names it, in upper case; UNKNOWN where it sniffs. */
  readonly protocol: string;
}

export interface KnownService {
  readonly id: string;
  readonly host: string;
  readonly namespace: string;
  readonly exportTo: readonly string[] | undefined;
  readonly ports: readonly KnownPort[];
  /** Labels of the pods behind it, for Services that have a selector. */
  readonly selector: Readonly<Record<string, string>> | undefined;
  readonly headless: boolean;
  /** For ServiceEntries: where a bare connection is recognised by its address. */
  readonly addresses: readonly string[];
  readonly resolution: string;
}

interface ServiceSpec {
  type?: string;
  clusterIP?: string;
  selector?: Record<string, string>;
  ports?: { name?: string; port: number; targetPort?: number | string; protocol?: string; appProtocol?: string }[];
}

interface ServiceEntrySpec {
  hosts?: string[];
  addresses?: string[];
  exportTo?: string[];
  location?: string;
  resolution?: string;
  workloadSelector?: { labels?: Record<string, string> };
  ports?: { number: number; name?: string; protocol?: string; targetPort?: number }[];
}

/** pkg/config/kube/conversion.go, wellKnownPorts: spoken by servers first, so never sniffed. */
const SERVER_FIRST = [25, 3306, 27017];
const PROTOCOLS = ['TCP', 'UDP', 'GRPC', 'GRPC-WEB', 'HTTP', 'HTTP_PROXY', 'HTTP2', 'HTTPS', 'TLS', 'MONGO', 'REDIS', 'MYSQL'];

/** pkg/config/kube/conversion.go, ConvertProtocol: appProtocol, else the prefix of the port's name. */
function protocolOf(port: NonNullable<ServiceSpec['ports']>[number]): string {
  if (port.protocol === 'UDP') {
    return 'UDP';
  }
  const special: Record<string, string> = {
    'kubernetes.io/h2c': 'HTTP2',
    'kubernetes.io/ws': 'HTTP',
    'kubernetes.io/wss': 'HTTPS',
  };
  const name = special[port.appProtocol ?? ''] ?? (port.appProtocol ?? port.name ?? '').toUpperCase();
  const word = name.startsWith('GRPC-WEB') ? 'GRPC-WEB' : (name.split('-')[0] ?? '');
  if (PROTOCOLS.includes(word)) {
    return word;
  }
  return SERVER_FIRST.includes(port.port) ? 'TCP' : 'UNKNOWN';
}

export class Services {
  readonly all: readonly KnownService[];
  private readonly leading = new Map<string, KnownService[]>();

  constructor(objects: readonly KubeObject[], clusterDomain: string) {
    const services = ofKind(objects, 'Service').map((object): KnownService => {
      const spec = specOf<ServiceSpec>(object);
      return {
        id: idOf(object),
        host: `${nameOf(object)}.${namespaceOf(object)}.svc.${clusterDomain}`,
        namespace: namespaceOf(object),
        exportTo: object.metadata?.annotations?.['networking.istio.io/exportTo']?.split(',').map((entry) => entry.trim()),
        ports: (spec.ports ?? []).map((port) => ({
          number: port.port,
          targetPort: port.targetPort ?? port.port,
          protocol: protocolOf(port),
        })),
        selector: spec.type === 'ExternalName' ? undefined : spec.selector,
        headless: spec.clusterIP === 'None',
        addresses: [],
        resolution: 'CLUSTER',
      };
    });
    this.all = [...services, ...ofKind(objects, 'ServiceEntry').flatMap(fromEntry)];
  }

  visibleTo(namespace: string): KnownService[] {
    return this.all.filter((service) => exported(service.exportTo, service.namespace, namespace));
  }

  /** Kubernetes Services that send to this port of this pod. */
  leadingTo(pod: Pod, port: number): KnownService[] {
    const key = `${pod.id} ${port}`;
    let found = this.leading.get(key);
    if (found === undefined) {
      found = this.all.filter((service) => sendsTo(service, pod) && service.ports.some((p) => targetOf(p, pod) === port));
      this.leading.set(key, found);
    }
    return found;
  }
}

function fromEntry(object: KubeObject): KnownService[] {
  const spec = specOf<ServiceEntrySpec>(object);
  onlyKnown(idOf(object), spec, [
    'hosts',
    'addresses',
    'ports',
    'location',
    'resolution',
    'endpoints',
    'workloadSelector',
    'exportTo',
    'subjectAltNames',
  ]);
  return (spec.hosts ?? []).map((host) => ({
    id: idOf(object),
    host,
    namespace: namespaceOf(object),
    exportTo: spec.exportTo,
    ports: (spec.ports ?? []).map((port) => ({
      number: port.number,
      targetPort: port.targetPort ?? port.number,
      protocol: (port.protocol ?? '').toUpperCase(),
    })),
    selector: spec.workloadSelector?.labels,
    headless: false,
    addresses: spec.addresses ?? [],
    resolution: spec.resolution ?? 'NONE',
  }));
}

export function sendsTo(service: KnownService, pod: Pod): boolean {
  return (
    service.selector !== undefined &&
    service.namespace === pod.namespace &&
    Object.keys(service.selector).length > 0 &&
    subset(service.selector, pod.labels)
  );
}

/** The pod's port behind a Service's port; a name is looked up in the pod. */
export function targetOf(port: KnownPort, pod: Pod | undefined): number | undefined {
  return typeof port.targetPort === 'number' ? port.targetPort : pod?.ports.find((named) => named.name === port.targetPort)?.port;
}

export function isHttpProtocol(protocol: string): boolean {
  return ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTP_PROXY', 'UNKNOWN'].includes(protocol);
}
