import { ApiObject } from 'cdk8s';
import { BankingService } from '../banking-service/banking-service';
import { PortProtocol, type WorkloadPort, isHttp } from '../contracts/port';
import { serviceHost } from '../kernel/identity';
import { type Problems, show } from '../kernel/errors';
import { findPort } from '../zero-trust/ports';
import type { ValidatedService } from './props';

/** What must be true of one Deployment. */
export interface TrackTarget {
  /** Name of the Deployment that serves: under Flagger, the primary. */
  readonly deployment: string;
  readonly container: string;
  readonly image: string;
  readonly version: string;
  /** Fewest pods that must be ready. */
  readonly wanted: number;
}

/** A request that must be answered, through the mesh. */
export interface HealthTarget {
  readonly kind: 'http' | 'grpc';
  readonly url: string;
  /** The service of the gRPC health protocol; empty for the server as a whole. */
  readonly grpcService: string;
  readonly method: 'GET' | 'POST';
  /** The path as an edge names it: without a query. */
  readonly path: string;
  readonly port: number;
}

/** What must be true of one service. */
export interface ServiceTarget {
  readonly service: BankingService;
  readonly name: string;
  readonly tracks: readonly TrackTarget[];
  /** Name of the Canary that Flagger releases it by. */
  readonly canary?: string;
  /** Undefined where nothing can be asked that an HTTP client could ask. */
  readonly health?: HealthTarget;
}

/** https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
const GRPC_HEALTH = '/grpc.health.v1.Health/Check';

export function resolveTarget(given: BankingService | ValidatedService, problems: Problems): ServiceTarget {
  const asked: ValidatedService = given instanceof BankingService ? { service: given } : given;
  const { service } = asked;
  const { name } = service.model;
  const canary = service.node.findAll().find((one): one is ApiObject => ApiObject.isApiObject(one) && one.kind === 'Canary');
  const tracks = service.deployments.map((track): TrackTarget => ({
    // In steady state Flagger's target has no pods, and the primary serves.
    deployment: canary ? `${track.name}-primary` : track.name,
    container: track.container.name,
    image: track.model.image,
    version: track.version,
    // Flagger's target starts with pods for all of the load; the primary keeps to the scale of the service.
    wanted: canary ? service.model.scaling.min : track.model.scaling.min,
  }));
  return { service, name, tracks, canary: canary?.name, health: resolveHealth(asked, problems) };
}

function resolveHealth({ service, path, port }: ValidatedService, problems: Problems): HealthTarget | undefined {
  const { name, ports, health } = service.model;
  const { action } = health.props.readiness;
  const { namespace } = service;
  const host = serviceHost(name, namespace.name, namespace.platform.clusterDomain);
  const target = (kind: HealthTarget['kind'], to: WorkloadPort, at: string, grpcService = ''): HealthTarget => ({
    kind,
    url: `http://${host}:${to.port}${at}`,
    grpcService,
    method: kind === 'grpc' ? 'POST' : 'GET',
    path: at.split('?')[0]!,
    port: to.port,
  });
  const part = `services ${name}`;
  if (path === undefined && !ports.some(({ protocol }) => isHttp(protocol))) return undefined;
  if (path === undefined && action.kind === 'grpc') {
    const to = published(ports, action.port, problems, part);
    const { service: asked = '' } = action;
    // Its length is written as one byte.
    problems.check(
      Buffer.byteLength(asked) < 128,
      `the name of its gRPC service, ${show(asked)}, is longer than 127 bytes`,
      part,
    );
    return to && target('grpc', to, GRPC_HEALTH, asked);
  }
  if (path === undefined && action.kind !== 'http') {
    problems.add(
      `its readiness probe asks by ${action.kind}, which no request through the mesh can; write { service: ${name}, path: "/healthz" }`,
      part,
    );
    return undefined;
  }
  const probed = action.kind === 'http' ? action : undefined;
  const asked = path ?? probed!.path;
  const sound = problems.check(
    /^\/[A-Za-z0-9._~%/-]*(\?[A-Za-z0-9._~%=&/-]*)?$/.test(asked) && !/\/\/|\/\.{1,2}(\/|$)/.test(asked.split('?')[0]!),
    `${show(asked)} is not a path of a request; write it like "/healthz"`,
    part,
  );
  const to =
    port === undefined
      ? published(ports, path === undefined ? probed!.port : undefined, problems, part)
      : problems.take(() => findPort(ports, port), undefined, part);
  if (!to || !sound) return undefined;
  if (to.protocol === PortProtocol.HTTP) return target('http', to, asked);
  problems.add(`port ${to.port} speaks ${to.protocol}, and a path is asked by HTTP/1.1; name a port that speaks http`, part);
  return undefined;
}

/** The port of the Service that leads to what the probe asks. */
function published(
  ports: readonly WorkloadPort[],
  containerPort: number | undefined,
  problems: Problems,
  part: string,
): WorkloadPort | undefined {
  const found = containerPort === undefined ? ports[0] : ports.find(({ targetPort }) => targetPort === containerPort);
  if (!found) {
    problems.add(
      `its readiness probe asks port ${containerPort}, which its Service does not have; ` +
        'write { service, path, port }, or add the port to the service',
      part,
    );
  }
  return found;
}
