/** The one door to cdk8s: define an object, override one, write the app. */
export { define, type KindClass } from './define';
export { defineObject, type Late, type ObjectHead, transform } from './define-object';
export { Environment, type EnvironmentProps, requireEnvironment, Stage } from './environment';
export { GitOpsApp, type GitOpsAppProps } from './gitops-app';
export { handedOverTo, handOver } from './hand-over';
export { apiGroup, type Manifest, type ManifestMetadata } from './manifest';
export { note, NOTE_KINDS, type Note, type NoteKind, notesOn } from './notes';
export { type DeepPartial, Overrides, type TypedKind } from './overrides';
export { weakerThan } from './stages/weaker';
export { strategicMerge } from './strategic-merge';
