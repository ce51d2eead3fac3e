/**
 * Flagger's CRD file continues single-quoted descriptions on lines that are not indented deeper than their key. Go's
 * YAML reader takes them, the YAML 1.2 specification and `cdk8s import` do not. The continuation is pulled up onto the
 * line of the key. Only descriptions are touched: they are dropped afterwards, so that a wrong guess costs nothing.
 */
export function repairDescriptions(text: string): string {
  const out: string[] = [];
  let open = false;
  for (const line of text.split('\n')) {
    if (open) {
      out[out.length - 1] += ` ${line.trim()}`;
      open = !closesQuote(line);
      continue;
    }
    out.push(line);
    const value = /^\s*description:\s+'(.*)$/.exec(line)?.[1];
    open = value !== undefined && !closesQuote(value);
  }
  return out.join('\n');
}

/** An odd number of quotes closes the scalar: two in a row stand for one that belongs to the text. */
const closesQuote = (text: string): boolean => (text.match(/'/g)?.length ?? 0) % 2 === 1;
