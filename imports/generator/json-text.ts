const WIDTH = 120;

/**
 * JSON with a node on one line where it fits, and one space of indent where it does not: about as small as minified
 * text, while a change upstream still shows as a few changed lines.
 */
export function jsonText(value: unknown): string {
  return `${render(value, 0, 0)}\n`;
}

function render(value: unknown, indent: number, column: number): string {
  const flat = oneLine(value);
  if (column + flat.length <= WIDTH || value === null || typeof value !== 'object') return flat;
  const pad = ' '.repeat(indent + 1);
  const end = `\n${' '.repeat(indent)}`;
  if (Array.isArray(value)) {
    const items = value.map((item) => pad + render(item, indent + 1, pad.length));
    return `[\n${items.join(',\n')}${end}]`;
  }
  const entries = Object.entries(value).map(([key, item]) => {
    const head = `${pad}${JSON.stringify(key)}: `;
    return head + render(item, indent + 1, head.length);
  });
  return `{\n${entries.join(',\n')}${end}}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
