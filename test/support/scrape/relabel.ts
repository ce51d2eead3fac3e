/* Relabelling as Prometheus does it: model/relabel/relabel.go. Only what Prometheus' operator and our monitors use. */

export type Labels = Readonly<Record<string, string>>;

export interface RelabelConfig {
  readonly sourceLabels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly targetLabel?: string;
  readonly replacement?: string;
  readonly action?: string;
}

/** The labels after all steps, or undefined when one of them drops the target. */
export function relabel(labels: Labels, configs: readonly RelabelConfig[]): Labels | undefined {
  let now: Record<string, string> = { ...labels };
  for (const {
    sourceLabels = [],
    separator = ';',
    regex = '(.*)',
    targetLabel,
    replacement = '$1',
    action = 'replace',
  } of configs) {
    const pattern = new RegExp(`^(?:${regex})$`, 's');
    const value = sourceLabels.map((name) => now[name] ?? '').join(separator);
    const found = pattern.exec(value);
    if (action === 'keep' || action === 'drop') {
      if ((found !== null) !== (action === 'keep')) return undefined;
    } else if (action === 'labeldrop') {
      now = Object.fromEntries(Object.entries(now).filter(([name]) => !pattern.test(name)));
    } else if (action === 'replace' && targetLabel !== undefined) {
      if (found === null) continue;
      const text = replacement.replace(/\$(?:\{(\d+)\}|(\d+))/g, (_, a?: string, b?: string) => found[Number(a ?? b)] ?? '');
      // An empty label is none.
      if (text === '') delete now[targetLabel];
      else now[targetLabel] = text;
    } else {
      throw new Error(`action ${action} is not known here`);
    }
  }
  return now;
}

/** A name in which no character is left that a label may not have: strutil.SanitizeLabelName. */
export const sanitized = (name: string): string => name.replace(/[^A-Za-z0-9_]/g, '_');
