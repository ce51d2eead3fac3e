import type { AlertCase } from '../scenario';
import { BUDGET_BURN } from './budget-burn';
import { NAMESPACE, RELEASES } from './controllers';
import { CONNECTIONS, SECURITY } from './mesh';
import { SATURATION, WORKLOAD } from './pods';
import { PRESENCE, SPIKES } from './requests';

const WRITTEN: readonly AlertCase[] = [
  ...BUDGET_BURN,
  ...SPIKES,
  ...PRESENCE,
  ...SATURATION,
  ...CONNECTIONS,
  ...WORKLOAD,
  ...RELEASES,
  ...SECURITY,
  ...NAMESPACE,
];

/** The same history somewhere else, for each label that says where: none of this alert's business. */
function elsewhere(one: AlertCase): AlertCase[] {
  return (one.onlyWith ?? []).map((label) => {
    const other = label === 'pod' ? 'payments-api-7c9f8d5b6c-x2vbq' : 'elsewhere';
    return {
      ...one,
      what: `${one.what}, with another ${label}`,
      input: one.input.map(({ series, values }) => ({
        series: series.replace(new RegExp(`([{,]${label}=)"[^"]*"`), `$1"${other}"`),
        values,
      })),
      expect: one.expect.map(({ at }) => ({ at, firing: 0 })),
    };
  });
}

/** Every case of every alert. */
export const CASES: readonly AlertCase[] = WRITTEN.flatMap((one) => [one, ...elsewhere(one)]);
