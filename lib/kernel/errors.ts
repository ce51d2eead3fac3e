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
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.map((p) => `${p.where}: ${p.what}`);
    super(lines.length === 1 ? lines[0] : `${lines.length} problems\n${lines.map((l) => `  - ${l}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Gathers problems while a model is resolved, then throws once. */
export class Problems {
  private readonly found: Problem[] = [];

  constructor(private readonly where: string) {}

  /** Notes a problem of a part (`retries`), or of the construct itself. */
  add(what: string, part?: string): void {
    this.found.push({ where: part === undefined ? this.where : `${this.where}.${part}`, what });
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

/** How a value appears in an error: short, quoted, on one line. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
