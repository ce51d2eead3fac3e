import type { VirtualServiceSpecTcp } from '../../../imports/networking.istio.io';
import type { WeightedDestination } from './http-routes';

/**
 * The way of connections to a port of which the mesh sees bytes only. Without it they would go to all pods of the Service,
 * whatever the requests on other ports are told.
 */
export function tcpRoute(port: number, target: readonly WeightedDestination[]): VirtualServiceSpecTcp {
  return {
    match: [{ port }],
    route: target.map(({ host, subset, weight }) => ({ destination: { host, port: { number: port }, subset }, weight })),
  };
}
