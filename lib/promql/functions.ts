/** https://prometheus.io/docs/prometheus/latest/querying/basics/#expression-language-data-types */
export type ValueType = 'scalar' | 'string' | 'vector' | 'matrix';

export interface Signature {
  readonly takes: readonly ValueType[];
  /** How many of the arguments, from the end, may be left out. */
  readonly optional: number;
  /** Whether the last argument may come again. */
  readonly more: boolean;
  readonly gives: ValueType;
}

const LETTERS: Readonly<Record<string, ValueType>> = { s: 'scalar', t: 'string', v: 'vector', m: 'matrix' };

/**
 * The functions of Prometheus by what they take: scalars, texts, vectors, matrices; in brackets what may be left out, and
 * `…` where the last may come again. All give a vector, unless the line says otherwise.
 * https://github.com/prometheus/prometheus/blob/v3.10.0/promql/parser/functions.go
 */
const TABLE: Readonly<Record<string, string>> = {
  v:
    'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_sum ' +
    'histogram_stddev histogram_stdvar ln log10 log2 rad sgn sin sinh sort sort_desc sqrt tan tanh timestamp',
  m:
    'absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate last_over_time ' +
    'mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time ' +
    'ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time',
  '[v]': 'days_in_month day_of_month day_of_week day_of_year hour minute month year',
  'v[s]': 'round',
  'v[v]': 'info',
  vs: 'clamp_max clamp_min',
  vss: 'clamp',
  ms: 'predict_linear',
  mss: 'double_exponential_smoothing',
  sm: 'quantile_over_time',
  sv: 'histogram_quantile',
  ssv: 'histogram_fraction',
  'vts…': 'histogram_quantiles',
  vtttt: 'label_replace',
  'vttt…': 'label_join',
  'vt…': 'sort_by_label sort_by_label_desc',
  s: 'vector',
  'v → s': 'scalar',
  ' → s': 'end pi range start step time',
};

function signature(text: string): Signature {
  const [takes, gives = 'v'] = text.split(' → ') as [string, string?];
  const letters = [...takes].filter((letter) => letter in LETTERS);
  return {
    takes: letters.map((letter) => LETTERS[letter]!),
    optional: /\[(.*)\]/.exec(takes)?.[1]?.length ?? 0,
    more: takes.endsWith('…'),
    gives: LETTERS[gives]!,
  };
}

export const FUNCTIONS: ReadonlyMap<string, Signature> = new Map(
  Object.entries(TABLE).flatMap(([text, names]) => names.split(' ').map((name) => [name, signature(text)] as const)),
);

/** What an aggregation takes before the vector. */
export const AGGREGATION_PARAMETERS: Readonly<Record<string, ValueType>> = {
  topk: 'scalar',
  bottomk: 'scalar',
  quantile: 'scalar',
  limitk: 'scalar',
  limit_ratio: 'scalar',
  count_values: 'string',
};
