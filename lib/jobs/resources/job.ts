import { k8s } from 'cdk8s-plus-28';
import { affinity } from '../../banking-service/resources/affinity';
import { hardened } from '../../banking-service/resources/pod-template';
import { CANONICAL_NAME_LABEL, CANONICAL_REVISION_LABEL, VERSION_LABEL, WORKLOAD_LABEL, ownLabels } from '../../kernel/labels';
import { sortedBy } from '../../kernel/order';
import type { PlatformModel } from '../../platform/model';
import { atLeast } from '../../platform/versions';
import type { JobModel } from '../model';
import { proxyAnnotations } from '../proxy';

/** `podReplacementPolicy`: on by default (beta) since 1.29. https://github.com/kubernetes/enhancements/issues/3939 */
const REPLACEMENT_POLICY_SINCE = { major: 1, minor: 29 } as const;

/**
 * Keeps the autoscalers of nodes from taking a pod that is at work. A drain by hand still can.
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#what-types-of-pods-can-prevent-ca-from-removing-a-node
 * https://karpenter.sh/docs/concepts/disruption/#pod-level-controls
 */
const UNDISTURBED = { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false', 'karpenter.sh/do-not-disrupt': 'true' };

/** Labels that all pods of a Job carry, whatever it runs: what guards select by. */
export const jobSelector = (name: string): Record<string, string> => ({ [WORKLOAD_LABEL]: name });

/**
 * The Job: one pod at a time, tried again so often, stopped when its time is up. The pod is guarded as a service's is, and its
 * service account is its own.
 */
export function job(model: JobModel, namespace: string, platform: PlatformModel): k8s.JobSpec {
  const { name, version, security } = model;
  return {
    backoffLimit: model.retries,
    activeDeadlineSeconds: model.deadline,
    ttlSecondsAfterFinished: model.delivery.ttl,
    // A pod that a drain took says nothing about the work.
    podFailurePolicy: {
      rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }], onExitCodes: undefined }],
    },
    // Two pods that do the same work at once is what a Job must not have: the next one waits until the last one is gone.
    podReplacementPolicy: atLeast(platform.kubernetes, REPLACEMENT_POLICY_SINCE.major, REPLACEMENT_POLICY_SINCE.minor)
      ? 'Failed'
      : undefined,
    template: {
      metadata: {
        labels: {
          ...model.labels,
          ...ownLabels(name, namespace),
          ...jobSelector(name),
          app: name,
          [VERSION_LABEL]: version,
          [CANONICAL_NAME_LABEL]: name,
          [CANONICAL_REVISION_LABEL]: version,
        },
        annotations: { ...model.podAnnotations, ...(model.undisturbed ? UNDISTURBED : {}), ...proxyAnnotations(platform) },
      },
      spec: {
        restartPolicy: 'Never',
        serviceAccountName: name,
        automountServiceAccountToken: model.token,
        enableServiceLinks: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: security.user,
          runAsGroup: security.group,
          fsGroup: security.group,
          fsGroupChangePolicy: 'OnRootMismatch',
          seccompProfile: { type: 'RuntimeDefault' },
        },
        imagePullSecrets: model.imagePullSecrets.length ? model.imagePullSecrets.map((secret) => ({ name: secret })) : undefined,
        ...placed(model),
        containers: [hardened(container(model)) as unknown as k8s.Container],
        volumes: volumes(model),
      },
    },
  };
}

function placed({ placement }: JobModel): Partial<k8s.PodSpec> {
  return {
    nodeSelector: placement.nodeSelector && { ...placement.nodeSelector },
    tolerations: placement.tolerations.length ? placement.tolerations.map((one) => ({ ...one })) : undefined,
    affinity: affinity(undefined, placement) as k8s.Affinity | undefined,
    schedulerName: placement.schedulerName,
  };
}

function container(model: JobModel) {
  const { requests, limits, ephemeralStorage: disk } = model.resources;
  const quantities = (of: Readonly<Record<string, string | undefined>>) =>
    Object.fromEntries(
      Object.entries(of).flatMap(([key, text]) => (text === undefined ? [] : [[key, k8s.Quantity.fromString(text)]])),
    );
  const gpu = model.placement.gpu && { [model.placement.gpu.resource]: String(model.placement.gpu.count) };
  return {
    name: model.name,
    image: model.image,
    imagePullPolicy: model.imagePullPolicy,
    command: [...model.command],
    env: environment(model),
    resources: {
      requests: quantities({ ...requests, 'ephemeral-storage': disk }),
      limits: quantities({ ...limits, 'ephemeral-storage': disk, ...gpu }),
    },
    securityContext: { runAsUser: model.security.user, runAsGroup: model.security.group },
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      ...model.security.writablePaths.map((mountPath, i) => ({ name: `scratch-${i}`, mountPath })),
      ...(model.files ? [{ name: 'files', mountPath: model.files.path, readOnly: true }] : []),
    ],
    // What a failed pod wrote last shows in its status, where it is looked for first.
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
}

/** Sorted by name, so that the order in which they were thought of does not matter. */
function environment({ env, secretEnv }: JobModel): k8s.EnvVar[] {
  const plain = Object.entries(env).map(([name, value]): k8s.EnvVar => ({ name, value }));
  const secret = Object.entries(secretEnv).map(([name, { secret: from, key }]): k8s.EnvVar => ({
    name,
    valueFrom: { secretKeyRef: { name: from, key } },
  }));
  return sortedBy([...plain, ...secret], ({ name }) => name);
}

function volumes({ security, files }: JobModel): k8s.Volume[] {
  return [
    { name: 'tmp', emptyDir: {} },
    ...security.writablePaths.map((_, i): k8s.Volume => ({ name: `scratch-${i}`, emptyDir: {} })),
    ...(files ? [{ name: 'files', configMap: { name: files.name } }] : []),
  ];
}
