/** A problem that the person who ran the import can repair. Printed without a stack. */
export class ImportError extends Error {
  public override readonly name = 'ImportError';
}
