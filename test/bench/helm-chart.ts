import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Layout, nameOf } from './scene';

/**
 * A chart that gives the objects of `ours`: those of the namespace as they are, and of a service in the middle of the chain as a
 * template with its own name and that of its neighbours in it. Nothing is computed or checked, which no real chart can say of itself.
 *
 * @param rendered what `ours` has written, a file each
 * @param layout a template for each service, of which `helm template --output-dir` makes a file each, or one for all
 */
export function writeHelmChart(chart: string, rendered: string, services: number, layout: Layout): void {
  const templates = join(chart, 'templates');
  mkdirSync(templates, { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 1.0.0\n');
  const namespace = readFileSync(join(rendered, 'namespace.yaml'), 'utf8');
  const service = readFileSync(join(rendered, `${nameOf(1)}.yaml`), 'utf8')
    .replaceAll(nameOf(1), '{{ .name }}')
    .replaceAll(nameOf(0), '{{ .former }}')
    .replaceAll(nameOf(2), '{{ .next }}');
  writeFileSync(join(templates, '_service.tpl'), `{{- define "service" }}\n---\n${service}{{- end }}\n`);
  const calls = Array.from({ length: services }, (_, i) => ({ name: nameOf(i), text: callOf(i) }));
  if (layout === 'one') writeFileSync(join(templates, 'all.yaml'), `${namespace}${calls.map(({ text }) => text).join('')}`);
  else
    for (const { name, text } of [{ name: 'namespace', text: namespace }, ...calls])
      writeFileSync(join(templates, `${name}.yaml`), text);
}

const callOf = (i: number) =>
  `{{- template "service" dict "name" "${nameOf(i)}" "former" "${nameOf(i - 1)}" "next" "${nameOf(i + 1)}" }}\n`;
