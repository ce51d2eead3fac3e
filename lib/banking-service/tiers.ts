/** How much depends on a service. The table of values is in this room's README.md. */
export enum ServiceTier {
  /** Money moves here, or everything waits for it. */
  CRITICAL = 'critical',
  STANDARD = 'standard',
  /** Helpers with little load. */
  SMALL = 'small',
}

/** What a tier decides; each value is also a prop of its own. */
export interface TierDefaults {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Seconds that a new pod must stay ready before it counts. */
  readonly minReadySeconds: number;
  /** Value of the tier's PriorityClass; undefined means the cluster's default priority. */
  readonly priority?: number;
  /** What to do with a pod that would make the zones uneven. */
  readonly zoneSpread: 'DoNotSchedule' | 'ScheduleAnyway';
}

export const TIERS: Readonly<Record<ServiceTier, TierDefaults>> = {
  [ServiceTier.CRITICAL]: {
    requests: { cpu: '500m', memory: '1Gi' },
    limits: { cpu: '1', memory: '2Gi' },
    minReplicas: 3,
    maxReplicas: 10,
    minReadySeconds: 10,
    priority: 1_000_000,
    zoneSpread: 'DoNotSchedule',
  },
  [ServiceTier.STANDARD]: {
    requests: { cpu: '500m', memory: '512Mi' },
    limits: { cpu: '1', memory: '1Gi' },
    minReplicas: 3,
    maxReplicas: 20,
    minReadySeconds: 10,
    zoneSpread: 'ScheduleAnyway',
  },
  [ServiceTier.SMALL]: {
    requests: { cpu: '250m', memory: '512Mi' },
    limits: { cpu: '500m', memory: '1Gi' },
    minReplicas: 2,
    maxReplicas: 4,
    minReadySeconds: 5,
    zoneSpread: 'ScheduleAnyway',
  },
};
