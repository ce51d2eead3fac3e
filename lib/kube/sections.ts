import type { IConstruct } from 'constructs';
import { ConfigError, show } from '../kernel/errors';

/** A part of the README.md of an environment, written when everything is declared. */
export interface Section {
  /** What several sections have in common: `Releases`. */
  readonly heading: string;
  /** What this one is about: the name of a service. */
  readonly title: string;
  /** Its Markdown. User text in it has to be escaped: `escapeMarkdown`. */
  readonly body: () => string;
}

const METADATA_TYPE = 'cdk8s-banking.section';

/**
 * Adds a section to the README.md of the construct's environment.
 * @throws ConfigError when it has no heading or no title
 */
export function section(construct: IConstruct, { heading, title, body }: Section): void {
  const where = construct.node.path || 'app';
  for (const [part, text] of Object.entries({ heading, title })) {
    if (typeof text === 'string' && text.trim() !== '') continue;
    throw new ConfigError([{ where, what: `the ${part} of a section is ${show(text)}; write what it is about` }]);
  }
  construct.node.addMetadata(METADATA_TYPE, { heading, title, body } satisfies Section);
}

/** The sections of this very construct, not of its children. */
export function sectionsOn(construct: IConstruct): Section[] {
  return construct.node.metadata.filter((m) => m.type === METADATA_TYPE).map((m) => m.data as Section);
}
