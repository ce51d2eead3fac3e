import type { RanQuery } from './panels';
import type { Series } from './prometheus';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export const escaped = (value: string): string => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
export const round = (value: number): string => String(Math.round(value * 10) / 10);

export function text(x: number, y: number, content: string, kind = '', more = ''): string {
  return `<text x="${round(x)}" y="${round(y)}"${kind ? ` class="${kind}"` : ''}${more}>${escaped(content)}</text>`;
}

/** As many characters as fit. */
export function fitted(content: string, width: number, each = 6): string {
  const room = Math.max(3, Math.floor(width / each));
  return content.length <= room ? content : `${content.slice(0, room - 1)}…`;
}

/** What a series is called: the legend with its labels. */
export function legendOf({ legend }: RanQuery, { metric }: Series): string {
  return legend.replace(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? '');
}

/** The last number of a series. */
export function last({ value, values }: Series): number {
  return Number((value ?? values?.at(-1))?.[1]);
}
