import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Acceptance, type Judged, judged, stale } from './accepted';
import { installed } from './install';
import { type Judge, NotRun } from './model';
import type { System } from './systems';

/** What became of one judge. Only `ran` without open findings, and `idle`, let a change through. */
export type Result = Figures &
  (
    | { readonly state: 'ran'; readonly read: number; readonly findings: readonly Judged[]; readonly stale: readonly string[] }
    /** There was nothing for it to read. */
    | { readonly state: 'idle'; readonly stale: readonly string[] }
    /** It cannot be had here. */
    | { readonly state: 'not run'; readonly why: string }
    /** It broke off. */
    | { readonly state: 'failed'; readonly why: string }
  );

export interface Figures {
  readonly judge: string;
  readonly says: string;
  readonly unit: string;
  readonly version: string;
  /** Seconds that its tools took to build, and that it took to run. */
  readonly building: number;
  readonly running: number;
}

export interface Session {
  readonly systems: readonly System[];
  readonly folder: string;
  readonly cache: string;
  readonly accepted: readonly Acceptance[];
  /** In seconds. */
  clock(): number;
  tell(line: string): void;
}

/** Runs one judge to its end, whatever becomes of it. */
export async function hear(judge: Judge, session: Session): Promise<Result> {
  const { name, says, unit = 'objects', tools } = judge;
  const figures = { judge: name, says, unit, version: tools[0]?.version ?? '', building: 0, running: 0 };
  if (judge.reads(session.systems) === 0) return { ...figures, state: 'idle', stale: stale(name, [], session.accepted) };
  let since = session.clock();
  const lap = (): number => {
    const seconds = session.clock() - since;
    since += seconds;
    return Math.round(seconds);
  };
  const folders: string[] = [];
  try {
    for (const tool of tools) {
      const { folder, built } = installed(tool, session.cache);
      folders.push(folder);
      if (built) session.tell(`${name}: built ${tool.name} ${tool.version}`);
    }
  } catch (error) {
    return { ...figures, building: lap(), state: 'not run', why: (error as Error).message };
  }
  const building = lap();
  const scratch = mkdtempSync(join(tmpdir(), 'judge-'));
  try {
    const bin = (program: string): string => programIn(folders, program);
    const { read, findings } = await judge.run({ scratch, systems: session.systems, folder: session.folder, bin });
    const answered = judged(name, findings, session.accepted);
    const unused = stale(name, answered, session.accepted);
    return { ...figures, building, running: lap(), state: 'ran', read, findings: answered, stale: unused };
  } catch (error) {
    const why = (error as Error).message;
    return { ...figures, building, running: lap(), state: error instanceof NotRun ? 'not run' : 'failed', why };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function programIn(folders: readonly string[], program: string): string {
  const found = folders.map((folder) => join(folder, 'bin', program)).find((file) => existsSync(file));
  if (!found) throw new Error(`none of its tools gives ${program}`);
  return found;
}

/** Everything that keeps a change out, in sentences; empty when nothing does. */
export function objections(
  results: readonly Result[],
  { strict, all = false }: { readonly strict: boolean; readonly all?: boolean },
): string[] {
  return results.flatMap((result) => {
    switch (result.state) {
      case 'ran':
        return [...unanswered(result.judge, result.findings, all ? Infinity : SHOWN), ...result.stale];
      case 'failed':
        return [`${result.judge}: failed: ${result.why}`];
      case 'not run':
        return strict ? [`${result.judge}: not run: ${result.why}`] : [];
      case 'idle':
        return result.stale;
    }
  });
}

/** Enough of each rule to see what it is about. */
const SHOWN = 5;

function unanswered(judge: string, findings: readonly Judged[], most: number): string[] {
  const open = findings.filter(({ acceptance }) => !acceptance);
  return [...new Set(open.map(({ rule }) => rule))].flatMap((rule) => {
    const of = open.filter((finding) => finding.rule === rule);
    const shown = of.slice(0, most).map(({ system, object, level, message }) => {
      return `${judge} ${level}: ${rule}: ${system} ${object}: ${message}`;
    });
    return of.length > most ? [...shown, `${judge} ${rule}: ${of.length - most} more`] : shown;
  });
}
