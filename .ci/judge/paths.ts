import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');
/** What stands beside the repository: schemas of Kubernetes' own kinds, and the CRDs as upstream writes them. */
export const SHARED = join(ROOT, '..', 'shared');
export const CORE_SCHEMAS = join(SHARED, 'schemas');
export const CRDS = join(SHARED, 'crds');
export const CRD_SCHEMAS = join(ROOT, 'imports', 'schemas');
/** The Kubernetes that CORE_SCHEMAS, the API server and the deprecations are of. */
export const KUBERNETES = '1.36.2';
