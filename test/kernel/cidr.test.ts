import { BlockList, SocketAddress } from 'node:net';
import fc from 'fast-check';
import { type Cidr, contains, isMetadata, METADATA_ADDRESSES, metadataWithin, parseCidr, tooWide } from '../../lib/kernel/cidr';

/** Blocks of either family, with their host bits cleared. */
const v4 = fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }), fc.integer({ min: 0, max: 32 })).map(([bits, prefix]) => {
  const clear = BigInt(32 - prefix);
  return `${dotted((bits >> clear) << clear)}/${prefix}`;
});
const v6 = fc
  .tuple(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), fc.integer({ min: 0, max: 128 }))
  .map(([bits, prefix]) => ({ bits: (bits >> BigInt(128 - prefix)) << BigInt(128 - prefix), prefix }))
  .filter(({ bits }) => bits >> 32n !== 0xffffn)
  .map(({ bits, prefix }) => `${grouped(bits)}/${prefix}`);
/** Near one another, so that some hold others. */
const near = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 20, max: 32 })).map(([last, prefix]) => {
  const clear = BigInt(32 - prefix);
  return `${dotted(((0x0a010000n + BigInt(last)) >> clear) << clear)}/${prefix}`;
});

function dotted(bits: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 255n)).join('.');
}

function grouped(bits: bigint): string {
  return Array.from({ length: 8 }, (_, i) => ((bits >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(':');
}

const addressOf = ({ family, bits }: Cidr) => (family === 4 ? dotted(bits) : grouped(bits));

/** Whether Node finds the first address of the second block in the first block. */
function byNode(outer: Cidr, inner: Cidr): boolean {
  const [ofOuter, ofInner] = [outer, inner].map(({ family }) => `ipv${family}` as const);
  const list = new BlockList();
  list.addSubnet(addressOf(outer), outer.prefix, ofOuter);
  return list.check(addressOf(inner), ofInner);
}

describe('parseCidr', () => {
  test.each<[string, 4 | 6, number, bigint, string]>([
    ['10.20.0.0/16', 4, 16, 0x0a140000n, '10.20.0.0/16'],
    ['0.0.0.0/0', 4, 0, 0n, '0.0.0.0/0'],
    ['203.0.113.255/32', 4, 32, 0xcb0071ffn, '203.0.113.255/32'],
    ['2001:DB8::/32', 6, 32, 0x20010db8n << 96n, '2001:db8::/32'],
    ['2001:0db8:0:0::/32', 6, 32, 0x20010db8n << 96n, '2001:db8::/32'],
    ['::/0', 6, 0, 0n, '::/0'],
    ['::1/128', 6, 128, 1n, '::1/128'],
    ['fe80::1:0:0:0/80', 6, 80, (0xfe80n << 112n) | (1n << 48n), 'fe80::1:0:0:0/80'],
    ['64:ff9b::192.0.2.16/124', 6, 124, (0x64ff9bn << 96n) | 0xc0000210n, '64:ff9b::c000:210/124'],
    ['64:ff9b::192.0.2.0/120', 6, 120, (0x64ff9bn << 96n) | 0xc0000200n, '64:ff9b::c000:200/120'],
  ])('%s', (given, family, prefix, bits, text) => {
    expect(parseCidr(given)).toEqual({ family, prefix, bits, text });
  });

  test.each([
    '10.0.0.1/8',
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0/8',
    '010.0.0.0/8',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '10.0.0.0/ 8',
    'fe80::%eth0/64',
    '2001:db8::/129',
    '2001:db8::1/64',
    '::ffff:169.254.169.254/128',
    '::ffff:a9fe:0/112',
    '::ffff:0.0.0.0/96',
    'bank.example.com/24',
    '',
    '/',
  ])('%j is none', (text) => {
    expect(() => parseCidr(text)).toThrow(RangeError);
  });

  test.each([
    ['IPv4', v4],
    ['IPv6', v6],
  ])('%s: whatever Node takes for the same subnet has the same bits', (_name, blocks) => {
    fc.assert(
      fc.property(blocks, (text) => {
        const cidr = parseCidr(text);
        const [address, prefix] = text.split('/') as [string, string];
        expect([addressOf(cidr), cidr.prefix]).toEqual([address, Number(prefix)]);
        // Node writes an IPv6 address in its short form, with `::`; that must mean the same.
        const short = new SocketAddress({ address, family: cidr.family === 4 ? 'ipv4' : 'ipv6' }).address;
        expect(parseCidr(`${short}/${prefix}`).bits).toBe(cidr.bits);
      }),
      { numRuns: 300 },
    );
  });
});

describe('contains', () => {
  test.each([
    ['IPv4', v4],
    ['IPv4, near one another', near],
    ['IPv6', v6],
  ])('%s: as Node does', (_name, blocks) => {
    fc.assert(
      fc.property(blocks, blocks, (a, b) => {
        const [outer, inner] = [parseCidr(a), parseCidr(b)];
        expect(contains(outer, inner)).toBe(outer.prefix <= inner.prefix && byNode(outer, inner));
        expect(contains(outer, outer)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('never across families', () => {
    expect(contains(parseCidr('0.0.0.0/0'), parseCidr('::/0'))).toBe(false);
    expect(contains(parseCidr('::/0'), parseCidr('0.0.0.0/0'))).toBe(false);
  });
});

test('the metadata addresses within a block', () => {
  const within = (text: string) => metadataWithin(parseCidr(text));
  expect(within('169.254.0.0/16')).toEqual(['169.254.169.254/32', '169.254.170.2/32', '169.254.170.23/32']);
  expect(within('169.254.169.254/32')).toEqual(['169.254.169.254/32']);
  expect(within('169.254.169.255/32')).toEqual([]);
  expect(within('fd00::/8')).toEqual(['fd00:ec2::254/128', 'fd00:ec2::23/128']);
  expect(within('10.0.0.0/8')).toEqual([]);
});

test('a block of nothing but a metadata address', () => {
  expect(METADATA_ADDRESSES.filter((address) => !isMetadata(parseCidr(address)))).toEqual([]);
  const more = ['169.254.170.2/31', '169.254.0.0/16', '169.254.170.3/32', 'fd00:ec2::254/127'];
  expect(more.filter((block) => isMetadata(parseCidr(block)))).toEqual([]);
});

test.each([
  ['0.0.0.0/0', 'every address'],
  ['::/0', 'every address'],
  ['128.0.0.0/1', 'too large a part of all addresses'],
  ['10.0.0.0/7', 'too large a part of all addresses'],
  ['10.0.0.0/8', undefined],
  ['2000::/8', 'too large a part of all addresses'],
  ['2000::/15', 'too large a part of all addresses'],
  ['2001::/16', undefined],
])('%s is %s', (block, what) => {
  expect(tooWide(parseCidr(block))).toBe(what);
});
