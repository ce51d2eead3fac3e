/** From Stryker's reports to the table of docs/mutation.md, and back. https://github.com/stryker-mutator/mutation-testing-elements */
const BEGIN = '<!-- written by `npm run mutate` -->';
const END = '<!-- end of what `npm run mutate` writes -->';
const COLUMNS = ['files', 'mutants', 'killed', 'timed out', 'survived', 'not covered', 'static'];

/** What Stryker calls it. What could not be run has not been killed. */
const STATUS = {
  Killed: 'killed',
  Timeout: 'timed out',
  Survived: 'survived',
  NoCoverage: 'not covered',
  RuntimeError: 'survived',
  CompileError: 'survived',
  Ignored: 'static',
};

export function rowOf(report) {
  const files = Object.values(report.files);
  const row = Object.fromEntries(COLUMNS.map((column) => [column, 0]));
  row.files = files.length;
  for (const { status } of files.flatMap(({ mutants }) => mutants)) {
    const column = STATUS[status];
    if (!column) throw new Error(`Stryker says ${status} of a mutant; .ci/mutation/report.mjs does not know that`);
    row[column]++;
    if (column !== 'static') row.mutants++;
  }
  return row;
}

export const scoreOf = (row) => (row.mutants === 0 ? 100 : (100 * (row.killed + row['timed out'])) / row.mutants);

/** Never up: 89.96 is not 90. */
const shown = (row) => `${(Math.floor(10 * scoreOf(row)) / 10).toFixed(1)} %`;

function sum(rows) {
  return Object.fromEntries(COLUMNS.map((column) => [column, rows.reduce((all, row) => all + row[column], 0)]));
}

/** The table: a line for each room, measured or not, and one for all that were. */
export function table(rooms, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const measured = (name, row) => line([name, ...COLUMNS.map((column) => row[column]), shown(row)]);
  return [
    line(['room', ...COLUMNS, 'score']),
    line(['---', ...COLUMNS.map(() => '---:'), '---:']),
    ...rooms.map((room) =>
      rows.has(room) ? measured(`\`${room}\``, rows.get(room)) : line([`\`${room}\``, ...COLUMNS.map(() => ''), 'not measured']),
    ),
    measured('all that were measured', sum([...rows.values()])),
  ].join('\n');
}

/** The rows of the rooms that have been measured, as the document has them. */
export function rowsIn(document) {
  const lines = [...document.matchAll(/^\| `([\w/-]+)` \|((?: \d+ \|)+) [\d.]+ % \|$/gm)];
  return new Map(
    lines.map(([, room, cells]) => {
      const figures = cells.match(/\d+/g).map(Number);
      return [room, Object.fromEntries(COLUMNS.map((column, i) => [column, figures[i]]))];
    }),
  );
}

export function inDocument(document, text) {
  const from = document.indexOf(BEGIN);
  const to = document.indexOf(END);
  if (from < 0 || to < from) throw new Error(`docs/mutation.md has lost a line: ${BEGIN} or ${END}`);
  return `${document.slice(0, from)}${BEGIN}\n\n${text}\n\n${document.slice(to)}`;
}

/** Scores that are too low, a sentence each. */
export function objections(rows, policy, least) {
  const rooms = policy.filter((room) => rows.has(room)).map((room) => [`lib/${room}`, rows.get(room), least.policy]);
  const all = [['all that was measured', sum([...rows.values()]), least.inAll]];
  return [...rooms, ...all]
    .filter(([, row, wanted]) => scoreOf(row) < wanted)
    .map(([what, row, wanted]) => `${what}: ${shown(row)} of the mutants are killed, and ${wanted} % is the least`);
}

/** What no test noticed, a line each: place, what was there, what was put in its place. */
export function survivors(report) {
  const lines = Object.entries(report.files).flatMap(([file, { source, mutants }]) => {
    const text = source.split('\n');
    return mutants
      .filter(({ status }) => ['survived', 'not covered'].includes(STATUS[status]))
      .sort((a, b) => a.location.start.line - b.location.start.line || a.location.start.column - b.location.start.column)
      .map(({ location: { start, end }, mutatorName, replacement, status }) => {
        const was = text.slice(start.line - 1, end.line);
        was[was.length - 1] = was.at(-1).slice(0, end.column - 1);
        was[0] = was[0].slice(start.column - 1);
        const brief = (code) => code.replace(/\s+/g, ' ').slice(0, 90);
        return `${file}:${start.line} ${mutatorName} ${brief(was.join('\n'))} => ${brief(replacement ?? '')} (${STATUS[status]})`;
      });
  });
  return lines.map((line) => `${line}\n`).join('');
}
