/**
 * Paths at which what is stored is not what was sent; what the server adds is no difference. A field that comes back in
 * another form differs from Git for ever, and whatever syncs the two never rests.
 */
export function differences(sent: unknown, stored: unknown, path = ''): string[] {
  if (Array.isArray(sent)) {
    if (!Array.isArray(stored) || stored.length !== sent.length) return [`${path}: ${show(sent)} is stored as ${show(stored)}`];
    return sent.flatMap((one, i) => differences(one, stored[i], `${path}[${i}]`));
  }
  if (sent !== null && typeof sent === 'object') {
    if (stored === null || typeof stored !== 'object') return [`${path}: ${show(sent)} is stored as ${show(stored)}`];
    const other = stored as Record<string, unknown>;
    return Object.entries(sent).flatMap(([key, one]) => differences(one, other[key], path ? `${path}.${key}` : key));
  }
  return sent === stored ? [] : [`${path}: ${show(sent)} is stored as ${show(stored)}`];
}

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
