/** The one door to cdk8s: define an object, override one, write the app. */
export { define, type KindBody, type KindClass } from './define';
export { defineObject, type Late, type ObjectHead, type ObjectMetadata, transform } from './define-object';
export { findObject } from './find-object';
export { Environment, type EnvironmentProps, Stage } from './environment';
export { GitOpsApp, type GitOpsAppProps } from './gitops-app';
export { handedOverTo, handOver } from './hand-over';
export { apiGroup, type Manifest, type ManifestMetadata } from './manifest';
export { note, NOTE_KINDS, type Note, type NoteKind, notesOn } from './notes';
export { onceInSynth } from './once';
export { Overrides } from './overrides';
export { WEAKER_ANNOTATION, weakerThan } from './stages/weaker';
export { section, type Section } from './sections';
export { spareKeys } from './spare-keys';
export { strategicMerge } from './strategic-merge';
export { escapeMarkdown, markdownTable } from './synthesis/readme';
export { toYaml } from './synthesis/yaml';
export { type DeepPartial, type TypedKind } from './typed-kind';
