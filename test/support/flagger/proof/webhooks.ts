import type { Cluster, HttpRequest, KubeObject } from '../../reachability';
import { namespaceOf } from '../../reachability/objects';
import type { CanaryWebhook } from '../canary';
import { canariesOf } from '../predict';
import type { Intent } from './intent';
import { journeyFindings } from './journeys';

/* Do Flagger's calls arrive, and those that its load tester makes for it? Rules 20 and 21. */

type Dialled = HttpRequest & { readonly host: string };

/**
 * @param running whether the canary has pods: the load tester asks nothing before
 */
export function webhookFindings(
  cluster: Cluster,
  objects: readonly KubeObject[],
  { flagger }: Intent,
  running: boolean,
): string[] {
  if (flagger === undefined) {
    return [];
  }
  return canariesOf(objects).flatMap((canary) =>
    (canary.spec.analysis?.webhooks ?? []).flatMap((webhook) => {
      const call = inCluster(webhook.url ?? '', namespaceOf(canary), 'POST');
      if (call === undefined) {
        return [];
      }
      const caller = cluster.pod(flagger);
      const testers = cluster.journey(caller.id, call).arrivals.flatMap(({ pods }) => pods.map(({ pod }) => pod));
      const tests = running ? commandsOf(webhook, namespaceOf(canary)) : [];
      const where = `webhook ${webhook.name ?? ''}`;
      return [
        ...journeyFindings(cluster, caller, call),
        ...testers.flatMap((tester) => tests.flatMap((request) => journeyFindings(cluster, tester, request))),
      ].map((finding) => `${where}: ${finding}`);
    }),
  );
}

/** The requests of `hey`, `curl` and the like: every URL in the command, by the method that it names. */
function commandsOf({ metadata = {} }: CanaryWebhook, namespace: string): Dialled[] {
  const { cmd = '' } = metadata;
  const method = / (?:-m|-X|--request) ?'?([A-Z]+)/.exec(cmd)?.[1] ?? 'GET';
  return (cmd.match(/https?:\/\/[^\s'"]+/g) ?? []).flatMap((url) => inCluster(url, namespace, method) ?? []);
}

/** A URL of the cluster as a request: `name`, `name.namespace` and the names that go on with `svc`. */
function inCluster(url: string, namespace: string, method: string): Dialled | undefined {
  const { hostname, port, pathname, protocol } = new URL(url);
  const [name = '', owner = namespace, svc = 'svc'] = hostname.split('.');
  return svc === 'svc' && protocol === 'http:'
    ? { host: `${name}.${owner}.svc.cluster.local`, servicePort: Number(port || 80), method, path: pathname }
    : undefined;
}
