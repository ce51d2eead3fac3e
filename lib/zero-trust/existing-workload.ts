import { Construct } from 'constructs';
import type { EdgeOptions, ICallee, ICaller } from '../contracts/peer';
import { Problems } from '../kernel/errors';
import { REWRITTEN_KEYS, WORKLOAD_LABEL, labelProblems } from '../kernel/labels';
import { MAX_WORKLOAD_NAME, dnsLabel, dnsSubdomain } from '../kernel/names';
import { connect } from './connect';
import { Guard } from './guard';
import type { ZeroTrustNamespace } from './zero-trust-namespace';
import { type PortProps, resolvePorts } from './ports';
import { type MtlsException, noteMtlsExceptions, resolveMtlsExceptions } from './mtls';

export interface ExistingWorkloadProps {
  readonly namespace: ZeroTrustNamespace;
  /** Name of the workload and of its Service. @default - the construct id */
  readonly name?: string;
  /** Labels that its pods carry, on every track. @default { 'banking.workload/name': <name> } */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** The service account that its pods run as. @default - its name */
  readonly serviceAccount?: string;
  /** Ports that can be called. @default - none: it only calls */
  readonly ports?: readonly PortProps[];
  /** Paths that stay closed to every edge that does not name them. @default - none */
  readonly managementPaths?: readonly string[];
  /** Ports that take plain text, each with a reason. @default - none */
  readonly mtlsExceptions?: readonly MtlsException[];
}

/**
 * Guards pods that something else runs in one of our namespaces (an operator's PostgreSQL, a chart's Redis): edges to and
 * from them are declared as for a BankingService, and open both sides.
 */
export class ExistingWorkload extends Construct {
  /** What it is to others: a caller and a callee. */
  readonly guard: Guard;

  /** @throws ConfigError that lists every problem. */
  constructor(scope: Construct, id: string, props: ExistingWorkloadProps) {
    super(scope, id);
    const name = props.name ?? id;
    const problems = new Problems(name);
    problems.take(() => dnsLabel(name, MAX_WORKLOAD_NAME), '', 'name');
    const selector = props.podLabels ?? { [WORKLOAD_LABEL]: name };
    problems.check(Object.keys(selector).length > 0, 'is empty, which selects every pod of the namespace; name its labels', 'podLabels');
    labelProblems(selector).forEach((what) => problems.add(what, 'podLabels'));
    const rewritten = Object.keys(selector).filter((key) => REWRITTEN_KEYS.includes(key));
    problems.check(
      rewritten.length === 0,
      `selects by ${rewritten.join(', ')}, which Flagger rewrites on the pods that serve; label the pods ${WORKLOAD_LABEL}: ${name} instead`,
      'podLabels',
    );
    const serviceAccount = props.serviceAccount ?? name;
    problems.take(() => dnsSubdomain(serviceAccount), '', 'serviceAccount');
    const ports = resolvePorts(props.ports ?? [], problems);
    const mtlsExceptions = resolveMtlsExceptions(props.mtlsExceptions ?? [], ports, problems);
    problems.throwIfAny();
    noteMtlsExceptions(this, name, props.mtlsExceptions ?? []);
    // What its pods need is known to whoever runs them; the quota then keeps to what it was given.
    props.namespace.claim(name, () => undefined);
    this.guard = new Guard(this, 'guard', {
      name,
      namespace: props.namespace,
      selector,
      serviceAccount,
      ports,
      service: ports.length ? name : undefined,
      managementPaths: props.managementPaths ?? [],
      mtlsExceptions,
    });
  }

  /** Lets a workload call this one. One sentence opens every layer, at both ends. @throws ConfigError */
  allowFrom(caller: ICaller | Guarded, options?: EdgeOptions): this {
    connect(asCaller(caller), this.guard, options);
    return this;
  }

  /** Lets this workload call another one, or an external host. @throws ConfigError */
  allowTo(callee: ICallee | Guarded, options?: EdgeOptions): this {
    connect(this.guard, asCallee(callee), options);
    return this;
  }
}

/** Anything with a guard of its own: BankingService, ExistingWorkload. */
export interface Guarded {
  readonly guard: Guard;
}

export function asCaller(peer: ICaller | Guarded): ICaller {
  return 'guard' in peer ? peer.guard : peer;
}

export function asCallee(peer: ICallee | Guarded): ICallee {
  return 'guard' in peer ? peer.guard : peer;
}
