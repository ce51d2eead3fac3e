import { k8s } from 'cdk8s-plus-28';

const quantity = (text: string) => k8s.Quantity.fromString(text);

/** What a container gets that says nothing of its own: enough to start, too little to hurt its neighbours. */
export interface ContainerDefaults {
  readonly requests: { readonly cpu: string; readonly memory: string; readonly ephemeralStorage: string };
  readonly limits: { readonly cpu?: string; readonly memory: string; readonly ephemeralStorage: string };
}

/** Hard limits of the namespace, as a ResourceQuota takes them. */
export function resourceQuota(hard: Readonly<Record<string, string>>): k8s.ResourceQuotaSpec {
  return { hard: Object.fromEntries(Object.entries(hard).map(([key, text]) => [key, quantity(text)])) };
}

/** Defaults for containers that name no resources, without which the quota would refuse them. */
export function limitRange({
  requests,
  limits,
}: Pick<ContainerDefaults, 'requests'> & Partial<ContainerDefaults>): k8s.LimitRangeSpec {
  return {
    limits: [
      {
        type: 'Container',
        defaultRequest: {
          cpu: quantity(requests.cpu),
          memory: quantity(requests.memory),
          'ephemeral-storage': quantity(requests.ephemeralStorage),
        },
        default: limits && {
          ...(limits.cpu === undefined ? {} : { cpu: quantity(limits.cpu) }),
          memory: quantity(limits.memory),
          'ephemeral-storage': quantity(limits.ephemeralStorage),
        },
      },
    ],
  };
}
