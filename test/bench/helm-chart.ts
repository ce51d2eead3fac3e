import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { objectsIn } from './files';
import { type Layout, nameOf } from './scene';

/**
 * `text`: the YAML of a service with three names to fill in, the least that can be asked of helm, and no chart that anybody has.
 * `values`: as `helm create` lays a chart out, with labels by a helper, and with values for what services of a company have in
 * common. Neither derives or checks anything.
 */
export type ChartStyle = 'text' | 'values';

/**
 * Writes a chart that gives the objects of `ours`: those of the namespace as they are, and of a service in the middle of the chain as
 * a template for all.
 *
 * @param rendered what `ours` has written, a file each
 * @param layout a template for each service, of which `helm template --output-dir` makes a file each, or one for all
 */
export function writeHelmChart(chart: string, rendered: string, services: number, layout: Layout, style: ChartStyle): void {
  const templates = join(chart, 'templates');
  mkdirSync(templates, { recursive: true });
  const [namespace, one] = ['namespace', nameOf(1)].map((name) => readFileSync(join(rendered, `${name}.yaml`), 'utf8')) as [
    string,
    string,
  ];
  const { values, text } = style === 'text' ? { values: {}, text: one } : withValues(objectsIn(one));
  const service = text
    .replaceAll(nameOf(1), '{{ .name }}')
    .replaceAll(nameOf(0), '{{ .former }}')
    .replaceAll(nameOf(2), '{{ .next }}');
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 1.0.0\n');
  writeFileSync(join(chart, 'values.yaml'), stringify(values));
  writeFileSync(join(templates, '_service.tpl'), `{{- define "service" }}\n---\n${service}{{- end }}\n${LABELS}`);
  const calls = Array.from({ length: services }, (_, i) => ({ name: nameOf(i), text: callOf(i) }));
  if (layout === 'one') writeFileSync(join(templates, 'all.yaml'), `${namespace}${calls.map((call) => call.text).join('')}`);
  else {
    writeFileSync(join(templates, 'namespace.yaml'), namespace);
    for (const call of calls) writeFileSync(join(templates, `${call.name}.yaml`), call.text);
  }
}

const callOf = (i: number) =>
  `{{- template "service" dict "name" "${nameOf(i)}" "former" "${nameOf(i - 1)}" "next" "${nameOf(i + 1)}" "Values" .Values }}\n`;

const LABELS = `{{- define "labels" -}}
app.kubernetes.io/managed-by: cdk8s-banking
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/part-of: bench
{{- end }}
`;

/** What a service's values say, by the field that holds it. It names no service, so that it is the same for all. */
const VALUES = new Set([
  ...['resources', 'lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe', 'securityContext', 'annotations'],
  ...['volumes', 'volumeMounts', 'strategy', 'behavior', 'minReplicas', 'maxReplicas', 'trafficPolicy', 'retries', 'timeout'],
]);

/** The objects as a template, and the values that were taken out of them. */
function withValues(objects: readonly object[]): { values: Record<string, unknown>; text: string } {
  const values: Record<string, unknown> = {};
  const marked = JSON.parse(
    JSON.stringify(objects, (key, value: unknown) => {
      if (key === 'labels' && isServices(value)) return '@labels@';
      if (!VALUES.has(key)) return value;
      const name = `${key}${Object.keys(values).length}`;
      values[name] = value;
      return `@${name}@`;
    }),
  ) as object[];
  const text = marked.map((object) => stringify(object, { lineWidth: 0 })).join('---\n');
  const filled = text.replace(
    /^( *)((?:- )*)(\w+): "@(\w+)@"$/gm,
    (_, indent: string, dashes: string, key: string, name: string) => {
      const deeper = indent.length + dashes.length + 2;
      const said = name === 'labels' ? 'include "labels" .' : `toYaml .Values.${name}`;
      return `${indent}${dashes}${key}: ${'{{-'} ${said} | nindent ${deeper} }}`;
    },
  );
  return { values, text: filled };
}

const isServices = (labels: unknown): boolean =>
  typeof labels === 'object' &&
  Object.keys(labels ?? {}).join() === 'app.kubernetes.io/managed-by,app.kubernetes.io/name,app.kubernetes.io/part-of';
