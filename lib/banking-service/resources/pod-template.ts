import type { ServiceModel } from '../model';
import { affinity } from './affinity';
import type { Wire, WireContainer, WirePodTemplate } from './wire-pod';

/** Spread terms select by what the Deployment selects by: Flagger rewrites this label, and only with this very value. */
function spread(track: string, zones: string): Wire[] {
  const base = { labelSelector: { matchLabels: { app: track } }, matchLabelKeys: ['pod-template-hash'], maxSkew: 1 };
  return [
    // A zone that is down must not hold pods back elsewhere: nodes tainted for being unreachable are not counted.
    { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: zones, nodeTaintsPolicy: 'Honor', ...base },
    { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', ...base },
  ];
}

/** What Pod Security `restricted` demands of every container; what a container says itself is kept. */
export function hardened(container: WireContainer): WireContainer {
  const { privileged, capabilities, ...rest } = container.securityContext ?? {};
  return {
    ...container,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      ...rest,
      ...(privileged ? { privileged } : {}),
      // One that adds a capability says nothing of the others, which `restricted` wants dropped all the same.
      capabilities: { drop: ['ALL'], ...capabilities },
    },
  };
}

/**
 * Completes the pod that cdk8s-plus renders: what its API can't say (spread, priority, seccomp, probes by gRPC, the sleep
 * action), what makes it admissible, and without what only repeats the API server's defaults.
 */
export function podTemplate(
  template: WirePodTemplate,
  model: ServiceModel,
  track: string,
  priorityClass: string | undefined,
): Wire {
  const { 'cdk8s.io/metadata.addr': _path, ...labels } = template.metadata.labels;
  // What cdk8s-plus says of these are the API server's defaults, and nothing of its Deployment can change them later.
  const { dnsPolicy: _dns, hostNetwork: _host, restartPolicy: _restart, setHostnameAsFQDN: _fqdn, ...spec } = template.spec;
  const { placement, availability, shutdown } = model;
  return {
    metadata: { ...template.metadata, labels },
    // `{ ...spec, more }` would cost a hidden class for each field: V8 11 copies that of `spec` without what follows it.
    spec: Object.assign({}, spec, {
      containers: spec.containers.map((one) => hardened(one.name === model.name ? completed(one, model) : one)),
      initContainers: spec.initContainers?.map(hardened),
      securityContext: {
        ...spec.securityContext,
        seccompProfile: spec.securityContext?.seccompProfile ?? { type: 'RuntimeDefault' },
      },
      imagePullSecrets: model.imagePullSecrets.length ? model.imagePullSecrets.map((name) => ({ name })) : spec.imagePullSecrets,
      // Variables for every Service of the namespace tell a container more than it needs, and can clash with its own.
      enableServiceLinks: false,
      priorityClassName: priorityClass,
      schedulerName: placement.schedulerName,
      nodeSelector: placement.nodeSelector && { ...placement.nodeSelector },
      tolerations: nonEmpty([...(spec.tolerations ?? []), ...placement.tolerations]),
      affinity: affinity(spec.affinity, placement),
      topologySpreadConstraints: spread(track, availability.zoneSpread),
      terminationGracePeriodSeconds: shutdown.grace,
    }),
  };
}

/** The application's container: probes, a graceful end, named ports, GPUs. */
function completed(container: WireContainer, model: ServiceModel): WireContainer {
  const { health, ports, shutdown, placement } = model;
  const main = ports[0]!.targetPort;
  const { liveness, readiness, startup } = health.probes;
  const { requests, limits, ephemeralStorage } = model.resources;
  // A quantity, which the API describes as text.
  const gpu = placement.gpu && { [placement.gpu.resource]: String(placement.gpu.count) };
  // Not `{ ...container, … }`, as for the pod's spec.
  return Object.assign({}, container, {
    ports: [
      ...ports.map(({ name, targetPort }) => ({ name, containerPort: targetPort, protocol: 'TCP' })),
      // Those that were added through cdk8s-plus.
      ...(container.ports ?? []).filter((one) => !ports.some(({ targetPort }) => targetPort === one.containerPort)),
    ],
    livenessProbe: liveness.toJson(main),
    readinessProbe: readiness.toJson(main),
    startupProbe: startup?.toJson(main),
    lifecycle: {
      ...container.lifecycle,
      preStop: shutdown.preStopCommand
        ? { exec: { command: [...shutdown.preStopCommand] } }
        : { sleep: { seconds: shutdown.preStop } },
    },
    resources: {
      requests: { ...requests, 'ephemeral-storage': ephemeralStorage },
      limits: { ...limits, 'ephemeral-storage': ephemeralStorage, ...gpu },
    },
  });
}

function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length ? list : undefined;
}
