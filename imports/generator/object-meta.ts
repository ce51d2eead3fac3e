import type { Scope } from './crd';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const INSTANT = { type: ['string', 'null'] };

/** Names of custom resources are DNS subdomains, whatever the kind. */
const NAME = { type: 'string', minLength: 1, maxLength: 253, pattern: `^${SUBDOMAIN}$` };
/** 253 for the prefix, 63 for the name, 1 for the slash. */
const KEY = { type: 'string', maxLength: 317, pattern: `^(${SUBDOMAIN}/)?${QUALIFIED}$` };

const OWNER = {
  type: 'object',
  required: ['apiVersion', 'kind', 'name', 'uid'],
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    name: { type: 'string' },
    uid: { type: 'string' },
    controller: { type: 'boolean' },
    blockOwnerDeletion: { type: 'boolean' },
  },
  additionalProperties: false,
};

/**
 * Kubernetes' ObjectMeta. The fields that the API server writes are allowed too, since the schemas also judge objects
 * that were read from a cluster. A cluster-scoped kind has no namespace.
 */
export const objectMeta = (scope: Scope): Record<string, unknown> => ({
  type: 'object',
  anyOf: [{ required: ['name'] }, { required: ['generateName'] }],
  properties: {
    name: NAME,
    generateName: { type: 'string', minLength: 1, maxLength: 253 },
    ...(scope === 'Namespaced' ? { namespace: { type: 'string', maxLength: 63, pattern: `^${LABEL}$` } } : {}),
    labels: {
      type: 'object',
      propertyNames: KEY,
      additionalProperties: { type: 'string', maxLength: 63, pattern: `^(${QUALIFIED})?$` },
    },
    annotations: { type: 'object', propertyNames: KEY, additionalProperties: { type: 'string' } },
    finalizers: { type: 'array', items: { type: 'string' } },
    ownerReferences: { type: 'array', items: OWNER },
    uid: { type: 'string' },
    resourceVersion: { type: 'string' },
    generation: { type: 'integer' },
    selfLink: { type: 'string' },
    creationTimestamp: INSTANT,
    deletionTimestamp: INSTANT,
    deletionGracePeriodSeconds: { type: 'integer' },
    managedFields: { type: 'array', items: { type: 'object' } },
  },
  additionalProperties: false,
});
