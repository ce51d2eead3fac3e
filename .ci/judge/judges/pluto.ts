import { command } from '../command';
import { goTool } from '../install';
import type { Court, Finding, Judge } from '../model';
import { KUBERNETES } from '../paths';
import { SOURCES } from '../../../imports/generator/sources';
import { count, describe, systemOf } from '../systems';

interface Report {
  readonly items?: readonly {
    readonly name: string;
    readonly namespace?: string;
    readonly filePath: string;
    readonly api: { readonly version: string; readonly kind: string; readonly 'replacement-api': string };
    readonly removed: boolean;
  }[];
}

const tagOf = (name: string): string => SOURCES.find((source) => source.name === name)!.tag.replace(/^v?/, 'v');
const TARGETS = `k8s=v${KUBERNETES},istio=${tagOf('Istio')},cert-manager=${tagOf('cert-manager')}`;

export const pluto: Judge = {
  name: 'pluto',
  says: `API versions that are deprecated or removed by ${TARGETS.replaceAll(',', ', ').replaceAll('=v', ' ')}`,
  tools: [goTool('pluto')],
  reads: count,
  run({ bin, folder, systems }: Court) {
    const args = ['detect-files', '--directory', folder, '--target-versions', TARGETS, '--output', 'json'];
    const { items = [] } = JSON.parse(command(bin('pluto'), args, { answers: [0, 2, 3] }).stdout) as Report;
    const findings = items.map(({ name, namespace, filePath, api, removed }): Finding => ({
      system: systemOf(systems, filePath).name,
      object: describe({ kind: api.kind, namespace, name }),
      rule: removed ? 'removed' : 'deprecated',
      level: removed ? 'error' : 'warning',
      message: `${api.version}; use ${api['replacement-api']}`,
    }));
    return { read: count(systems), findings };
  },
};
