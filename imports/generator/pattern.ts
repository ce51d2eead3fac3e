import { ImportError } from './errors';

/**
 * CRD patterns are RE2, JSON Schema's are ECMAScript. They agree on what upstream uses, except for the flag `(?i)`,
 * which JavaScript refuses: letters in its reach are written in both cases. Anything else that JavaScript cannot
 * compile is an error, so that no pattern is dropped in silence.
 */
export function translatePattern(pattern: string, where: string): string {
  const translated = pattern.includes('(?i') ? expandCase(pattern) : pattern;
  try {
    new RegExp(translated, 'u'); // what ajv does with it
  } catch (error) {
    throw new ImportError(
      `${where}: pattern ${JSON.stringify(pattern)} is not one that JavaScript takes (${(error as Error).message}); ` +
        'teach imports/generator/pattern.ts to translate it.',
    );
  }
  return translated;
}

function expandCase(pattern: string): string {
  // A flag holds to the end of its group, so each open group remembers what held outside.
  const outer: boolean[] = [];
  let insensitive = false;
  let inClass = false;
  let out = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === '\\') {
      out += char + pattern.charAt(++i);
    } else if (inClass) {
      const range = /^([a-z]-[a-z]|[A-Z]-[A-Z])/.exec(pattern.slice(i))?.[0];
      const piece = range ?? char;
      out += insensitive && /[a-zA-Z]/.test(piece) ? piece.toLowerCase() + piece.toUpperCase() : piece;
      i += piece.length - 1;
      inClass = char !== ']';
    } else if (pattern.startsWith('(?i)', i)) {
      insensitive = true;
      i += '(?i)'.length - 1;
    } else if (pattern.startsWith('(?i:', i)) {
      outer.push(insensitive);
      insensitive = true;
      out += '(?:';
      i += '(?i:'.length - 1;
    } else if (char === '(') {
      outer.push(insensitive);
      out += char;
    } else if (char === ')') {
      insensitive = outer.pop() ?? false;
      out += char;
    } else {
      inClass = char === '[';
      out += insensitive && /[a-zA-Z]/.test(char) ? `[${char.toLowerCase()}${char.toUpperCase()}]` : char;
    }
  }
  return out;
}
