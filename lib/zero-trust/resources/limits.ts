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

/** Defaults for containers that name no resources. A limit is given only where one is named. */
export function limitRange(
  requests: ContainerDefaults['requests'],
  limits: Partial<ContainerDefaults['limits']>,
): k8s.LimitRangeSpec {
  const given: [string, string | undefined][] = [
    ['cpu', limits.cpu],
    ['memory', limits.memory],
    ['ephemeral-storage', limits.ephemeralStorage],
  ];
  const named = given.flatMap(([key, text]) => (text === undefined ? [] : [[key, quantity(text)] as const]));
  return {
    limits: [
      {
        type: 'Container',
        defaultRequest: {
          cpu: quantity(requests.cpu),
          memory: quantity(requests.memory),
          'ephemeral-storage': quantity(requests.ephemeralStorage),
        },
        default: named.length ? Object.fromEntries(named) : undefined,
      },
    ],
  };
}
