import { inboundBypass, outboundBypass } from './capture';
import type { DestinationRules, DestinationRuleSpec } from './destination-rules';
import type { ResolvedFlow } from './flow';
import { idOf, namespaceOf, onlyKnown, specOf, Unsupported, type KubeObject } from './objects';
import type { Pod } from './pods';
import { subset } from './selectors';
import type { Services } from './services';
import { closed, open, unguarded, type Verdict } from './verdict';

export type MtlsMode = 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';

export interface PeerAuthenticationSpec {
  selector?: { matchLabels?: Record<string, string> };
  mtls?: { mode?: MtlsMode };
  portLevelMtls?: Record<string, { mode?: MtlsMode }>;
}

interface Decision {
  readonly mode: MtlsMode;
  readonly by: readonly string[];
}

export interface MtlsOptions {
  readonly rootNamespace: string;
}

export class Mtls {
  private readonly modes = new Map<string, Decision>();

  constructor(
    private readonly authentications: readonly KubeObject[],
    private readonly destinationRules: DestinationRules,
    private readonly services: Services,
    private readonly options: MtlsOptions,
  ) {}

  verdict(flow: ResolvedFlow): Verdict {
    const { to } = flow;
    const bypass = inboundBypass(flow);
    if (bypass !== undefined || to.kind !== 'pod') {
      return unguarded(bypass ?? '');
    }
    if (to.pod.gateway) {
      return unguarded(`the listeners of the gateway ${to.pod.id} have TLS settings of their own`);
    }
    const { mode, by } = this.modeOf(to.pod, flow.port);
    const encrypted = this.encrypts(flow);
    const what = encrypted ? 'mutual TLS' : 'plain text';
    if ((mode === 'STRICT' && !encrypted) || (mode === 'DISABLE' && encrypted)) {
      return closed(`${mode} refuses ${what}`, by);
    }
    return mode === 'STRICT' ? open(`${mode} takes ${what}`, by) : unguarded(`${mode} takes ${what}`);
  }

  /**
   * Does the source speak mutual TLS with its mesh identity? By itself a proxy does so to every pod in the mesh that does
   * not disable it (xds/endpoints/mtls_checker.go), unless a DestinationRule says otherwise. Whether it knows the name
   * that is dialled is left to the verdict on the Sidecar: here it is taken to, the worse case for a closed door.
   */
  encrypts(flow: ResolvedFlow): boolean {
    const { from, to } = flow;
    if (outboundBypass(flow) !== undefined || inboundBypass(flow) !== undefined || from.kind !== 'pod' || to.kind !== 'pod') {
      return false;
    }
    const wanted = this.clientMode(from.pod, flow);
    return wanted === undefined ? this.modeOf(to.pod, flow.port).mode !== 'DISABLE' : wanted === 'ISTIO_MUTUAL';
  }

  /**
   * security/authn/policy_applier.go, ComposePeerAuthentication: mesh, then namespace, then workload, each over the last;
   * ports only from the workload's. One with a selector in the root namespace has no effect.
   */
  private modeOf(pod: Pod, port: number): Decision {
    const key = `${pod.id} ${port}`;
    let decision = this.modes.get(key);
    if (decision === undefined) this.modes.set(key, (decision = this.decide(pod, port)));
    return decision;
  }

  private decide(pod: Pod, port: number): Decision {
    const { rootNamespace } = this.options;
    const matching = this.authentications.filter((object) => [pod.namespace, rootNamespace].includes(namespaceOf(object)));
    const selectorOf = (object: KubeObject): Record<string, string> =>
      specOf<PeerAuthenticationSpec>(object).selector?.matchLabels ?? {};
    const hasSelector = (object: KubeObject): boolean => Object.keys(selectorOf(object)).length > 0;
    const levels = [
      matching.filter((object) => !hasSelector(object) && namespaceOf(object) === rootNamespace),
      matching.filter((object) => !hasSelector(object) && namespaceOf(object) !== rootNamespace),
      matching.filter(
        (object) => hasSelector(object) && namespaceOf(object) !== rootNamespace && subset(selectorOf(object), pod.labels),
      ),
    ];
    let decision: Decision = { mode: 'PERMISSIVE', by: [] };
    for (const level of levels) {
      if (level.length > 1) {
        throw new Unsupported(`${level.map(idOf).join(' and ')} both apply to ${pod.id}; which wins depends on their age`);
      }
      for (const object of level) {
        const spec = specOf<PeerAuthenticationSpec>(object);
        onlyKnown(idOf(object), spec, ['selector', 'mtls', 'portLevelMtls']);
        if (hasSelector(object) || spec.portLevelMtls === undefined) {
          const portMode = isSet(spec.portLevelMtls?.[String(port)]?.mode);
          const mode = portMode ?? isSet(spec.mtls?.mode);
          decision = mode === undefined ? decision : { mode, by: [idOf(object) + (portMode === undefined ? '' : `#${port}`)] };
        } else {
          throw new Unsupported(`${idOf(object)}: portLevelMtls without a selector is refused by Istio`);
        }
      }
    }
    return decision;
  }

  /** What a DestinationRule wants, if one says so: of a subset before that of the host, of a port before that of all. */
  private clientMode(source: Pod, flow: ResolvedFlow): string | undefined {
    const { host, servicePort, subset: group } = flow.request;
    if (host === undefined) {
      return undefined;
    }
    const own = this.services.all.find((service) => service.host === host)?.namespace;
    const specs = this.destinationRules.forHost(host, source, own).map((rule) => specOf<DestinationRuleSpec>(rule));
    const part = specs.flatMap(({ subsets = [] }) => subsets).find(({ name }) => name === group);
    const port = servicePort ?? flow.port;
    const modes = [part?.trafficPolicy, specs[0]?.trafficPolicy].map(
      (policy) =>
        policy?.portLevelSettings?.find((setting) => setting.port?.number === port && setting.tls !== undefined)?.tls?.mode ??
        (policy?.tls === undefined ? undefined : (policy.tls.mode ?? 'DISABLE')),
    );
    return modes.find((mode) => mode !== undefined);
  }
}

function isSet(mode: MtlsMode | undefined): MtlsMode | undefined {
  return mode === 'UNSET' ? undefined : mode;
}
