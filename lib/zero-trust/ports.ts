import { type Problems, show } from '../kernel/errors';
import { dnsLabel, portNumber } from '../kernel/names';
import { ANYTHING, PARSED, TEXT, oneOf, propsOf, type Shape } from '../kernel/shape';
import { PortProtocol, type WorkloadPort } from '../contracts/port';

/** One port of a workload, as a user writes it. */
export interface PortProps {
  /** The port that the container listens on. */
  readonly port: number;
  /** @default PortProtocol.HTTP */
  readonly protocol?: PortProtocol;
  /** Suffix of the port's name: `http-admin`. @default - none; needed where a protocol occurs twice */
  readonly name?: string;
  /** The port of the Service. @default - the same as `port` */
  readonly servicePort?: number;
}

export const PROTOCOL: Shape = oneOf(...Object.values(PortProtocol));

export const PORT: Shape = propsOf<PortProps>({ port: ANYTHING, protocol: PROTOCOL, name: TEXT, servicePort: PARSED });

/** Ports of Istio's proxy and agent. https://istio.io/latest/docs/ops/deployment/application-requirements/ */
const ISTIO_PORTS: readonly number[] = [15000, 15001, 15002, 15004, 15006, 15008, 15020, 15021, 15053, 15090];

/** Whether no container of an application can listen on a port. */
export const isIstioPort = (port: number): boolean => ISTIO_PORTS.includes(port);

/** Stands for a port that is none, and meets no further condition. */
const NONE = Infinity;

/** Checks the ports of a workload and names them so that Istio knows what they speak. */
export function resolvePorts(all: readonly PortProps[], problems: Problems): WorkloadPort[] {
  const ports = all.map((one): WorkloadPort => {
    const protocol = one.protocol ?? PortProtocol.HTTP;
    const port = problems.take(() => portNumber(one.port), NONE, 'port');
    const servicePort =
      one.servicePort === undefined ? port : problems.take(() => portNumber(one.servicePort!), NONE, 'servicePort');
    problems.check(!isIstioPort(port), `${port} is taken by Istio's proxy in every pod; use another port`, 'port');
    problems.check(
      port >= 1024,
      `${port} is a privileged port, which a container without capabilities can't open; use one from 1024 on`,
      'port',
    );
    const name = one.name === undefined ? protocol : `${protocol}-${one.name}`;
    // A port name is an IANA service name: at most 15 characters on a container, a DNS label on a Service.
    problems.take(() => dnsLabel(name, 15), undefined, 'port.name');
    return { name, port: servicePort, targetPort: port, protocol };
  });
  for (const key of ['name', 'port', 'targetPort'] as const) {
    // Two that are the same for callers are the same in the container as a rule; one sentence is enough.
    const alike = (a: WorkloadPort, b: WorkloadPort) =>
      a[key] === b[key] && a[key] !== NONE && (key !== 'targetPort' || a.port !== b.port);
    const twice = ports.find((port, i) => ports.slice(0, i).some((other) => alike(other, port)));
    if (twice) problems.add(`${key} ${show(twice[key])} occurs twice; give each port its own`, 'ports');
  }
  return ports;
}

/** Finds the port that an edge means. @throws RangeError that lists the ports there are. */
export function findPort(ports: readonly WorkloadPort[], wanted?: number | string): WorkloadPort {
  const found = wanted === undefined ? ports[0] : ports.find((port) => port.port === wanted || port.name === wanted);
  if (!found) {
    const known = ports.map((port) => `${port.port} (${port.name})`).join(', ');
    throw new RangeError(
      known ? `has no port ${show(wanted)}; it has ${known}` : 'has no port that can be called; declare its ports',
    );
  }
  return found;
}
