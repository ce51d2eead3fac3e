/** Other ways to the same objects. Each is given them, so that only what it does with them is measured. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { dump } from 'js-yaml';
import { stringify } from 'yaml';
import type { Files } from './files';

type Write = (files: Files, folder: string) => void;

const written =
  (text: (objects: readonly object[]) => string): Write =>
  (files, folder) => {
    mkdirSync(folder, { recursive: true });
    for (const [name, objects] of Object.entries(files)) writeFileSync(join(folder, name), text(objects));
  };

/** The package that cdk8s writes with. */
export const yaml = written((objects) => objects.map((one) => stringify(one, { lineWidth: 0, version: '1.1' })).join('---\n'));

/** The fastest writer of standard YAML that we found, as it comes. */
export const jsYaml = written((objects) => objects.map((one) => dump(one, { lineWidth: -1, noRefs: true })).join('---\n'));

/** No YAML that a person reads; what writing the bytes costs at least. */
export const json = written((objects) => objects.map((one) => JSON.stringify(one)).join('\n'));

type Generated = new (scope: Chart, id: string, props: object) => ApiObject;

/** Plain cdk8s: the classes of cdk8s-plus where it has one for the kind, ApiObject elsewhere. */
export const cdk8s: Write = (files, outdir) => {
  const app = new App({ outdir, yamlOutputType: YamlOutputType.FILE_PER_CHART });
  for (const [name, objects] of Object.entries(files)) {
    const chart = new Chart(app, name.replace(/\.yaml$/, ''));
    objects.forEach((object, i) => {
      const { apiVersion, kind, ...props } = object as { apiVersion: string; kind: string };
      const Typed = (k8s as unknown as Record<string, Generated | undefined>)[
        `Kube${kind}${apiVersion.endsWith('/v2') ? 'V2' : ''}`
      ];
      if (Typed) new Typed(chart, `object-${i}`, props);
      else new ApiObject(chart, `object-${i}`, object as { apiVersion: string; kind: string });
    });
  }
  app.synth();
};

/** `helm template` of a chart. */
export function helm(chart: string, folder: string): void {
  const text = execFileSync(process.env.HELM!, ['template', chart], { encoding: 'utf8', maxBuffer: 1e9 });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'all.yaml'), text);
}
