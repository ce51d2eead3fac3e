import { type Problems, show } from '../../kernel/errors';

/** Adds what is wrong with the name of a provider. Istio compares them without regard to case. */
export function providerProblems(name: string | undefined, problems: Problems): void {
  problems.check(
    name === undefined || /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(name),
    `${show(name)} is no name of a provider; use up to 63 letters, digits, "-", "_" and ".", as in extensionProviders of MeshConfig`,
    'provider',
  );
}
