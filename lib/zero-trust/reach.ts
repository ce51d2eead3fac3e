import { isMetadata, metadataWithin, parseCidr, tooWide } from '../kernel/cidr';
import { type Problems, show } from '../kernel/errors';
import { isReason } from '../kernel/reason';
import type { NetworkPeer } from '../contracts/peer';

/**
 * How packets reach an external host. A NetworkPolicy knows addresses and no names, so one of these must be said; nothing
 * here ever opens the cloud metadata address.
 */
export class Reach {
  /** The host answers from these blocks only. The strictest form where its addresses are known. */
  static cidrs(...cidrs: string[]): Reach {
    return new Reach('cidrs', cidrs);
  }

  /** Through the egress gateway of the platform: the workload's own network stays closed to the outside. */
  static egressGateway(): Reach {
    return new Reach('egress-gateway', []);
  }

  /**
   * Any public address on the host's port. Private, link-local and metadata ranges stay closed, but the NetworkPolicy no
   * longer tells the host from any other: only the proxy does. The reason is written on the object and in the report.
   */
  static anyPublicAddress(options: { readonly accept: string }): Reach {
    return new Reach('any', [], options?.accept);
  }

  private constructor(
    readonly kind: 'cidrs' | 'egress-gateway' | 'any',
    readonly blocks: readonly string[],
    readonly reason?: string,
  ) {}

  /** Adds what is wrong with it. */
  validate(problems: Problems): void {
    if (this.kind === 'cidrs') {
      problems.check(this.blocks.length > 0, 'names no block; write Reach.cidrs("203.0.113.0/24")', 'reach');
      for (const block of this.blocks) {
        const cidr = problems.take(() => parseCidr(block), undefined, 'reach');
        if (cidr && tooWide(cidr)) {
          problems.add(
            `${block} is ${tooWide(cidr)}; name the host's own blocks, or accept it with Reach.anyPublicAddress`,
            'reach',
          );
        } else if (cidr && isMetadata(cidr)) {
          problems.add(`${block} is the cloud metadata address, which hands out credentials; it stays closed`, 'reach');
        }
      }
    }
    if (this.kind === 'any') {
      problems.check(
        isReason(this.reason),
        `needs a reason of at least ten characters, got ${show(this.reason)}; write { accept: 'why any address is fine' }`,
        'reach',
      );
    }
  }

  /** Where packets may go, without the egress gateway. */
  peers(): NetworkPeer[] {
    if (this.kind === 'any') return PUBLIC;
    return this.blocks.map((block) => {
      const cidr = parseCidr(block);
      return { kind: 'block', cidr: cidr.text, except: metadataWithin(cidr) };
    });
  }
}

/**
 * Everything but the ranges that are not on the public network: this-host, private, shared, loopback, link-local (the
 * metadata address is in it) and multicast. https://www.iana.org/assignments/iana-ipv4-special-registry/
 */
const PUBLIC: NetworkPeer[] = [
  {
    kind: 'block',
    cidr: '0.0.0.0/0',
    except: [
      '0.0.0.0/8',
      '10.0.0.0/8',
      '100.64.0.0/10',
      '127.0.0.0/8',
      '168.63.129.16/32',
      '169.254.0.0/16',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '224.0.0.0/3',
    ],
  },
  { kind: 'block', cidr: '::/0', except: ['::1/128', 'fc00::/7', 'fe80::/10', 'ff00::/8'] },
];
