/** What one enforcement layer says of one connection or request. */
export interface Verdict {
  /** Is it let through? */
  readonly open: boolean;
  /**
   * Has the layer a say at all? `open` and not `guarded` means that nothing stands in the way, as opposed to a rule that
   * lets the traffic through.
   */
  readonly guarded: boolean;
  readonly because: string;
  /** `kind/namespace/name`, with `#rule` where a rule decided. */
  readonly by: readonly string[];
}

/** The layer does not look at this traffic. */
export function unguarded(because: string): Verdict {
  return { open: true, guarded: false, because, by: [] };
}

export function open(because: string, by: readonly string[]): Verdict {
  return { open: true, guarded: true, because, by };
}

export function closed(because: string, by: readonly string[]): Verdict {
  return { open: false, guarded: true, because, by };
}
