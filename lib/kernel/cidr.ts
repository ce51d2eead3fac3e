import { SocketAddress, isIP } from 'node:net';
import { show } from './errors';

/** A block of addresses, checked and in canonical form. */
export interface Cidr {
  readonly family: 4 | 6;
  readonly text: string;
  readonly prefix: number;
  readonly bits: bigint;
}

/** Metadata services of clouds: they hand credentials to whoever asks, so no policy of ours reaches them. */
export const METADATA_ADDRESSES = [
  '169.254.169.254/32', // AWS, Azure, Google Cloud and most others
  'fd00:ec2::254/128', // AWS: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
  '169.254.170.2/32', // AWS ECS: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
  '169.254.170.23/32', // AWS EKS Pod Identity: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
  'fd00:ec2::23/128', // the same
  '168.63.129.16/32', // Azure: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
  '100.100.100.200/32', // Alibaba Cloud: https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata
] as const;

/**
 * Reads an IPv4 or IPv6 block. Host bits must be zero: `10.0.0.1/8` is nearly always a mistake for one address.
 * @throws RangeError with what is wrong.
 */
export function parseCidr(text: string): Cidr {
  const fail = (why: string, remedy = 'write it like "10.20.0.0/16" or "2001:db8::/32"'): never => {
    throw new RangeError(`${show(text)} is not a CIDR: ${why}; ${remedy}`);
  };
  if (typeof text !== 'string') return fail('it is not a string');
  const parts = text.split('/');
  if (parts.length !== 2) return fail('it needs an address, a slash and a prefix length');
  const [address, length] = parts as [string, string];
  const family = isIP(address);
  if (family === 0 || address.includes('%')) return fail(`${show(address)} is not an IP address`);
  const size = family === 4 ? 32 : 128;
  if (!/^(0|[1-9][0-9]{0,2})$/.test(length) || Number(length) > size) {
    return fail(`the prefix length must be a whole number from 0 to ${size}`);
  }
  const prefix = Number(length);
  const bits = family === 4 ? bits4(address) : bits6(address);
  const hostBits = BigInt(size - prefix);
  if (bits !== (bits >> hostBits) << hostBits) {
    return fail(`it has bits set behind its prefix of ${prefix}`, `use ${address}/${size} for the one address, or clear them`);
  }
  // Kept apart, an IPv4 address in this form would pass by every check of IPv4 blocks, the metadata address among them.
  if (bits >> 32n === 0xffffn) return fail('it is an IPv4 block in IPv6 form', 'write it as IPv4');
  // One block has one spelling, so that two ways of writing it are not two peers.
  const { address: canonical } = new SocketAddress({ address, family: family === 4 ? 'ipv4' : 'ipv6' });
  return { family: family as 4 | 6, text: `${canonical}/${prefix}`, prefix, bits };
}

/**
 * What a block too wide to name anybody is called: two halves of all addresses are every address. The widest block that one
 * holder has is a /8; IPv6 is given out in /16 and narrower (https://www.iana.org/numbers).
 */
export function tooWide({ family, prefix }: Cidr): string | undefined {
  if (prefix === 0) return 'every address';
  return prefix < (family === 4 ? 8 : 16) ? 'too large a part of all addresses' : undefined;
}

/** Whether the first block holds the whole second one. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  if (outer.family !== inner.family || outer.prefix > inner.prefix) return false;
  const shift = BigInt((outer.family === 4 ? 32 : 128) - outer.prefix);
  return outer.bits >> shift === inner.bits >> shift;
}

/** The metadata addresses that lie within a block: what an `ipBlock` must except. */
export function metadataWithin(block: Cidr): string[] {
  return METADATA_ADDRESSES.filter((address) => contains(block, parseCidr(address)));
}

/** Whether the block is a metadata address and nothing else: nothing of it would be left to open. */
export function isMetadata(block: Cidr): boolean {
  return METADATA_ADDRESSES.some((address) => address === block.text);
}

function bits4(address: string): bigint {
  return address.split('.').reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
}

function bits6(address: string): bigint {
  // A trailing dotted quad (::ffff:10.0.0.1) is two groups.
  const dotted = /(.*:)(\d+\.\d+\.\d+\.\d+)/.exec(address);
  const quad = dotted ? bits4(dotted[2]!) : 0n;
  const plain = dotted ? `${dotted[1]}${(quad >> 16n).toString(16)}:${(quad & 0xffffn).toString(16)}` : address;
  const [head, tail] = plain.split('::') as [string, string?];
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const left = groups(head);
  const right = groups(tail);
  const gap = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...gap, ...right].reduce((all, group) => (all << 16n) | BigInt(`0x${group}`), 0n);
}
