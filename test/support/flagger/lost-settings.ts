import type { Canary } from './canary';
import { CORS_POLICY, HEADERS, HTTP_MATCH, lost, RETRIES, REWRITE, TRAFFIC_POLICY, type Shape } from './wire';

const SERVICE: Shape = {
  match: ['list', HTTP_MATCH],
  rewrite: { ...REWRITE, type: 'empty' },
  retries: RETRIES,
  headers: HEADERS,
  corsPolicy: CORS_POLICY,
  trafficPolicy: TRAFFIC_POLICY,
};

/** What a Canary says of its traffic and Flagger's types lose, by path: the user would think that it holds. Rule 16. */
export function lostSettings({ spec: { service } }: Canary): string[] {
  const { match, rewrite, retries, headers, corsPolicy, trafficPolicy } = service;
  return lost({ match, rewrite, retries, headers, corsPolicy, trafficPolicy }, SERVICE, 'spec.service');
}
