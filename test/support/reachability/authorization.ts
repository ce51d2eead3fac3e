import { ruleMatches, type Attributes, type AuthorizationRule } from './authorization-rule';
import { inboundBypass } from './capture';
import { isHttp, type ResolvedFlow } from './flow';
import type { Mtls } from './mtls';
import { idOf, namespaceOf, onlyKnown, specOf, Unsupported, type KubeObject } from './objects';
import type { Pod } from './pods';
import { subset } from './selectors';
import { isHttpProtocol, targetOf, type Services } from './services';
import { closed, open, unguarded, type Verdict } from './verdict';

/* Which AuthorizationPolicies a workload has and in which order they speak: model/authorization.go, authz/builder/builder.go. */

interface TargetRef {
  group?: string;
  kind?: string;
  name?: string;
}

interface Attached {
  selector?: { matchLabels?: Record<string, string> };
  targetRef?: TargetRef;
  targetRefs?: TargetRef[];
}

export interface AuthorizationPolicySpec extends Attached {
  action?: string;
  rules?: AuthorizationRule[];
}

interface RequestAuthenticationSpec extends Attached {
  jwtRules?: { issuer?: string }[];
}

export interface AuthorizationOptions {
  readonly rootNamespace: string;
  readonly trustDomain: string;
}

export class Authorization {
  private readonly attached = new Map<string, KubeObject[]>();

  constructor(
    private readonly policies: readonly KubeObject[],
    private readonly authentications: readonly KubeObject[],
    private readonly services: Services,
    private readonly mtls: Mtls,
    private readonly options: AuthorizationOptions,
  ) {}

  verdict(flow: ResolvedFlow): Verdict {
    const { to } = flow;
    const bypass = inboundBypass(flow);
    if (bypass !== undefined || to.kind !== 'pod') {
      return unguarded(bypass ?? '');
    }
    const policies = this.policiesFor(to.pod);
    const attributes = this.attributes(flow, to.pod);
    const matching = (action: 'ALLOW' | 'DENY'): string[] =>
      policies
        .filter((policy) => actionOf(policy) === action)
        .flatMap((policy) =>
          (specOf<AuthorizationPolicySpec>(policy).rules ?? []).flatMap((rule, index) => {
            const where = `${idOf(policy)}#rules[${index}]`;
            return ruleMatches(where, rule, action, attributes, namespaceOf(policy)) ? [where] : [];
          }),
        );
    const denied = matching('DENY');
    if (denied.length > 0) {
      return closed('a DENY rule matches', denied);
    }
    const allows = policies.filter((policy) => actionOf(policy) === 'ALLOW');
    if (allows.length === 0) {
      return policies.length === 0
        ? unguarded(`no AuthorizationPolicy applies to ${to.pod.id}`)
        : open('only DENY policies apply and none matches', policies.map(idOf));
    }
    const allowed = matching('ALLOW');
    return allowed.length > 0
      ? open('an ALLOW rule matches', allowed)
      : closed(`${allows.length} ALLOW policies apply to ${to.pod.id} and no rule matches`, allows.map(idOf));
  }

  private policiesFor(pod: Pod): KubeObject[] {
    let found = this.attached.get(pod.id);
    if (found === undefined) {
      found = this.policies.filter((policy) => {
        if (!this.attaches(policy, pod) || policy.metadata?.annotations?.['istio.io/dry-run'] === 'true') {
          return false;
        }
        onlyKnown(idOf(policy), specOf(policy), ['selector', 'targetRef', 'targetRefs', 'action', 'rules']);
        return actionOf(policy) !== 'AUDIT'; // an audit is a log line
      });
      this.attached.set(pod.id, found);
    }
    return found;
  }

  /** Own namespace and root namespace; by labels, or for a pod of the Gateway API by targetRef (policyattachment.go). */
  private attaches(policy: KubeObject, pod: Pod): boolean {
    if (![pod.namespace, this.options.rootNamespace].includes(namespaceOf(policy))) {
      return false;
    }
    const { selector, targetRef, targetRefs } = specOf<Attached>(policy);
    const refs = targetRefs !== undefined && targetRefs.length > 0 ? targetRefs : [targetRef ?? []].flat();
    if (refs.length === 0) {
      return subset(selector?.matchLabels, pod.labels);
    }
    const gateway = pod.labels['gateway.networking.k8s.io/gateway-name'];
    return (
      gateway !== undefined &&
      namespaceOf(policy) === pod.namespace &&
      refs.some((ref) => ref.group === 'gateway.networking.k8s.io' && ref.kind === 'Gateway' && ref.name === gateway)
    );
  }

  private attributes(flow: ResolvedFlow, destination: Pod): Attributes {
    const { from, port, request } = flow;
    const principal =
      from.kind === 'pod' && this.mtls.encrypts(flow)
        ? `${this.options.trustDomain}/ns/${from.pod.namespace}/sa/${from.pod.serviceAccount}`
        : undefined;
    const accepted = this.acceptsToken(request.principal, destination);
    return {
      tcp: !isHttp(flow) || !this.readsHttp(destination, port),
      principal,
      sourceIp: from.ip,
      port,
      method: request.method ?? (isHttp(flow) ? 'GET' : undefined),
      path: request.path ?? (isHttp(flow) ? '/' : undefined),
      authority: request.authority ?? request.host,
      headers: request.headers ?? {},
      requestPrincipal: accepted ? request.principal : undefined,
      claims: accepted ? (request.claims ?? {}) : {},
    };
  }

  /** Without a Service the proxy sniffs (listener_inbound.go, passthrough chains); a Service's port may say it is opaque. */
  private readsHttp(pod: Pod, port: number): boolean {
    const protocols = this.services
      .leadingTo(pod, port)
      .flatMap((service) => service.ports.filter((p) => targetOf(p, pod) === port).map((p) => p.protocol))
      .filter((protocol) => protocol !== 'UDP');
    const http = protocols.filter(isHttpProtocol);
    if (http.length > 0 && http.length < protocols.length) {
      throw new Unsupported(`${pod.id}:${port}: its Services disagree on the protocol (${protocols.join(', ')})`);
    }
    return protocols.length === 0 || http.length > 0;
  }

  /** A token is read only where a RequestAuthentication names its issuer; otherwise the request is as one without. */
  private acceptsToken(principal: string | undefined, pod: Pod): boolean {
    const issuer = principal?.slice(0, principal.lastIndexOf('/'));
    return (
      issuer !== undefined &&
      this.authentications.some(
        (object) =>
          this.attaches(object, pod) &&
          (specOf<RequestAuthenticationSpec>(object).jwtRules ?? []).some((rule) => rule.issuer === issuer),
      )
    );
  }
}

function actionOf(policy: KubeObject): string {
  const action = specOf<AuthorizationPolicySpec>(policy).action ?? 'ALLOW';
  if (!['ALLOW', 'DENY', 'AUDIT'].includes(action)) {
    throw new Unsupported(`${idOf(policy)}: action ${action} asks somebody outside; it cannot be decided from manifests`);
  }
  return action;
}
