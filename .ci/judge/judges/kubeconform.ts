import { command } from '../command';
import { goTool } from '../install';
import type { Court, Finding, Judge } from '../model';
import { CORE_SCHEMAS, CRD_SCHEMAS, KUBERNETES } from '../paths';
import { count, describe, systemOf } from '../systems';

interface Report {
  readonly resources?: readonly { filename: string; kind: string; name: string; status: string; msg: string }[];
  readonly summary: { readonly valid: number; readonly invalid: number; readonly errors: number; readonly skipped: number };
}

/** One file a kind and version, in a folder named for the group; kubeconform calls the group of core kinds by their version. */
const LAYOUT = '{{if eq .Group "v1"}}core{{else}}{{.Group}}{{end}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json';

export const kubeconform: Judge = {
  name: 'kubeconform',
  says: `schemas of Kubernetes ${KUBERNETES} and of the CRDs, unknown fields refused`,
  tools: [goTool('kubeconform')],
  reads: count,
  run({ bin, folder, systems }: Court) {
    const schemas = [CORE_SCHEMAS, CRD_SCHEMAS].flatMap((at) => ['-schema-location', `${at}/${LAYOUT}`]);
    const args = ['-strict', '-output', 'json', '-summary', ...schemas, folder];
    const { resources = [], summary } = JSON.parse(command(bin('kubeconform'), args, { answers: [0, 1] }).stdout) as Report;
    const findings = resources.map(({ filename, kind, name, status, msg }): Finding => ({
      system: systemOf(systems, filename).name,
      object: describe({ kind, name }),
      rule: status,
      level: 'error',
      message: msg,
    }));
    return { read: summary.valid + summary.invalid + summary.errors, findings };
  },
};
