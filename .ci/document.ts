/**
 * A document with another text between the two lines that a command writes between.
 * @param command `npm run attack`
 * @throws Error when one of the lines is missing
 */
export function inDocument(document: string, command: string, text: string): string {
  const [first, last] = [`<!-- written by \`${command}\` -->`, `<!-- end of what \`${command}\` writes -->`];
  const [begin, end] = [document.indexOf(first), document.indexOf(last)];
  if (begin < 0 || end < begin) throw new Error(`the document has no lines ${first} and ${last}, in this order`);
  return `${document.slice(0, begin)}${first}\n\n${text}\n\n${document.slice(end)}`;
}
