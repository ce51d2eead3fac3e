import { parseCidr } from '../../../../lib/kernel/cidr';

/** IPv4 addresses, both ends included, as numbers. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** @param text a CIDR block, or `10.0.0.0-10.0.255.255` as netpol-analyzer writes it */
export function rangeOf(text: string): Range {
  if (!text.includes('/')) {
    const [from, to] = text.split('-').map((address) => Number(parseCidr(`${address}/32`).bits));
    return { from: from!, to: to! };
  }
  const { bits, prefix } = parseCidr(text);
  return { from: Number(bits), to: Number(bits) + 2 ** (32 - prefix) - 1 };
}

export const isVersion4 = (cidr: string): boolean => parseCidr(cidr).family === 4;

/** The same addresses in as few ranges as there can be, in rising order. */
export function union(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && range.from <= last.to + 1) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else merged.push(range);
  }
  return merged;
}

/** What is in the first and not in the second. */
export function without(ranges: readonly Range[], taken: readonly Range[]): Range[] {
  return union(taken).reduce<Range[]>(
    (left, { from, to }) =>
      left.flatMap((range) => {
        if (range.to < from || range.from > to) return [range];
        return [
          ...(range.from < from ? [{ from: range.from, to: from - 1 }] : []),
          ...(range.to > to ? [{ from: to + 1, to: range.to }] : []),
        ];
      }),
    union(ranges),
  );
}

const address = (bits: number): string => [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.');

export const showRange = ({ from, to }: Range): string => (from === to ? address(from) : `${address(from)}-${address(to)}`);
