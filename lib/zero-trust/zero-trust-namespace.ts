import { k8s } from 'cdk8s-plus-28';
import { Construct, type IConstruct } from 'constructs';
import * as crds from '../../imports';
import type { IMeshNamespace } from '../contracts/mesh-namespace';
import type { ResourceClaim } from '../contracts/resource-claim';
import { ACCEPTED_ANNOTATION, MANAGED_BY, MANAGED_BY_LABEL, MIGRATION_UNTIL_ANNOTATION, PART_OF_LABEL } from '../kernel/labels';
import { constructId } from '../kernel/names';
import { define, note, onceInSynth } from '../kube';
import type { PlatformModel } from '../platform/model';
import { prerequisites } from '../platform/prerequisites';
import type { Subject } from './access';
import { type NamespaceModel, type ZeroTrustNamespaceProps, resolveNamespace } from './model';
import { type QuotaLeft, givenLimits, hardLimits, remaining, shortfalls } from './quota';
import { allowNothing } from './resources/authorization-policy';
import { type ContainerDefaults, limitRange, resourceQuota } from './resources/limits';
import { namespaceLabels } from './resources/namespace';
import { defaultDeny } from './resources/network-policy';
import { namespaceMtls } from './resources/peer-authentication';
import { deployerRules, readerRules } from './resources/roles';
import { sidecar } from './resources/sidecar';

/**
 * A namespace that trusts nobody: every pod in the mesh, mutual TLS only, no request and no packet in or out that is not
 * declared, hardened pods only, and no more resources than its services can use.
 *
 * ```ts
 * const bank = new ZeroTrustNamespace(chart, 'namespace', { name: 'banking', platform });
 * ```
 */
export class ZeroTrustNamespace extends Construct implements IMeshNamespace {
  /** The resolved, frozen props. */
  readonly model: NamespaceModel;
  private readonly claims = new Map<string, () => ResourceClaim | undefined>();

  /** @throws ConfigError that lists every problem of the props. */
  constructor(scope: Construct, id: string, props: ZeroTrustNamespaceProps) {
    super(scope, constructId(id));
    this.model = resolveNamespace(props);
    const { name, platform, mtls } = this.model;
    const security = crds.securityIstioIo();

    define(
      this,
      'namespace',
      k8s.KubeNamespace,
      {
        name,
        labels: namespaceLabels(this.model),
        annotations: this.model.annotations,
      },
      () => ({}),
    );
    define(
      this,
      'peer-authentication',
      security.PeerAuthentication,
      {
        ...this.metadata('default'),
        annotations: mtls.until ? { [MIGRATION_UNTIL_ANNOTATION]: mtls.until, [ACCEPTED_ANNOTATION]: mtls.reason! } : undefined,
      },
      () => ({ spec: namespaceMtls(mtls.mode) }),
    );
    define(this, 'allow-nothing', security.AuthorizationPolicy, this.metadata('allow-nothing'), () => ({ spec: allowNothing() }));
    define(this, 'default-deny', k8s.KubeNetworkPolicy, this.metadata('default-deny'), () => ({ spec: defaultDeny(platform) }));
    define(this, 'sidecar', crds.networkingIstioIo().Sidecar, this.metadata('default'), () => ({
      spec: sidecar(platform.traceCollector ? [`${platform.traceCollector.namespace}/${platform.traceCollector.host}`] : []),
    }));
    define(this, 'default-service-account', k8s.KubeServiceAccount, this.metadata('default'), () => ({
      automountServiceAccountToken: false,
    }));
    define(this, 'quota', k8s.KubeResourceQuota, this.metadata('quota'), () => ({ spec: resourceQuota(this.hardLimits()) }));
    define(this, 'container-defaults', k8s.KubeLimitRange, this.metadata('container-defaults'), () => {
      const { requests, limits } = this.containerDefaults();
      return { spec: limitRange(requests, limits) };
    });
    this.grant('reader', readerRules(), this.model.access.readers);
    this.grant('deployer', deployerRules(), this.model.access.deployers);

    this.node.addValidation({
      validate: () => shortfalls(this.model.quota, this.knownClaims()).map((what) => `namespace ${name}: quota: ${what}`),
    });
    prerequisites(platform).forEach((text) => note(this, { kind: 'prerequisite', text }));
    platform.warnings.forEach((text) => note(this, { kind: 'warning', text }));
    if (mtls.until)
      note(this, { kind: 'acceptance', text: `Namespace ${name} takes plain text until ${mtls.until}: ${mtls.reason}` });
  }

  get name(): string {
    return this.model.name;
  }

  get platform(): PlatformModel {
    return this.model.platform;
  }

  get mtlsMode(): 'STRICT' | 'PERMISSIVE' {
    return this.model.mtls.mode;
  }

  ensure<T extends IConstruct>(id: string, make: (scope: Construct) => T): T {
    return (this.node.tryFindChild(id) as T | undefined) ?? make(this);
  }

  claim(workload: string, claim: () => ResourceClaim | undefined): void {
    this.claims.set(workload, claim);
  }

  /** What its quota leaves when every workload is at its largest. Undefined where the needs of a workload are unknown. */
  quotaLeft(): QuotaLeft | undefined {
    return onceInSynth(this, 'quota left', () => {
      const known = this.knownClaims();
      return known.size < this.claims.size ? undefined : remaining(this.model.quota, [...known.values()]);
    });
  }

  private knownClaims(): Map<string, ResourceClaim> {
    return onceInSynth(this, 'claims', () => {
      const known = [...this.claims].map(([name, claim]) => [name, claim()] as const);
      return new Map(known.filter((entry): entry is [string, ResourceClaim] => entry[1] !== undefined));
    });
  }

  /** Where somebody's needs are unknown, only what was given is limited; no Service of ours needs a node port. */
  private hardLimits(): Record<string, string> {
    const known = this.knownClaims();
    const all = hardLimits(this.model.quota, [...known.values()]);
    if (known.size > 0 && known.size === this.claims.size) return all;
    return {
      ...givenLimits(this.model.quota),
      'services.loadbalancers': all['services.loadbalancers']!,
      'services.nodeports': all['services.nodeports']!,
    };
  }

  /**
   * What admission gives to containers that say nothing. A workload that goes without a CPU limit is given none. Where
   * somebody's needs are unknown, a limit that nobody chose would kill what it does not fit, a database first: only what the
   * quota limits is limited there, since the quota refuses pods without it.
   */
  private containerDefaults(): {
    readonly requests: ContainerDefaults['requests'];
    readonly limits: Partial<ContainerDefaults['limits']>;
  } {
    const { quota } = this.model;
    const { requests, limits } = this.model.containerDefaults;
    if (this.knownClaims().size < this.claims.size) {
      const cpu = quota.limitsCpu === undefined ? undefined : limits.cpu;
      const memory = quota.limitsMemory === undefined ? undefined : limits.memory;
      return { requests, limits: { cpu, memory } };
    }
    const unlimited = [...this.knownClaims().values()].some((claim) => claim.limitsCpu === undefined);
    return { requests, limits: unlimited ? { ...limits, cpu: undefined } : limits };
  }

  private grant(role: string, rules: k8s.PolicyRule[], subjects: readonly Subject[]): void {
    define(this, role, k8s.KubeRole, this.metadata(role), () => ({ rules }));
    if (subjects.length === 0) return;
    define(this, `${role}-binding`, k8s.KubeRoleBinding, this.metadata(role), () => ({
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role },
      subjects: subjects.map(({ kind, name, namespace }) => ({
        kind,
        name,
        namespace,
        apiGroup: kind === 'ServiceAccount' ? undefined : 'rbac.authorization.k8s.io',
      })),
    }));
  }

  private metadata(name: string) {
    return {
      name,
      namespace: this.model.name,
      labels: { [MANAGED_BY_LABEL]: MANAGED_BY, [PART_OF_LABEL]: this.model.name },
    };
  }
}
