import { type Problems, show } from '../../../kernel/errors';
import type { CanaryFacts } from '../contract';
import { credentialsIn, isClusterHost, urlProblems } from '../url';

/** Adds what is wrong with where Flagger is to call. */
export function receiverProblems(url: unknown, { platform }: CanaryFacts, problems: Problems, part: string): void {
  const wrong = urlProblems(url);
  wrong.forEach((what) => problems.add(what, `${part}.url`));
  if (wrong.length > 0) return;
  const { protocol, hostname } = new URL(url as string);
  problems.check(
    protocol === 'https:' || isClusterHost(hostname, platform.clusterDomain),
    `${show(url)} is outside of the cluster, where http is neither secret nor proof of who answers; use https`,
    `${part}.url`,
  );
}

/** Adds what is wrong with what is sent along. */
export function metadataProblems(metadata: Readonly<Record<string, string>>, problems: Problems, part: string): void {
  for (const key of credentialsIn(metadata)) {
    problems.add(
      `${show(key)} carries a credential, and manifests are committed to Git; let the receiver hold it, since Flagger can't read it from a Secret`,
      `${part}.metadata`,
    );
  }
}
