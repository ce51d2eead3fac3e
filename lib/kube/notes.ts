import type { IConstruct } from 'constructs';
import { ConfigError, show } from '../kernel/errors';

/**
 * Something that whoever applies the manifests has to know:
 * - `prerequisite`: what must be true of the cluster, or be there already
 * - `warning`: what is allowed but unwise; it also goes to stderr
 * - `acceptance`: a risk that somebody took on, with the reason
 */
export interface Note {
  readonly kind: NoteKind;
  /** One sentence of plain text; it is escaped where it is written. */
  readonly text: string;
}

export type NoteKind = 'prerequisite' | 'warning' | 'acceptance';

/** Every kind of note, in the order in which a reader wants them. */
export const NOTE_KINDS: readonly NoteKind[] = ['prerequisite', 'warning', 'acceptance'];

const METADATA_TYPE = 'cdk8s-banking.note';

/**
 * Records a note on a construct. The app writes it to the README.md of the construct's environment.
 * @throws ConfigError when the kind is unknown or the text is empty
 */
export function note(construct: IConstruct, { kind, text }: Note): void {
  const where = construct.node.path || 'app';
  if (!NOTE_KINDS.includes(kind)) {
    throw new ConfigError([{ where, what: `a note of kind ${show(kind)} is unknown; use one of ${NOTE_KINDS.join(', ')}` }]);
  }
  if (typeof text !== 'string' || text.trim() === '') {
    throw new ConfigError([{ where, what: `the ${kind} says nothing; write one sentence` }]);
  }
  construct.node.addMetadata(METADATA_TYPE, { kind, text: text.trim() } satisfies Note);
}

/** The notes recorded on this very construct, not on its children. */
export function notesOn(construct: IConstruct): Note[] {
  return construct.node.metadata.filter((m) => m.type === METADATA_TYPE).map((m) => m.data as Note);
}
