/**
 * Text as one word of a POSIX shell, whatever is in it. Nothing is special between single quotes, and a single quote itself is
 * put between double ones. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
 */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

/** A comment of one line: a line break in it would end it, and the rest would be run. */
export function comment(text: string): string {
  return `# ${text.replace(/[^\x20-\x7e]+/g, ' ')}`;
}
