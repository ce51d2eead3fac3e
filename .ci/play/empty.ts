const EJECTIONS = "the bank's pods do not ask their proxies for it (ENVOY_STATS_ANNOTATION)";
const NO_P99 = "the canary is judged by its p95, not by Flagger's own p99";
const NO_TCP = 'no service of the bank takes connections that are not requests';

/** Queries to which the play gives nothing, and why that is right. */
export const EMPTY: Readonly<Record<string, string>> = {
  'service / Hosts that it has stopped calling / {{cluster_name}}': EJECTIONS,
  'release / p99 / {{metric}}': NO_P99,
  'release / p99 / {{metric}} {{bound}}': NO_P99,
  'mesh / Hosts that are no longer called / {{cluster_name}}': EJECTIONS,
  'mesh / Connections opened / {{source_workload_namespace}}/{{source_workload}} → {{destination_canonical_service}}': NO_TCP,
  'mesh / Bytes by TCP / {{source_workload_namespace}}/{{source_workload}} → {{destination_canonical_service}} sent': NO_TCP,
  'mesh / Bytes by TCP / {{source_workload_namespace}}/{{source_workload}} → {{destination_canonical_service}} received': NO_TCP,
};
