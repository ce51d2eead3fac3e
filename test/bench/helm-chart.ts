import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameOf } from './scene';

/**
 * A chart that gives the objects of `ours`: those of the namespace as they are, and of a service in the middle of the chain
 * as a template with its own name and that of its neighbours in it, once for each service. Nothing is computed or checked,
 * which no real chart can say of itself.
 */
export function writeHelmChart(chart: string, rendered: string, services: number): void {
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 1.0.0\n');
  const list = Array.from({ length: services }, (_, i) => ({ name: nameOf(i), former: nameOf(i - 1), next: nameOf(i + 1) }));
  writeFileSync(join(chart, 'values.yaml'), JSON.stringify({ services: list }));
  const namespace = readFileSync(join(rendered, 'namespace.yaml'), 'utf8');
  const service = readFileSync(join(rendered, `${nameOf(1)}.yaml`), 'utf8')
    .replaceAll(nameOf(1), '{{ .name }}')
    .replaceAll(nameOf(0), '{{ .former }}')
    .replaceAll(nameOf(2), '{{ .next }}');
  writeFileSync(join(chart, 'templates', 'namespace.yaml'), namespace);
  writeFileSync(join(chart, 'templates', 'services.yaml'), `{{- range .Values.services }}\n---\n${service}{{- end }}\n`);
}
