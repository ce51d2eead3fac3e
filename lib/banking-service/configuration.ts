import { createHash } from 'node:crypto';
import { type Problems, show } from '../kernel/errors';
import { dnsSubdomain } from '../kernel/names';
import { compare } from '../kernel/order';
import { ANYTHING, TEXT, mapOf, oneOf, propsOf, type Shape } from '../kernel/shape';

/** How a change of the configuration reaches the pods. */
export enum ConfigurationChange {
  /** The ConfigMap is immutable and named by its content: a change rolls out like a new image, and rolls back like one. */
  ROLL_OUT = 'roll-out',
  /** The ConfigMap keeps its name, and Stakater's Reloader restarts the pods. https://github.com/stakater/Reloader */
  RELOADER = 'reloader',
}

export interface ConfigurationProps {
  /** Environment variables, kept in a ConfigMap. Secrets have no place here. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Files, by name, and the folder that they appear in. @default - none */
  readonly files?: { readonly path: string; readonly content: Readonly<Record<string, string>> };
  /** @default ConfigurationChange.ROLL_OUT */
  readonly change?: ConfigurationChange;
}

export const CONFIGURATION: Shape = propsOf<ConfigurationProps>({
  variables: mapOf(TEXT),
  files: propsOf({ path: ANYTHING, content: mapOf(TEXT) }),
  change: oneOf(...Object.values(ConfigurationChange)),
});

/** A Secret whose keys appear as files, readable by the container's group alone. */
export interface SecretFiles {
  readonly secret: string;
  readonly path: string;
}

/** One ConfigMap of a service. */
export interface ConfigMapModel {
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
  readonly immutable: boolean;
}

export interface ConfigurationModel {
  readonly variables?: ConfigMapModel;
  readonly files?: ConfigMapModel & { readonly path: string };
  readonly reloader: boolean;
}

/** A ConfigMap holds at most 1 MiB. https://kubernetes.io/docs/concepts/configuration/configmap/ */
const LIMIT = 1024 * 1024;

/** Names of variables that hold secrets as a rule. */
const SECRET_NAME = /(^|_)(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)$/i;

/** A value that is one of the well-known forms of a secret. */
const SECRET_VALUE = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\./;

/** Checks names of variables and keeps secrets out of manifests. */
export function variableProblems(variables: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name) || name === '__proto__') {
      return [`${show(name)} is not a variable name; use letters, digits and "_", not starting with a digit`];
    }
    if (typeof value !== 'string') return [];
    if (value.includes('\0')) return [`${name} has a NUL character, which no environment can hold; put it into a file`];
    if (SECRET_NAME.test(name) || SECRET_VALUE.test(value)) {
      return [`${name} looks like a secret, and manifests are committed to Git; put it into a Secret and name it in secretEnv`];
    }
    return [];
  });
}

export function resolveConfiguration(
  service: string,
  props: ConfigurationProps,
  problems: Problems,
  of = 'configuration',
): ConfigurationModel {
  const { variables, files, change = ConfigurationChange.ROLL_OUT } = props;
  const immutable = change === ConfigurationChange.ROLL_OUT;
  variableProblems(variables ?? {}).forEach((what) => problems.add(what, `${of}.variables`));
  fileProblems(files?.content ?? {}, problems, 'configuration.files');
  if (files)
    problems.check(
      files.content !== undefined,
      'has no content; write { path, content: { "name": "text" } }',
      'configuration.files',
    );
  if (files) pathProblem(files.path).forEach((what) => problems.add(what, 'configuration.files'));
  const map = (suffix: string, data: Readonly<Record<string, string>>): ConfigMapModel => {
    sizeProblem(data, suffix, problems, 'configuration');
    return { name: immutable ? `${service}-${suffix}-${contentHash(data)}` : `${service}-${suffix}`, data, immutable };
  };
  return {
    variables: variables && Object.keys(variables).length ? map('env', variables) : undefined,
    files: files && Object.keys(files.content ?? {}).length ? { ...map('files', files.content), path: files.path } : undefined,
    reloader: !immutable,
  };
}

/** Adds what is wrong with files that a ConfigMap is to hold. */
export function fileProblems(content: Readonly<Record<string, string>>, problems: Problems, part: string): void {
  for (const [name, text] of Object.entries(content)) {
    problems.check(
      /^[A-Za-z0-9._-]{1,253}$/.test(name) && !/^(\.\.?|__proto__)$/.test(name),
      `${show(name)} is not a file name; use letters, digits, ".", "_" and "-"`,
      part,
    );
    problems.check(
      !SECRET_VALUE.test(text),
      `${name} holds a secret, and manifests are committed to Git; put it into a Secret and name it in secretFiles`,
      part,
    );
  }
}

/** Adds a problem when a ConfigMap can't hold it. */
export function sizeProblem(data: Readonly<Record<string, string>>, what: string, problems: Problems, part: string): void {
  const size = Object.entries(data).reduce((all, [key, value]) => all + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  problems.check(
    size <= LIMIT,
    `${what} holds ${size} bytes, more than the ${LIMIT} of a ConfigMap; split it, or mount a volume`,
    part,
  );
}

/** Problems of a folder that something is mounted to. */
export function pathProblem(path: string): string[] {
  const ok = typeof path === 'string' && /^\/[A-Za-z0-9._/-]+$/.test(path) && !/\/\/|\/\.{1,2}(\/|$)|\/$/.test(path);
  return ok
    ? []
    : [`${show(path)} must be an absolute path of letters, digits, ".", "_" and "-", without "..", "//" or a "/" at the end`];
}

/** Checks a reference to a Secret. */
export function secretProblems(name: string, problems: Problems, part: string): void {
  problems.take(() => dnsSubdomain(name), '', part);
}

/** Ten hex digits of the content: the same content has the same name, whatever the order of its keys. */
export function contentHash(data: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(data).sort((a, b) => compare(a[0], b[0]));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 10);
}
