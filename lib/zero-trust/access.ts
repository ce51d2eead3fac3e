import { type Problems, show } from '../kernel/errors';
import { dnsSubdomain } from '../kernel/names';

/** Who a role is given to. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects */
export class Subject {
  /** A group of the cluster's identity provider. */
  static group(name: string): Subject {
    return new Subject('Group', name);
  }

  static user(name: string): Subject {
    return new Subject('User', name);
  }

  static serviceAccount(namespace: string, name: string): Subject {
    return new Subject('ServiceAccount', name, namespace);
  }

  private constructor(
    readonly kind: 'Group' | 'User' | 'ServiceAccount',
    readonly name: string,
    readonly namespace?: string,
  ) {}

  /** Groups that hold everybody: giving them a role gives it to the world. */
  private static readonly EVERYBODY = ['system:authenticated', 'system:unauthenticated', 'system:serviceaccounts'];

  /** Adds what is wrong with it. */
  validate(problems: Problems, part: string): void {
    if (this.kind === 'ServiceAccount') {
      problems.take(() => dnsSubdomain(this.name), undefined, part);
      problems.take(() => dnsSubdomain(this.namespace!), undefined, part);
      return;
    }
    problems.check(
      typeof this.name === 'string' && this.name.trim() === this.name && this.name !== '',
      `${show(this.name)} is not the name of a ${this.kind.toLowerCase()}; write it as the identity provider does, without blanks around it`,
      part,
    );
    problems.check(!Subject.EVERYBODY.includes(this.name), `${show(this.name)} is everybody; name a group of people`, part);
    problems.check(
      !String(this.name).includes('*'),
      `${show(this.name)} has a wildcard, which RBAC takes literally; name one subject`,
      part,
    );
  }
}

/** Who may do what in a namespace. */
export interface AccessProps {
  /** May look at workloads, pods, events and logs. @default - nobody */
  readonly readers?: readonly Subject[];
  /**
   * May apply what most services are made of; no secrets, no roles, no quota. RBAC can't tell the namespace's own NetworkPolicy,
   * AuthorizationPolicy and Sidecar from those of a service, so let GitOps heal them. PeerAuthentications (`mtlsExceptions`),
   * PriorityClasses and Certificates are applied by whoever made the namespace.
   * @default - nobody
   */
  readonly deployers?: readonly Subject[];
}
