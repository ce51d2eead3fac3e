/** Plain Kubernetes objects, as they come out of a YAML parser, and the few ways in which the evaluator reads them. */

export interface ObjectMeta {
  name?: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface KubeObject {
  apiVersion?: string;
  kind?: string;
  metadata?: ObjectMeta;
  /** Everything else, untyped: the modules that interpret a kind give its spec a type. */
  [field: string]: unknown;
}

/** The kinds that the evaluator understands, each with its API group: Knative, too, has a `Service`. */
const GROUPS = {
  Namespace: '',
  Service: '',
  NetworkPolicy: 'networking.k8s.io',
  AuthorizationPolicy: 'security.istio.io',
  PeerAuthentication: 'security.istio.io',
  RequestAuthentication: 'security.istio.io',
  Sidecar: 'networking.istio.io',
  ServiceEntry: 'networking.istio.io',
  VirtualService: 'networking.istio.io',
  DestinationRule: 'networking.istio.io',
  Gateway: 'networking.istio.io',
} as const;

export type GuardKind = keyof typeof GROUPS;

/** Kinds with other rules for the same traffic. To overlook one would be to answer wrongly. */
const BEYOND_US = [
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'GlobalNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
];

/** Something that the evaluator would have to guess at. It never guesses. */
export class Unsupported extends Error {
  override name = 'Unsupported';
}

export function groupOf(object: KubeObject): string {
  const [group, version] = (object.apiVersion ?? '').split('/');
  return version === undefined ? '' : (group ?? '');
}

export function isKind(object: KubeObject, kind: GuardKind): boolean {
  return object.kind === kind && groupOf(object) === GROUPS[kind];
}

export function ofKind(objects: readonly KubeObject[], kind: GuardKind): KubeObject[] {
  return objects.filter((object) => isKind(object, kind));
}

export function refuseForeignGuards(objects: readonly KubeObject[]): void {
  for (const object of objects) {
    if (BEYOND_US.includes(object.kind ?? '')) {
      throw new Unsupported(`${idOf(object)}: this evaluator does not know the kind, and it decides over the same traffic`);
    }
  }
}

export function nameOf(object: KubeObject): string {
  return object.metadata?.name ?? '';
}

/** An object without a namespace lands in `default`, as with kubectl without one. */
export function namespaceOf(object: KubeObject): string {
  return object.metadata?.namespace ?? 'default';
}

/** `NetworkPolicy/banking/ledger`: how verdicts and mutations name an object. */
export function idOf(object: KubeObject): string {
  return `${object.kind ?? '?'}/${namespaceOf(object)}/${nameOf(object)}`;
}

export function specOf<Spec extends object>(object: KubeObject): Spec {
  return (object['spec'] ?? {}) as Spec;
}

const UNDERSTOOD = new WeakSet<object>();

/** Throws for a field that nobody here interprets, so that an evaluator too old for its input is heard of. */
export function onlyKnown(where: string, value: object, known: readonly string[]): void {
  if (UNDERSTOOD.has(value)) return; // objects are never changed, and each part is always read as the same thing
  const stranger = Object.keys(value).find((field) => !known.includes(field));
  if (stranger !== undefined) {
    throw new Unsupported(`${where}: the evaluator does not know the field '${stranger}'; it knows ${known.join(', ')}`);
  }
  UNDERSTOOD.add(value);
}
