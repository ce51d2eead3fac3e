import { ConfigError, show } from './errors';

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * The longest name of a service. A Service name is a DNS label (63), and Flagger appends `-primary` (8) to it.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export const MAX_WORKLOAD_NAME = 55;

/** Checks an RFC 1035 label, what a Service name must be: it starts with a letter. */
export function dnsLabel(name: string, max = 63): string {
  if (typeof name !== 'string' || name.length > max || !LABEL.test(name)) {
    throw new RangeError(
      `${show(name)} is not a name that Kubernetes takes; ` +
        `use 1 to ${max} lower-case letters, digits and "-", starting with a letter and not ending with "-"`,
    );
  }
  return name;
}

/** Checks an RFC 1123 subdomain, what most object names must be. */
export function dnsSubdomain(name: string): string {
  if (typeof name !== 'string' || name.length > 253 || !SUBDOMAIN.test(name)) {
    throw new RangeError(
      `${show(name)} is not a name that Kubernetes takes; ` +
        'use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
    );
  }
  return name;
}

/** Checks a host name without port, path or scheme. A leading `*.` is taken only when `wildcard` is set. */
export function hostName(host: string, wildcard = false): string {
  const bare = wildcard && typeof host === 'string' && host.startsWith('*.') ? host.slice(2) : host;
  if (typeof bare !== 'string' || bare.length > 253 || !areOfHost(bare.split('.'))) {
    const wild = typeof host === 'string' && host.includes('*');
    throw new RangeError(
      wild && !wildcard
        ? `${show(host)} has a wildcard, which would open every host below it; name each host`
        : `${show(host)} is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path`,
    );
  }
  return host;
}

/** An address has labels too, and ends in a number. */
function areOfHost(labels: readonly string[]): boolean {
  const sound = labels.every((label) => label.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label));
  return sound && labels.length >= 2 && !/^[0-9]+$/.test(labels[labels.length - 1]!);
}

/** Checks the id of a construct before `constructs` reads it. @throws ConfigError */
export function constructId(id: string): string {
  if (typeof id === 'string' && id !== '') return id;
  throw new ConfigError([
    { where: 'construct', what: `${show(id)} is no id; give a string that no other construct of the same scope has` },
  ]);
}

/** Checks a port number. */
export function portNumber(port: number): number {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new RangeError(`${show(port)} is not a port; use a whole number from 1 to 65535`);
  }
  return port;
}
