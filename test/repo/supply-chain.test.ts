import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths';

/* What a user installs with the library, and what it is built with: few packages, each pinned by its content. */

interface Locked {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly peer?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> };
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
  publishConfig: Record<string, unknown>;
};
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

test('every package is pinned by its content, whatever registry it comes from', () => {
  // npm writes no hash of a package that is for another platform than the one that the file was made on.
  // A package within another one is pinned with it.
  const loose = packages.filter(([, one]) => !one.integrity?.startsWith('sha512-') && !one.optional && !one.inBundle);
  expect(loose.map(([path]) => path)).toEqual([]);
  expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test('few packages come with the library, all under permissive licences, and none runs anything when it is installed', () => {
  const shipped = packages.filter(([, one]) => !one.dev && !one.peer && !one.optional);
  const names = shipped.map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(Object.keys(manifest.dependencies).filter((name) => !names.includes(name))).toEqual([]);
  expect(names.length).toBeLessThanOrEqual(15);
  for (const [path, { license, hasInstallScript }] of shipped) {
    expect([path, license]).toEqual([
      path,
      expect.stringMatching(/^(MIT|Apache-2\.0|ISC|BSD-[23]-Clause|0BSD|Python-2\.0|PSF-2\.0)$/),
    ]);
    expect([path, hasInstallScript]).toEqual([path, undefined]);
  }
});

test('it is published with its provenance', () => {
  expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
  const workflow = readFileSync(join(ROOT, '.github', 'workflows', 'publish.yml'), 'utf8');
  expect(workflow).toMatch(/id-token: write/);
  expect(workflow).toMatch(/npm publish --provenance/);
  expect(workflow).toMatch(/npm sbom --omit dev --sbom-format cyclonedx/);
});
