import { Problems, show } from '../kernel/errors';
import { deepFreeze } from '../kernel/freeze';
import { WORKLOAD_LABEL, isLabelKey, labelProblems } from '../kernel/labels';
import { dnsLabel } from '../kernel/names';
import { bytes, milliCpu } from '../kernel/quantity';
import { ANYTHING, TEXT, fitProps, listOf, madeBy, mapOf, oneOf, propsOf, type Shapes } from '../kernel/shape';
import type { PlatformModel } from '../platform/model';
import { Platform } from '../platform/platform';
import { CONTAINER_RESOURCES } from '../platform/shapes';
import { type AccessProps, Subject } from './access';
import { Mtls } from './mtls';
import { QUOTA, type QuotaProps, quotaProblems } from './quota';
import type { ContainerDefaults } from './resources/limits';

/** The Pod Security levels. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export enum PodSecurity {
  PRIVILEGED = 'privileged',
  BASELINE = 'baseline',
  RESTRICTED = 'restricted',
}

export interface ZeroTrustNamespaceProps {
  /** Name of the namespace. */
  readonly name: string;
  /** What the manifests assume of the cluster. @default - a Platform with all its defaults */
  readonly platform?: Platform;
  /** @default Mtls.strict() */
  readonly mtls?: Mtls;
  /**
   * The level that pods must meet to be admitted.
   * @default PodSecurity.RESTRICTED; PRIVILEGED where the platform has no istio-cni, since istio-init is refused otherwise
   */
  readonly podSecurity?: PodSecurity;
  /** Hard limits. What is left out is exactly what the services in it can ask for at maximum scale, surge and proxies included. */
  readonly quota?: QuotaProps;
  /** What containers get that name no resources. @default requests 100m, 128Mi, and 128Mi of disk; limits 500m, 256Mi, and 1Gi of disk */
  readonly containerDefaults?: ContainerDefaults;
  /** Who may look and who may deploy. @default - the roles exist, and nobody has them */
  readonly access?: AccessProps;
  /** Labels added to the Namespace. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations added to the Namespace. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The props with every default filled in. Frozen. */
export interface NamespaceModel {
  readonly name: string;
  readonly platform: PlatformModel;
  readonly mtls: Mtls;
  readonly podSecurity: PodSecurity;
  readonly quota: QuotaProps;
  readonly containerDefaults: ContainerDefaults;
  readonly access: Required<AccessProps>;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const DEFAULTS: ContainerDefaults = {
  requests: { cpu: '100m', memory: '128Mi', ephemeralStorage: '128Mi' },
  limits: { cpu: '500m', memory: '256Mi', ephemeralStorage: '1Gi' },
};

const SUBJECTS = listOf(madeBy(Subject, 'Subject.group("…"), Subject.user("…") or Subject.serviceAccount(…)'));

const NAMESPACE: Shapes<ZeroTrustNamespaceProps> = {
  name: ANYTHING,
  platform: madeBy(Platform, 'new Platform({ … })'),
  mtls: madeBy(Mtls, 'Mtls.strict() or Mtls.migrate({ … })'),
  podSecurity: oneOf(...Object.values(PodSecurity)),
  quota: QUOTA,
  containerDefaults: CONTAINER_RESOURCES,
  access: propsOf<AccessProps>({ readers: SUBJECTS, deployers: SUBJECTS }),
  labels: mapOf(TEXT),
  annotations: mapOf(TEXT),
};

/** Namespaces that the cluster needs for itself; default deny there takes it down. */
const SYSTEM = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** Labels that we set ourselves: a second value would undo what they guard. */
const OWNED = /^(istio-injection|istio\.io\/rev|pod-security\.kubernetes\.io\/.*|kubernetes\.io\/metadata\.name)$/;

/** A collector that is no workload of ours, and would be cut off; one of ours lives in a namespace like any other. */
function foreignCollector({ traceCollector }: PlatformModel): PlatformModel['traceCollector'] {
  return traceCollector && WORKLOAD_LABEL in traceCollector.podLabels ? undefined : traceCollector;
}

/** Validates the props and fills in the defaults. @throws ConfigError that lists every problem. */
export function resolveNamespace(given: ZeroTrustNamespaceProps): NamespaceModel {
  const problems = new Problems(`namespace ${show(given?.name)}`);
  const props = fitProps(given, NAMESPACE, problems);
  problems.take(() => dnsLabel(props.name), undefined, 'name');
  const platform = (props.platform ?? new Platform()).model;
  const reserved = [
    ...SYSTEM,
    platform.istio.rootNamespace,
    ...[platform.dns, platform.ingressGateway, platform.egressGateway, platform.prometheus, foreignCollector(platform)].map(
      (of) => of?.namespace,
    ),
  ];
  problems.check(
    props.name === undefined || !reserved.includes(props.name),
    `${show(props.name)} belongs to the cluster, and default deny would cut it off; make a namespace for the application`,
    'name',
  );
  const mtls = props.mtls ?? Mtls.strict();
  mtls.validate(problems);
  const podSecurity = props.podSecurity ?? (platform.istio.cni ? PodSecurity.RESTRICTED : PodSecurity.PRIVILEGED);
  problems.check(
    platform.istio.cni || podSecurity === PodSecurity.PRIVILEGED,
    `${podSecurity} refuses istio-init, which the proxy needs where istio-cni is not installed; install istio-cni, or set PodSecurity.PRIVILEGED`,
    'podSecurity',
  );
  quotaProblems(props.quota ?? {}).forEach((what) => problems.add(what, 'quota'));
  const containerDefaults = props.containerDefaults ?? DEFAULTS;
  containerDefaultsProblems(containerDefaults, problems);
  const access = { readers: props.access?.readers ?? [], deployers: props.access?.deployers ?? [] };
  access.readers.forEach((subject) => subject.validate(problems, 'access.readers'));
  access.deployers.forEach((subject) => subject.validate(problems, 'access.deployers'));
  labelProblems(props.labels ?? {}).forEach((what) => problems.add(what, 'labels'));
  for (const key of Object.keys(props.labels ?? {})) {
    problems.check(
      !OWNED.test(key),
      `${key} is set by this construct; use the prop for it (podSecurity, or the platform's istio.revision)`,
      'labels',
    );
  }
  for (const key of Object.keys(props.annotations ?? {})) {
    problems.check(
      isLabelKey(key),
      `${show(key)} is not an annotation key; use [prefix/]name with up to 63 characters`,
      'annotations',
    );
  }
  problems.throwIfAny();
  return deepFreeze({
    name: props.name,
    platform,
    mtls,
    podSecurity,
    quota: { ...props.quota },
    containerDefaults,
    access,
    labels: { ...props.labels },
    annotations: { ...props.annotations },
  });
}

function containerDefaultsProblems({ requests, limits }: Partial<ContainerDefaults>, problems: Problems): void {
  const part = 'containerDefaults';
  const pairs = [
    ['cpu', milliCpu, requests?.cpu, limits?.cpu],
    ['memory', bytes, requests?.memory, limits?.memory],
    ['ephemeralStorage', bytes, requests?.ephemeralStorage, limits?.ephemeralStorage],
  ] as const;
  for (const [what, parse, request, limit] of pairs) {
    const least = problems.take(() => parse(request as string), 0, `${part}.requests.${what}`);
    // Only a CPU limit can be left out.
    const open = what === 'cpu' && limit === undefined;
    const most = open ? Infinity : problems.take(() => parse(limit as string), Infinity, `${part}.limits.${what}`);
    problems.check(
      least <= most,
      `${what} requests ${request} exceed the limit of ${limit}; a container must request no more than it may use`,
      part,
    );
  }
}
