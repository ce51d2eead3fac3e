/** Other ways to the same objects. Each is given them, so that only what it does with them is measured. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, type ApiObjectProps, App, Chart, YamlOutputType } from 'cdk8s';
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

/** Plain cdk8s in its fastest way: the objects as they are, without anything that would help to write them. */
export const cdk8s: Write = (files, outdir) => {
  const app = new App({ outdir, yamlOutputType: YamlOutputType.FILE_PER_CHART });
  for (const [name, objects] of Object.entries(files)) {
    const chart = new Chart(app, name.replace(/\.yaml$/, ''));
    objects.forEach((object, i) => new ApiObject(chart, `object-${i}`, object as ApiObjectProps));
  }
  app.synth();
};

/** `helm template` of a chart, which writes a file for each of its templates. */
export function helm(chart: string, folder: string): void {
  execFileSync(process.env.HELM!, ['template', chart, '--output-dir', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
}
