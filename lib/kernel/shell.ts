/**
 * Text between single quotes, as one word of a POSIX shell, whatever is in it but NUL, which no command line can hold.
 * Nothing is special between single quotes, and a single quote itself stands outside of them.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
 */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Text as one word of a POSIX shell, quoted where it has to be. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+:,./-]+$/.test(text) ? text : quoted(text);
}

/** A command line of these words. */
export function commandLine(...words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** A comment of one line: a line break in it would end it, and the rest would be run. */
export function comment(text: string): string {
  return `# ${text.replace(/[^\x20-\x7e]+/g, ' ')}`;
}
