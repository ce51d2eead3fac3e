/** A query whose result Prometheus keeps as a series of its own. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A query that alerts as long as it gives something. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold. @default - it alerts at once */
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Rules that are evaluated one after the other, so that a later one may read what an earlier one has just recorded. */
export interface RuleGroup {
  readonly name: string;
  /** @default - Prometheus' own interval */
  readonly interval?: string;
  readonly rules: readonly (RecordingRule | AlertRule)[];
}

export const isAlert = (rule: RecordingRule | AlertRule): rule is AlertRule => 'alert' in rule;
