import { PortProtocol } from '../contracts/port';
import { type Problems, show } from '../kernel/errors';
import type { IConstruct } from 'constructs';
import { Stage, note } from '../kube';
import type { Fault, FaultModel } from './fault';
import { type RouteCondition, ambiguous, covers, describeCondition, inOrder, intersect } from './route-condition';
import { conditionProblems } from './route-problems';

/** Requests, and what befalls them. */
export interface FaultyCondition {
  readonly condition: RouteCondition;
  readonly fault: FaultModel;
}

/**
 * The faults of a service, the most specific first: that one counts, as with routes. A delay and an abort of the same
 * requests are one fault, since Istio takes both on one route.
 * @param stage what the environment is for; undefined outside of an Environment, which may be production
 */
export function resolveFaults(
  faults: readonly Fault[],
  protocol: PortProtocol,
  stage: Stage | undefined,
  problems: Problems,
): FaultyCondition[] {
  const safePlace = stage !== undefined && stage !== Stage.PRODUCTION;
  const resolved: FaultyCondition[] = [];
  for (const fault of faults) {
    const wrong = conditionProblems(fault.condition);
    wrong.forEach((what) => problems.add(what, 'traffic.faults'));
    if (wrong.length > 0) continue;
    const part = `traffic.faults[${describeCondition(fault.condition)}]`;
    fault.validate(problems, part, safePlace);
    problems.check(
      !fault.grpc || protocol === PortProtocol.GRPC,
      `a status of gRPC means nothing on a port that speaks ${protocol}; use Fault.abort(503, { … })`,
      part,
    );
    add(resolved, { condition: fault.condition, fault: fault.model }, problems);
  }
  return resolved.sort((a, b) => inOrder(a.condition, b.condition));
}

function add(known: FaultyCondition[], { condition, fault }: FaultyCondition, problems: Problems): void {
  const same = known.findIndex((one) => describeCondition(one.condition) === describeCondition(condition));
  if (same >= 0) {
    const twice = (['delay', 'abort'] as const).find((kind) => fault[kind] && known[same]!.fault[kind]);
    if (twice) problems.add(`${show(describeCondition(condition))} has two faults that ${twice}; keep one`, 'traffic.faults');
    known[same] = { condition, fault: { ...known[same]!.fault, ...fault } };
    return;
  }
  const other = known.find((one) => ambiguous(one.condition, condition));
  if (other) {
    problems.add(
      `${show(describeCondition(other.condition))} and ${show(describeCondition(condition))} befall the same requests and neither is more specific; join them, or tell them apart by methods`,
      'traffic.faults',
    );
  }
  known.push({ condition, fault });
}

/** Routes with a narrower one before each for the requests that a fault befalls: all else about them stays as it is. */
export function withFaults<Route extends Partial<FaultyCondition> & Pick<FaultyCondition, 'condition'>>(
  routes: readonly Route[],
  faults: readonly FaultyCondition[],
): Route[] {
  return routes.flatMap((route) => {
    const befallen = faults.flatMap(({ condition, fault }): Route[] => {
      const both = intersect(route.condition, condition);
      return both ? [{ ...route, condition: both, fault }] : [];
    });
    const all = befallen.some((one) => covers(one.condition, route.condition));
    return all ? befallen : [...befallen, route];
  });
}

/** Puts each fault that was acknowledged into the report. */
export function noteFaults(scope: IConstruct, service: string, faults: readonly Fault[]): void {
  for (const { options, condition, describes } of faults) {
    if (options.acknowledge === undefined) continue;
    const text = `${options.percentage} % of ${describeCondition(condition)} to ${service} ${describes} on purpose: ${options.acknowledge}`;
    note(scope, { kind: 'acceptance', text });
  }
}
