import type { ICaller, NetworkPeer } from '../contracts/peer';
import { type Cidr, isMetadata, metadataWithin, parseCidr, tooWide } from '../kernel/cidr';
import { Problems } from '../kernel/errors';

/**
 * Clients outside the mesh, known by their addresses alone. They have no identity, so only a port that takes plain text can
 * let them in; a MeshGateway is the better door.
 */
export class ExternalClients implements ICaller {
  /** Clients at these blocks. @throws ConfigError that lists every block that is none. */
  static at(...cidrs: string[]): ExternalClients {
    const problems = new Problems('external clients');
    problems.check(cidrs.length > 0, 'name at least one block, like "10.20.0.0/16"');
    const blocks = cidrs.flatMap((text): Cidr[] => {
      const cidr = problems.take(() => parseCidr(text), undefined);
      if (!cidr) return [];
      problems.check(!isMetadata(cidr), `${text} is the cloud metadata address, which calls nobody; name who may call`);
      const wide = tooWide(cidr);
      if (wide) problems.add(`${text} is ${wide}; name who may call`);
      return [cidr];
    });
    problems.throwIfAny();
    return new ExternalClients(blocks);
  }

  readonly peerName: string;
  readonly sources: readonly NetworkPeer[];

  private constructor(blocks: readonly Cidr[]) {
    this.peerName = `clients at ${blocks.map(({ text }) => text).join(', ')}`;
    this.sources = blocks.map((cidr) => ({ kind: 'block', cidr: cidr.text, except: metadataWithin(cidr) }));
  }

  /** They are not ours to guard. */
  recordEgress(): void {}
}
