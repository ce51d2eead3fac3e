import { baseUrl, dashboardUid, dashboardUrl, resolveStackName, runbookPage, runbookUrl } from '../../lib/observability/links';

const GRAFANA = 'https://g.example.com';

test('a runbook is called by its alert', () => {
  expect(runbookPage('CpuThrottled')).toBe('cpu-throttled.md');
  expect(runbookPage('AvailabilityBudgetBurn')).toBe('availability-budget-burn.md');
  expect(runbookUrl({ runbooks: 'https://git.example.com/r' }, 'CpuThrottled')).toBe(
    'https://git.example.com/r/cpu-throttled.md',
  );
  expect(runbookUrl({}, 'CpuThrottled')).toBeUndefined();
});

test('a dashboard is called by its stack, and opened with its variables set', () => {
  const links = { grafana: GRAFANA, stack: 'retail' };
  expect(dashboardUid('retail', 'fleet')).toBe('retail-fleet');
  expect(dashboardUrl(links, 'fleet', {})).toBe('https://g.example.com/d/retail-fleet');
  expect(dashboardUrl(links, 'service', { service: 'a b' })).toBe('https://g.example.com/d/retail-service?var-service=a%20b');
  expect(dashboardUrl(links, 'mesh', { namespace: 'vault', service: 'till' })).toBe(
    'https://g.example.com/d/retail-mesh?var-namespace=vault&var-service=till',
  );
});

test('without an address, or without dashboards, there is nowhere to go', () => {
  expect(dashboardUrl({ stack: 'retail' }, 'fleet', {})).toBeUndefined();
  expect(dashboardUrl({ grafana: GRAFANA }, 'fleet', {})).toBeUndefined();
});

test.each([
  ['https://a.example.com', 'https://a.example.com'],
  ['http://grafana', 'http://grafana'],
  ['https://a.example.com:8443/x/', 'https://a.example.com:8443/x'],
  ['https://a.example.com/x/-/y~1//', 'https://a.example.com/x/-/y~1'],
])('%s is an address to which paths are appended', (text, address) => {
  expect(baseUrl(text)).toBe(address);
});

test.each([
  'https://a.example.com/?x=1',
  'https://a.example.com/#x',
  'see https://a.example.com',
  'https://a.example.com/x y',
  'https://a.example.com:123456',
  'https://a.example.com:',
  'https://',
  'ftp://a.example.com',
  '',
])('%j is no address', (text) => {
  expect(() => baseUrl(text)).toThrow(
    new RangeError(`${JSON.stringify(text)} is no address; write it like "https://grafana.example.com", without a query`),
  );
});

describe('the name of a stack', () => {
  test('is its own, as long as an identifier of Grafana has room for it', () => {
    expect(resolveStackName('retail', 'vault')).toBe('retail');
    expect(resolveStackName('a'.repeat(30), 'vault')).toBe('a'.repeat(30));
    expect(() => resolveStackName('a'.repeat(31), 'vault')).toThrow('use 1 to 30 lower-case letters');
  });

  test('or that of its first namespace, which is cut where it is too long, so that no two become the same', () => {
    expect(resolveStackName(undefined, 'a'.repeat(30))).toBe('a'.repeat(30));
    // The first eight digits of what `sha256sum` says of the name.
    expect(resolveStackName(undefined, 'a23456789-b23456789-c23456789-d')).toBe('a23456789-b23456789-c-2c9bc7b8');
  });
});
