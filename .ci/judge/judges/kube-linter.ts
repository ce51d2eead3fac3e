import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../command';
import { goTool } from '../install';
import type { Court, Finding, Judge } from '../model';
import { CORE_SCHEMAS } from '../paths';
import { count, describe, systemOf } from '../systems';

interface Report {
  readonly Checks: readonly unknown[];
  readonly Reports:
    | readonly {
        readonly Check: string;
        readonly Diagnostic: { readonly Message: string };
        readonly Object: {
          readonly Metadata: { readonly FilePath: string };
          readonly K8sObject: {
            readonly Namespace: string;
            readonly Name: string;
            readonly GroupVersionKind: { readonly Kind: string };
          };
        };
      }[]
    | null;
}

/** Every built-in check; the one that would download schemas is given those that are here. */
const CONFIG = {
  checks: { addAllBuiltIn: true, exclude: ['schema-validation'] },
  customChecks: [
    {
      name: 'local-schema-validation',
      description: 'schema-validation, with schemas that are here',
      remediation: 'Write what the schema allows.',
      scope: { objectKinds: ['Any'] },
      template: 'kubeconform',
      params: {
        strict: true,
        ignoreMissingSchemas: true,
        schemaLocations: [
          `${CORE_SCHEMAS}/{{if eq .Group "v1"}}core{{else}}{{.Group}}{{end}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json`,
        ],
      },
    },
  ],
};

export const kubeLinter: Judge = {
  name: 'kube-linter',
  says: 'security and hygiene, every built-in check',
  tools: [goTool('kube-linter')],
  reads: count,
  run({ bin, scratch, systems }: Court) {
    const config = join(scratch, 'config.yaml');
    writeFileSync(config, JSON.stringify(CONFIG));
    // A cluster at a time: what dangles in one must not be held by another.
    const findings = systems.flatMap(({ folder }) => {
      const args = ['lint', '--config', config, '--format', 'json', '--fail-if-no-objects-found', folder];
      const report = JSON.parse(command(bin('kube-linter'), args, { answers: [0, 1] }).stdout) as Report;
      return (report.Reports ?? []).map(({ Check, Diagnostic, Object: { Metadata, K8sObject } }): Finding => {
        const { Namespace: namespace, Name: name, GroupVersionKind } = K8sObject;
        return {
          system: systemOf(systems, Metadata.FilePath).name,
          object: describe({ kind: GroupVersionKind.Kind, namespace, name }),
          rule: Check,
          level: 'warning',
          message: Diagnostic.Message.trim(),
        };
      });
    });
    return { read: count(systems), findings };
  },
};
