import { Unsupported } from './objects';

export type Labels = Readonly<Record<string, string>>;

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** Kubernetes' label selector; an empty one selects everything (apimachinery: meta/v1/helpers.go). */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  return (
    subset(selector.matchLabels, labels) &&
    (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn': // holds for an object without the label, too
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          throw new Unsupported(`label selector: operator '${operator}'; allowed are In, NotIn, Exists and DoesNotExist`);
      }
    })
  );
}

/** Istio's selectors know equality only; none at all, or an empty one, selects everything (policyattachment.go). */
export function subset(wanted: Record<string, string> | undefined, labels: Labels): boolean {
  // Asked more often than anything else here, and so without a list of what is wanted.
  for (const key in wanted) if (labels[key] !== wanted[key]) return false;
  return true;
}
