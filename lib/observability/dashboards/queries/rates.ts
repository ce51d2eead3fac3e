import { type Matchers, series } from '../../../promql/selector';

/** Four scrapes or more, whatever the time line shows: https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval */
const WINDOW = '$__rate_interval';

export const rate = (metric: string, matchers: Matchers): string => `rate(${series(metric, matchers)}[${WINDOW}])`;

export const increase = (metric: string, matchers: Matchers): string => `increase(${series(metric, matchers)}[${WINDOW}])`;

export const sumBy = (labels: readonly string[], vector: string): string => `sum by (${labels.join(', ')}) (${vector})`;

export const maxBy = (labels: readonly string[], vector: string): string => `max by (${labels.join(', ')}) (${vector})`;

/** A share; where there is nothing to take it of, there is none: no traffic is not perfect traffic. */
export const share = (part: string, whole: string): string => `${part} / (${whole} > 0)`;

/** The label `to` with the value of another, or with what the regular expression takes of it. */
export const relabel = (vector: string, to: string, from: string, regex = '(.+)'): string =>
  `label_replace(${vector}, "${to}", "$1", "${from}", "${regex}")`;
