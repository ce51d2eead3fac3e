import { isHttp, PortProtocol } from '../../contracts/port';
import { type Problems, show } from '../../kernel/errors';
import { either, listOf, madeBy } from '../../kernel/shape';
import { Audience } from '../../traffic/audience';
import type { ReleaseFacts } from '../release';

/** One Deployment among those of a service, and what the DestinationRule calls its pods. */
export interface SplitTrack {
  readonly subset: string;
  readonly deployment: string;
}

/** How the requests of a service are shared among its tracks. */
export interface Split {
  /** Every track there is. Its pods are known by `app`, which they carried before the service had more than one. */
  readonly tracks: readonly SplitTrack[];
  /**
   * Percent of the requests for each subset; together 100. A subset that gets none is not in it, so that nothing names it
   * when its pods go. @default - all pods of the service alike, whatever track they are of
   */
  readonly shares?: Readonly<Record<string, number>>;
  /** Requests that go to one subset, whatever the shares say. @default - none */
  readonly audience?: { readonly of: readonly Audience[]; readonly subset: string };
  /** A subset that gets copies. @default - none */
  readonly mirror?: { readonly subset: string; readonly percentage: number };
  /** Pods that carry all requests together, for whoever compares two states. @default - not said */
  readonly fullLoad?: number;
}

/** 90 and 10 for two subsets; one that gets nothing is left out. */
export function shared(subset: string, percent: number, rest: string): Record<string, number> {
  return Object.fromEntries([[rest, 100 - percent] as const, [subset, percent] as const].filter(([, share]) => share > 0));
}

/** Adds why the requests of this service can't be shared among tracks. @param strategy in the words of the user */
export function splitProblems(problems: Problems, { exposure, ports, plainPorts }: ReleaseFacts, strategy: string): void {
  problems.check(
    !exposure.form.headless,
    `${strategy} shares requests among two Deployments, and with a headless Service callers choose pods themselves; use Exposure.clusterIp()`,
    'release',
  );
  problems.check(
    exposure.sourceRanges === undefined,
    `${strategy} shares requests in the proxies of callers, and clients of a ${exposure.type} have none: they would reach pods of both Deployments; let them in through a MeshGateway`,
    'release',
  );
  problems.check(
    plainPorts.length === 0,
    `${strategy} shares requests in the proxies of callers, and port ${plainPorts.join(', ')} takes plain text from callers without one: they would reach pods of both Deployments; bring the callers into the mesh first`,
    'release',
  );
  for (const { port } of ports.filter(({ protocol }) => protocol === PortProtocol.TLS)) {
    problems.add(
      `${strategy} can't share connections to port ${port}: it speaks TLS, which the mesh passes on as it is; end TLS in the mesh, or use Release.rolling()`,
      'release',
    );
  }
}

/** Adds that requests are needed where only bytes are seen. */
export function needsRequests(problems: Problems, { ports }: ReleaseFacts, what: string): void {
  problems.check(
    ports.some(({ protocol }) => isHttp(protocol)),
    `${what}, and no port speaks HTTP (${ports.map((one) => `${one.port} ${one.protocol}`).join(', ')}); use weights`,
    'release',
  );
}

const AUDIENCE = madeBy(Audience, 'Audience.header("…", "…") or one of its sisters');
export const ONE_OR_MORE_AUDIENCES = either(AUDIENCE, listOf(AUDIENCE));

/** Adds what is wrong with an audience or several. */
export function audienceProblems(problems: Problems, audience: Audience | readonly Audience[], part: string): void {
  const list = audiences(audience);
  problems.check(list.length > 0, 'is empty, which means nobody; name an audience, or leave it out', part);
  list.forEach((one, i) => one.validate(problems, Array.isArray(audience) ? `${part}[${i}]` : part));
  const same = list.find((one, i) => list.some((other, j) => j < i && one.describe() === other.describe()));
  if (same) problems.add(`${show(same.describe())} is named twice; name it once`, part);
}

/** One audience, or any of several. */
export function audiences(audience: Audience | readonly Audience[] | undefined): readonly Audience[] {
  return audience === undefined ? [] : Array.isArray(audience) ? (audience as readonly Audience[]) : [audience as Audience];
}
