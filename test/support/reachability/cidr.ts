import { BlockList, isIP } from 'node:net';
import { Unsupported } from './objects';

const BLOCKS = new Map<string, BlockList>();

function family(address: string): 'ipv4' | 'ipv6' {
  const version = isIP(address);
  if (version === 0) {
    throw new Unsupported(`'${address}' is no IP address`);
  }
  return version === 4 ? 'ipv4' : 'ipv6';
}

function blockOf(cidr: string): BlockList {
  let block = BLOCKS.get(cidr);
  if (block === undefined) {
    const [address = '', length] = cidr.split('/');
    const type = family(address);
    const longest = type === 'ipv4' ? 32 : 128;
    const bits = length === undefined ? longest : Number(length);
    if (length === '' || !Number.isInteger(bits) || bits < 0 || bits > longest) {
      throw new Unsupported(`'${cidr}' is no CIDR`);
    }
    block = new BlockList();
    block.addSubnet(address, bits, type);
    BLOCKS.set(cidr, block);
  }
  return block;
}

const ANSWERS = new Map<string, boolean>();

/** Is the address in the CIDR (or equal to it, where it is a single address)? Families never mix. */
export function inCidr(address: string, cidr: string): boolean {
  const question = `${address} ${cidr}`;
  let answer = ANSWERS.get(question);
  if (answer === undefined) ANSWERS.set(question, (answer = within(address, cidr)));
  return answer;
}

function within(address: string, cidr: string): boolean {
  const type = family(address);
  // A BlockList maps ::ffff:0:0/96 onto IPv4, which a packet filter does not.
  return family(cidr.split('/')[0] ?? '') === type && blockOf(cidr).check(address, type);
}

/** The n-th address of an IPv4 CIDR, for pods that want an address of their own. */
export function nthAddress(cidr: string, n: number): string {
  const [address = ''] = cidr.split('/');
  if (family(address) !== 'ipv4') {
    throw new Unsupported(`podCidr '${cidr}': write an IPv4 block, and give pods with IPv6 addresses their 'ip'`);
  }
  const base = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const value = base + n;
  const result = [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
  if (!inCidr(result, cidr)) {
    throw new Unsupported(`podCidr '${cidr}' is too small for ${n} pods`);
  }
  return result;
}
