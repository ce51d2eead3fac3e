import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { command } from '../../command';
import type { Declaration } from '../../declared';
import { goTool } from '../../install';
import type { Court, Judge } from '../../model';
import { type KubeObject, folderAt, ofKind } from '../../systems';
import { type Connection, compare } from './compare';

/** Who may reach whom by the NetworkPolicies alone, as another program reads them, beside what was declared: both ways. */
export const netpolAnalyzer = (declarations: ReadonlyMap<string, Declaration>): Judge => ({
  name: 'netpol-analyzer',
  says: 'its list of connections is the declared edges and what the mesh needs, no more and no less',
  unit: 'pairs of pods',
  tools: [goTool('netpol-analyzer')],
  reads: (systems) => systems.flatMap((system) => ofKind(system, 'NetworkPolicy')).length,
  run({ bin, scratch, systems }: Court) {
    const compared = systems.map((system) => {
      const folder = folderAt(scratch, system.name);
      const list = (objects: readonly KubeObject[]) => {
        writeFileSync(join(folder, 'world.yaml'), objects.map((object) => stringify(object)).join('---\n'));
        const { stdout } = command(bin('netpolicy'), ['list', '--quiet', '--output', 'json', '--dirpath', folder]);
        return JSON.parse(stdout) as Connection[];
      };
      return compare(system, declarations.get(system.name)!, list);
    });
    return { read: compared.reduce((sum, { pairs }) => sum + pairs, 0), findings: compared.flatMap(({ findings }) => findings) };
  },
});
