import type { IConstruct } from 'constructs';
import { PortProtocol, type WorkloadPort, isHttp } from '../contracts/port';
import { note } from '../kube';
import type { TrafficModel } from './model';

/** Whether some requests of a service are streams, which last as long as they are wanted. */
export function streams({ routes }: Pick<TrafficModel, 'routes'>): boolean {
  return routes.some(({ timeoutMs }) => timeoutMs === undefined);
}

/** The limits of a service with streams, as the props that set them. */
export type StreamLimit = 'maxConnections' | 'maxRequests';

/**
 * Of a service with streams, warns of limits that nobody has thought of them for. Each stream is a request under way, and has a
 * connection to itself where the proxies speak HTTP/1.1, which they do unless the caller or `h2Upgrade` wants HTTP/2.
 * https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-HTTPSettings
 *
 * @param limits what the DestinationRule of the service can say
 */
export function noteStreams(
  scope: IConstruct,
  service: string,
  traffic: TrafficModel,
  ports: readonly WorkloadPort[],
  limits: readonly StreamLimit[],
): void {
  const { given, model } = traffic.circuitBreaker;
  // Routes are of the first port that carries requests.
  const speaksHttp1 = ports.find(({ protocol }) => isHttp(protocol))!.protocol === PortProtocol.HTTP && !model.h2Upgrade;
  const unsaid = limits.filter((limit) => given[limit] === undefined).filter((limit) => limit === 'maxRequests' || speaksHttp1);
  if (unsaid.length === 0) return;
  const left = unsaid.map((limit) => `${limit} ${model[limit]}`).join(' and ');
  const said = unsaid.map((limit) => `${limit}: …`).join(', ');
  const text =
    `Streams of ${service} count against ${left} of each caller's proxy for as long as they last, and what comes above that waits or ` +
    `gets a 503; say how many there may be: CircuitBreaker.standard({ ${said} })`;
  note(scope, { kind: 'warning', text });
}
