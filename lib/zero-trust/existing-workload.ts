import { Construct } from 'constructs';
import type { EdgeOptions, ICallee, ICaller } from '../contracts/peer';
import { ConfigError, Problems, called, show } from '../kernel/errors';
import { REWRITTEN_KEYS, WORKLOAD_LABEL, labelProblems } from '../kernel/labels';
import { MAX_WORKLOAD_NAME, constructId, dnsLabel, dnsSubdomain } from '../kernel/names';
import { ANYTHING, PARSED, TEXT, fitProps, listOf, madeBy, mapOf, needed, type Shapes } from '../kernel/shape';
import { note } from '../kube';
import { connect } from './connect';
import { Guard } from './guard';
import { ZeroTrustNamespace } from './zero-trust-namespace';
import { PORT, type PortProps, resolvePorts } from './ports';
import { managementProblems } from './management-paths';
import { MTLS_EXCEPTION, type MtlsException, noteMtlsExceptions, resolveMtlsExceptions } from './mtls';

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

/** The namespace of a workload. */
export const NAMESPACE_OF = madeBy(ZeroTrustNamespace, 'new ZeroTrustNamespace(chart, id, { … })');

const PROPS: Shapes<ExistingWorkloadProps> = {
  namespace: NAMESPACE_OF,
  name: PARSED,
  podLabels: mapOf(TEXT),
  serviceAccount: PARSED,
  ports: listOf(PORT),
  managementPaths: listOf(ANYTHING),
  mtlsExceptions: listOf(MTLS_EXCEPTION),
};

/**
 * Guards pods that something else runs in one of our namespaces (an operator's PostgreSQL, a chart's Redis): edges to and
 * from them are declared as for a BankingService, and open both sides.
 */
export class ExistingWorkload extends Construct {
  /** What it is to others: a caller and a callee. */
  readonly guard: Guard;

  /** @throws ConfigError that lists every problem. */
  constructor(scope: Construct, id: string, given: ExistingWorkloadProps) {
    super(scope, constructId(id));
    const wanted = given?.name ?? id;
    const problems = new Problems(called('workload', wanted));
    const props = fitProps(given, PROPS, problems);
    needed(props.namespace ?? given.namespace, NAMESPACE_OF, problems, 'namespace');
    const name = problems.take(() => dnsLabel(wanted, MAX_WORKLOAD_NAME), 'unnamed', 'name');
    const selector = props.podLabels ?? { [WORKLOAD_LABEL]: name };
    problems.check(
      Object.keys(selector).length > 0,
      'is empty, which selects every pod of the namespace; name its labels',
      'podLabels',
    );
    labelProblems(selector).forEach((what) => problems.add(what, 'podLabels'));
    const rewritten = Object.keys(selector).filter((key) => REWRITTEN_KEYS.includes(key));
    problems.check(
      rewritten.length === 0,
      `selects by ${rewritten.join(', ')}, which Flagger rewrites on the pods that serve; label the pods ${WORKLOAD_LABEL}: ${name} instead`,
      'podLabels',
    );
    const serviceAccount = props.serviceAccount ?? name;
    problems.take(() => dnsSubdomain(serviceAccount), undefined, 'serviceAccount');
    const ports = resolvePorts(props.ports ?? [], problems);
    managementProblems(props.managementPaths ?? []).forEach((what) => problems.add(what, 'managementPaths'));
    const mtlsExceptions = resolveMtlsExceptions(props.mtlsExceptions ?? [], ports, problems);
    problems.throwIfAny();
    noteMtlsExceptions(this, name, props.mtlsExceptions ?? []);
    const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
    note(this, {
      kind: 'prerequisite',
      text:
        `Pods of ${name} in namespace ${props.namespace.name} carry ${labels.join(', ')} and run in the mesh as service account ${serviceAccount}` +
        (ports.length ? `; Service ${name} leads to them.` : '.'),
    });
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
    connect(asCaller(caller, this.guard), this.guard, options);
    return this;
  }

  /** Lets this workload call another one, or an external host. @throws ConfigError */
  allowTo(callee: ICallee | Guarded, options?: EdgeOptions): this {
    connect(this.guard, asCallee(callee, this.guard), options);
    return this;
  }
}

/** Anything with a guard of its own: BankingService, ExistingWorkload. */
export interface Guarded {
  readonly guard: Guard;
}

/** @throws ConfigError when it can't call anybody */
export function asCaller(peer: ICaller | Guarded, of: Guard): ICaller {
  const caller = guardOf(peer) as Partial<ICaller> | undefined;
  if (typeof caller?.recordEgress === 'function') return caller as ICaller;
  const what = `${show(peer)} is no caller; give a BankingService, an ExistingWorkload, a ForeignWorkload, a MeshGateway or ExternalClients`;
  throw new ConfigError([{ where: `${of.peerName}.allowFrom`, what }]);
}

/** @throws ConfigError when nobody can call it */
export function asCallee(peer: ICallee | Guarded, of: Guard): ICallee {
  const callee = guardOf(peer) as Partial<ICallee> | undefined;
  if (typeof callee?.recordIngress === 'function') return callee as ICallee;
  const what = `${show(peer)} can not be called; give a BankingService, an ExistingWorkload, a ForeignWorkload, an ExternalHost or ApiServer.of(platform)`;
  throw new ConfigError([{ where: `${of.peerName}.allowTo`, what }]);
}

function guardOf(peer: unknown): object | undefined {
  if (typeof peer !== 'object' || peer === null) return undefined;
  return 'guard' in peer ? (peer.guard as object) : peer;
}
