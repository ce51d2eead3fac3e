import { type Note, NOTE_KINDS, type NoteKind } from '../notes';
import type { Section } from '../sections';
import { compareText } from './kind-order';

const HEADINGS: Readonly<Record<NoteKind, string>> = {
  prerequisite: 'Prerequisites',
  warning: 'Warnings',
  acceptance: 'Accepted risks',
};

/**
 * The README.md of a folder: what must be there before, what is unwise, what was accepted, and what its constructs add.
 * @param title the name of the environment, or of the app's folder
 */
export function readme(title: string, notes: readonly Note[], added: readonly Section[]): string {
  const sections = NOTE_KINDS.flatMap((kind) => {
    const texts = distinct(notes.filter((n) => n.kind === kind));
    return texts.length === 0 ? [] : [`## ${HEADINGS[kind]}`, texts.map((t) => `- ${escapeMarkdown(t)}`).join('\n')];
  });
  const generated = 'This folder is generated. Change the code that it comes from, for the next run overwrites what is here.';
  return `${[`# ${escapeMarkdown(title)}`, generated, ...sections, ...chapters(added)].join('\n\n')}\n`;
}

/** One chapter a heading, with its sections by title. */
function chapters(added: readonly Section[]): string[] {
  const headings = [...new Set(added.map(({ heading }) => heading))].sort(compareText);
  return headings.flatMap((heading) => [
    `## ${escapeMarkdown(heading)}`,
    ...added
      .filter((one) => one.heading === heading)
      .sort((a, b) => compareText(a.title, b.title))
      .flatMap(({ title, body }) => [`### ${escapeMarkdown(title)}`, body().trimEnd()]),
  ]);
}

/** The texts of notes, each once, sorted. */
export function distinct(notes: readonly Note[]): string[] {
  return [...new Set(notes.map((n) => n.text))].sort(compareText);
}

/** Text that Markdown shows as it is: on one line, and without starting a list, a heading or a tag. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]{}<>|~&#!$]/g, '\\$&')
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** A table of Markdown. User text in its cells has to be escaped: `escapeMarkdown`. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
