/** A reason is a sentence for an auditor: at least a few words. */
export function isReason(reason: unknown): reason is string {
  return typeof reason === 'string' && reason.trim().length >= 10;
}
