/** How often a property is tried; `PROPERTY_RUNS=10000 npx jest test/properties` digs deeper. */
export const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 25);

/** Warnings of systems that nobody runs are of no use to anybody. */
export function silence(): void {
  beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
  afterAll(() => jest.restoreAllMocks());
}
