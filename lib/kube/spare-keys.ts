import type { Construct } from 'constructs';

/**
 * The scope, with a dictionary for its children if it has none yet: constructs would keep them in `{}`, by id. V8 remembers 1536
 * first keys after `{}`, so that the ids of as many charts, with a service each, use them up. From then on whatever starts as
 * `{}` and is given another key costs a hidden class to itself. docs/performance.md says what that came to.
 * https://github.com/v8/v8/blob/11.3.244/src/objects/transitions.h
 */
export function spareKeys(scope: Construct): Construct {
  const node = scope?.node as unknown as { _children?: object } | undefined;
  if (node) node._children ??= Object.create(null) as object;
  return scope;
}
