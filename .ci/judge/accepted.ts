import { parse } from 'yaml';
import type { Finding } from './model';

/** Findings that stay, and why: one decision. */
export interface Acceptance {
  readonly judge: string;
  readonly rule: string;
  /** Globs of `system Kind namespace/name`; `*` stands for anything. Each must match something. */
  readonly where: readonly string[];
  readonly reason: string;
}

/** A finding that somebody answers for, or nobody. */
export interface Judged extends Finding {
  readonly acceptance?: Acceptance;
}

const FIELDS = ['judge', 'reason', 'rule', 'where'];
const SHORTEST_REASON = 40;

/** @throws Error that lists every entry that is not whole: a finding without a reason is not accepted */
export function parseAccepted(text: string, judges: readonly string[]): Acceptance[] {
  const entries = parse(text) as readonly Record<string, unknown>[];
  const problems = entries.flatMap((entry, i) => {
    const at = `entry ${i + 1} (${String(entry.judge)} ${String(entry.rule)})`;
    const unknown = Object.keys(entry).filter((key) => !FIELDS.includes(key));
    const { judge, rule, where, reason } = entry;
    return [
      ...unknown.map((key) => `${at}: ${key} is no field; the fields are ${FIELDS.join(', ')}`),
      ...(judges.includes(String(judge)) ? [] : [`${at}: there is no such judge; there are ${judges.join(', ')}`]),
      ...(typeof rule === 'string' && rule !== '' ? [] : [`${at}: rule names no rule`]),
      ...(isTexts(where) ? [] : [`${at}: where is a list of patterns of "system Kind namespace/name"`]),
      ...(typeof reason === 'string' && reason.length >= SHORTEST_REASON
        ? []
        : [`${at}: a reason is a sentence that an auditor would accept`]),
    ];
  });
  if (problems.length > 0) throw new Error(`accepted findings:\n  ${problems.join('\n  ')}`);
  return entries as unknown as Acceptance[];
}

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string' && one !== '');

const matches = (glob: string, { system, object }: Finding): boolean =>
  new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's').test(`${system} ${object}`);

/** Each finding of one judge with the first decision that covers it. */
export function judged(judge: string, findings: readonly Finding[], accepted: readonly Acceptance[]): Judged[] {
  const own = accepted.filter((one) => one.judge === judge);
  return findings.map((finding) => ({
    ...finding,
    acceptance: own.find((one) => one.rule === finding.rule && one.where.some((glob) => matches(glob, finding))),
  }));
}

/** What was accepted and is found no more, pattern by pattern: a decision about nothing would hide what comes next. */
export function stale(judge: string, findings: readonly Judged[], accepted: readonly Acceptance[]): string[] {
  return accepted
    .filter((one) => one.judge === judge)
    .flatMap((one) => {
      const covered = findings.filter(({ acceptance }) => acceptance === one);
      return one.where
        .filter((glob) => !covered.some((finding) => matches(glob, finding)))
        .map((glob) => `${judge} ${one.rule}: accepted at "${glob}", where it is not found; remove it`);
    });
}
