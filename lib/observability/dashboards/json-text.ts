/** How deep a part of a dashboard is written over several lines; what is not named stands on one. */
const DEPTH: Readonly<Record<string, number>> = { panels: 3, templating: 2, annotations: 2, links: 1 };

/** Up to how many characters parts stand on one line. */
const WIDTH = 320;

/**
 * The JSON of a dashboard, for people who review it: a line for each part of a panel, and for each of its queries, so that a
 * difference shows what has changed. Any reader of JSON takes it.
 */
export function dashboardText(dashboard: object): string {
  const parts = Object.entries(dashboard).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${text(value, DEPTH[key] ?? 0, '  ')}`,
  );
  return `{\n${parts.join(',\n')}\n}\n`;
}

function text(value: unknown, depth: number, indent: string): string {
  if (depth === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length < 2) return `[${value.map((one) => text(one, depth - 1, indent)).join()}]`;
    return `[\n${value.map((one) => `${inner}${text(one, depth - 1, inner)}`).join(',\n')}\n${indent}]`;
  }
  // What is short stands together: a line of a panel's number, kind, title and place.
  const lines: string[] = [];
  for (const [key, one] of Object.entries(value)) {
    if (one === undefined) continue;
    const written = `${JSON.stringify(key)}:${text(one, depth - 1, inner)}`;
    const last = lines.pop();
    if (last === undefined) lines.push(written);
    else if (written.includes('\n') || `${last},${written}`.length > WIDTH) lines.push(last, written);
    else lines.push(`${last},${written}`);
  }
  return `{${lines.join(`,\n${inner}`)}}`;
}
