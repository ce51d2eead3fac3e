import type { Acceptance, Judged } from './accepted';
import type { Result } from './run';

type Ran = Extract<Result, { state: 'ran' }>;

const open = ({ findings }: Ran, level: Judged['level']): number =>
  findings.filter((one) => one.level === level && !one.acceptance).length;

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
const row = (...cells: readonly (string | number)[]): string => `| ${cells.map((one) => cell(String(one))).join(' | ')} |`;

/** What is committed: nothing of it depends on the machine or the hour. */
export function tables(results: readonly Result[], accepted: readonly Acceptance[]): string {
  const judges = results.map((result) => {
    const { judge, version, says, unit } = result;
    if (result.state !== 'ran')
      return row(judge, version, says, result.state === 'idle' ? 'nothing to read' : result.state, '', '', '');
    const answered = result.findings.filter(({ acceptance }) => acceptance).length;
    return row(judge, version, says, `${result.read} ${unit}`, open(result, 'error'), open(result, 'warning'), answered);
  });
  const answers = results.flatMap((result) =>
    accepted
      .filter(({ judge }) => judge === result.judge)
      .map((one) => {
        const found = result.state === 'ran' ? result.findings.filter(({ acceptance }) => acceptance === one).length : 0;
        const where = one.where.includes('*') ? 'everywhere' : one.where.map((glob) => `\`${glob}\``).join(', ');
        return row(one.judge, `\`${one.rule}\``, found, where, one.reason);
      }),
  );
  return [
    row('judge', 'version', 'looks at', 'read', 'errors', 'warnings', 'accepted'),
    '| --- | --- | --- | --- | --: | --: | --: |',
    ...judges,
    '',
    '## Accepted',
    '',
    row('judge', 'rule', 'findings', 'where', 'reason'),
    '| --- | --- | --: | --- | --- |',
    ...answers,
  ].join('\n');
}

/** @throws Error when the document has no place for the tables */
/** What is printed: times too. */
export function summary(results: readonly Result[]): string {
  const lines = results.map((result) => {
    const { judge, version, building, running } = result;
    const times = `built in ${building} s, ran ${running} s`;
    const what =
      result.state === 'ran'
        ? `${result.read} ${result.unit}, ${open(result, 'error')} errors, ${open(result, 'warning')} warnings, ` +
          `${result.findings.filter(({ acceptance }) => acceptance).length} accepted`
        : result.state === 'idle'
          ? 'nothing to read'
          : `${result.state.toUpperCase()}: ${result.why.split('\n')[0]}`;
    return [judge.padEnd(16), version.padEnd(36), times.padEnd(28), what].join(' ');
  });
  return lines.join('\n');
}
