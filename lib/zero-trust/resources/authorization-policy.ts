import type { AuthorizationPolicySpec, AuthorizationPolicySpecRulesToOperation } from '../../../imports/security.istio.io';
import { isHttp } from '../../contracts/port';
import type { Edge } from '../../contracts/peer';
import { compare, sortedBy, uniqueBy } from '../../kernel/order';
import { closedPaths, mayReachManagement, namesManagement } from '../management-paths';

type Rule = NonNullable<AuthorizationPolicySpec['rules']>[number];
type Operation = AuthorizationPolicySpecRulesToOperation;

/** Allows nothing: an ALLOW policy without rules refuses every request that no other policy allows. */
export function allowNothing(): AuthorizationPolicySpec {
  return {};
}

/**
 * Allows the declared edges of one workload, a rule for each caller: its identity, and what it may ask for.
 * A caller outside the mesh has no identity; it is known by its address only.
 */
export function allowEdges(
  selector: Readonly<Record<string, string>>,
  edges: readonly Edge[],
  managementPaths: readonly string[],
): AuthorizationPolicySpec {
  const callers = uniqueBy(
    sortedBy(edges, (edge) => callerKey(edge)),
    callerKey,
  );
  return {
    selector: { matchLabels: { ...selector } },
    rules: callers.map((first): Rule => {
      const operations = edges
        .filter((edge) => callerKey(edge) === callerKey(first))
        .flatMap((edge) => operationsOf(edge, managementPaths));
      return {
        from: [{ source: sourceOf(first) }],
        to: uniqueBy(
          sortedBy(operations, (one) => JSON.stringify(one)),
          (one) => JSON.stringify(one),
        ).map((operation) => ({ operation })),
      };
    }),
  };
}

function callerKey(edge: Edge): string {
  return edge.caller.principal ?? JSON.stringify(edge.caller.sources);
}

/**
 * Who the caller is. Pods outside the mesh have neither an identity nor a lasting address: "nobody with an identity" is all that
 * can be said of them here, and the NetworkPolicy tells which pods they are. An empty list would mean everybody.
 */
function sourceOf({ caller }: Edge) {
  if (caller.principal !== undefined) return { principals: [caller.principal] };
  const blocks = caller.sources.flatMap((peer) => (peer.kind === 'block' ? [peer.cidr] : []));
  return blocks.length ? { ipBlocks: blocks } : { notPrincipals: ['*'] };
}

/** The management paths that an edge names are open to it; from everything else they are cut out. */
function operationsOf(edge: Edge, managementPaths: readonly string[]): Operation[] {
  const ports = [String(edge.port.targetPort)];
  if (!isHttp(edge.port.protocol)) return [{ ports }];
  const methods = edge.methods && [...edge.methods].sort(compare);
  const closed = closedPaths(managementPaths);
  const notPaths = closed.length ? closed : undefined;
  if (!edge.paths) return [{ ports, methods, notPaths }];
  const paths = [...edge.paths].sort(compare);
  const named = paths.filter((path) => namesManagement(path, managementPaths));
  const wide = paths.filter((path) => !named.includes(path) && mayReachManagement(path, managementPaths));
  const plain = paths.filter((path) => !wide.includes(path));
  return [
    ...(plain.length ? [{ ports, methods, paths: plain }] : []),
    ...(wide.length ? [{ ports, methods, paths: wide, notPaths }] : []),
  ];
}
