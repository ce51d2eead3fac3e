/** One thing that is wrong, and what to do about it: `steps [50, 25] must rise; write [25, 50]`. */
export interface Problem {
  /** Where: the name of the construct or prop, in the user's own words: `payments`, `payments.retries`. */
  readonly where: string;
  /** What it got, what is allowed, what to do. One sentence, no full stop. */
  readonly what: string;
}

/**
 * Bad input. It lists every problem of one construct (or, at synth, of the whole app) at once, so that one run is
 * enough to mend them all. When it is thrown, nothing has been written.
 */
export class ConfigError extends Error {
  /** Every problem, in the order in which it was found. */
  declare readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.map((p) => `${p.where}: ${p.what}`);
    super(lines.length === 1 ? lines[0] : `${lines.length} problems\n${lines.map((l) => `  - ${l}`).join('\n')}`);
    this.name = 'ConfigError';
    // Not enumerable, since Node prints what is: each problem would stand there twice.
    Object.defineProperty(this, 'problems', { value: problems });
  }
}

/** Gathers problems while a model is resolved, then throws once. */
export class Problems {
  private readonly found: Problem[] = [];

  constructor(private readonly where: string) {}

  /** Notes a problem of a part (`retries`), or of the construct itself. The same one twice helps nobody. */
  add(what: string, part?: string): void {
    const where = part === undefined ? this.where : `${this.where}.${part}`;
    if (!this.found.some((known) => known.where === where && known.what === what)) this.found.push({ where, what });
  }

  /** Notes a problem unless the condition holds. Returns the condition, so that dependent checks can be skipped. */
  check(holds: boolean, what: string | (() => string), part?: string): boolean {
    if (!holds) this.add(typeof what === 'string' ? what : what(), part);
    return holds;
  }

  /** Takes a value from a parser that throws a `RangeError`; on failure notes the problem and gives the fallback. */
  take<T>(parse: () => T, fallback: T, part?: string): T {
    try {
      return parse();
    } catch (e) {
      if (!(e instanceof RangeError)) throw e;
      this.add(e.message, part);
      return fallback;
    }
  }

  get any(): boolean {
    return this.found.length > 0;
  }

  /** @throws ConfigError with all that was found, if anything was. */
  throwIfAny(): void {
    if (this.any) throw new ConfigError(this.found);
  }
}

/** How a value appears in an error: short, quoted, on one line, whatever it is. */
export function show(value: unknown): string {
  // Of more than 80 characters, the first 77.
  return describeValue(value)
    .replace(UNSEEN, escaped)
    .replace(/^(.{77}).{4,}/su, '$1…');
}

/** How a construct is called in an error: by its name, unless the name itself is what is wrong. */
export function called(kind: string, name: unknown): string {
  return typeof name === 'string' && /^[\x21-\x7e]{1,63}$/.test(name) ? name : `${kind} ${show(name)}`;
}

/** The class of an object as its author called it: the bundler writes `_Objective` for one that names itself. */
export function className(value: object): string | undefined {
  return (Object.getPrototypeOf(value) as object | null)?.constructor?.name.replace(/^_/, '');
}

/** What a terminal would not show as it is: controls, line and paragraph separators, marks that turn the direction. */
const UNSEEN = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return `the function ${value.name || 'without a name'}`;
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? JSON.stringify(value) : String(value);
  const type = className(value);
  if (!Array.isArray(value) && type !== undefined && type !== 'Object') return `an instance of ${type}`;
  try {
    return JSON.stringify(value);
  } catch {
    return Array.isArray(value) ? 'a list' : 'a map';
  }
}
