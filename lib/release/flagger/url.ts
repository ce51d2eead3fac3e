import { show } from '../../kernel/errors';

/** Why a text is no address that Flagger can call, a sentence each. @param schemes without the colon */
export function urlProblems(text: unknown, schemes: readonly string[] = ['http', 'https']): string[] {
  const [example] = schemes.slice(-1);
  const bad = (why: string, remedy = `write it like "${example}://approvals.example.com/canary"`) => [
    `${show(text)} ${why}; ${remedy}`,
  ];
  if (typeof text !== 'string' || !URL.canParse(text)) return bad('is not a URL');
  if (!/^[\x21-\x7e]+$/.test(text)) return bad('has blanks or characters outside ASCII', 'write them percent-encoded');
  // These schemes can't be parsed without a host: https://url.spec.whatwg.org/#special-scheme
  if (!schemes.includes(new URL(text).protocol.slice(0, -1))) return bad(`is neither ${schemes.join(' nor ')}`);
  if (text.includes('@')) return bad('has credentials in it, and manifests are committed to Git', 'let the receiver hold them');
  if (text.includes('#')) return bad('has a fragment, which is never sent', 'leave it out');
  return [];
}

/** Whether a host is a Service of the cluster, which is reached through the mesh. */
export function isClusterHost(host: string, clusterDomain: string): boolean {
  return host.endsWith(`.svc.${clusterDomain}`) || host.endsWith('.svc') || /^[a-z0-9-]+(\.[a-z0-9-]+)?$/.test(host);
}

/** Names of things that hold a secret as a rule. */
const CREDENTIAL = /passw|passphrase|secret|token|api[-_]?key|credential|authorization|cookie/i;

/** Keys of a map that hold a credential, by their names. */
export function credentialsIn(map: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(map).filter((key) => CREDENTIAL.test(key));
}
