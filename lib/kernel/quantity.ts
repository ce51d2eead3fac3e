import { show } from './errors';

/** Decimal and binary suffixes of a Kubernetes quantity, as exponents. */
const BINARY: Record<string, number> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };
const DECIMAL: Record<string, number> = { '': 0, k: 1, M: 2, G: 3, T: 4, P: 5, E: 6 };

/**
 * Reads a CPU quantity (`500m`, `1`, `1.5`) as whole millicores.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 * @throws RangeError when it is none, is finer than 1m, or is not above zero.
 */
export function milliCpu(text: string): number {
  const match = typeof text === 'string' ? /^([0-9]+(?:\.[0-9]+)?)(m?)$/.exec(text) : null;
  const value = match ? Number(match[1]) * (match[2] === 'm' ? 1 : 1000) : Number.NaN;
  const rounded = Math.round(value);
  if (!match || Math.abs(value - rounded) > 1e-6 || rounded <= 0 || !Number.isSafeInteger(rounded)) {
    throw new RangeError(`${show(text)} is not a CPU quantity; write it like "500m" or "1.5", in steps of 1m and above zero`);
  }
  return rounded;
}

/**
 * Reads a quantity of bytes (`512Mi`, `1Gi`, `1500M`).
 * @throws RangeError when it is none, or is not above zero.
 */
export function bytes(text: string): number {
  const match = typeof text === 'string' ? /^([0-9]+(?:\.[0-9]+)?)([KMGTPE]i|[kMGTPE]?)$/.exec(text) : null;
  if (match) {
    const suffix = match[2]!;
    const unit = suffix in BINARY ? 1024 ** BINARY[suffix]! : 1000 ** DECIMAL[suffix]!;
    const value = Number(match[1]) * unit;
    if (Number.isSafeInteger(value) && value > 0) return value;
  }
  throw new RangeError(`${show(text)} is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero`);
}

/** Millicores as Kubernetes writes them: `500m`, `2`. */
export function formatCpu(milli: number): string {
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** Bytes as Kubernetes writes them: the largest binary unit that divides them. */
export function formatBytes(value: number): string {
  for (const [suffix, power] of Object.entries(BINARY).reverse()) {
    const unit = 1024 ** power;
    if (value >= unit && value % unit === 0) return `${value / unit}${suffix}`;
  }
  return String(value);
}
