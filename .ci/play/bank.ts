import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bank } from '../../apps/bank/bank';
import { environments } from '../../apps/bank/environments';
import { Environment, GitOpsApp, ObservabilityStack } from '../../lib';
import type { StackModel } from '../../lib/observability/model';
import { type KubeObject, objectsIn } from '../judge/systems';

export interface Played {
  /** What the bank's production is given, as it is written to dist/bank/prod. */
  readonly objects: readonly KubeObject[];
  readonly stack: StackModel;
}

/** The production of the bank, built as `npm run synth` builds it, in a folder that is gone afterwards. */
export function bankInProduction(): Played {
  const props = environments.find(({ name }) => name === 'prod')!;
  const outdir = mkdtempSync(join(tmpdir(), 'bank-'));
  const before = process.env.CDK8S_OUTDIR;
  process.env.CDK8S_OUTDIR = outdir;
  try {
    const app = new GitOpsApp({ folder: 'bank' });
    bank(new Environment(app, props.name, { stage: props.stage }), props);
    app.synth();
    const folder = join(outdir, 'bank', 'prod');
    const objects = ['banking.yaml', 'banking-observability.yaml', join('istio-ingress', 'banking.yaml')].flatMap((file) =>
      objectsIn(readFileSync(join(folder, file), 'utf8')),
    );
    const stack = app.node.findAll().find((one): one is ObservabilityStack => one instanceof ObservabilityStack)!;
    return { objects, stack: stack.model };
  } finally {
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
    rmSync(outdir, { recursive: true });
  }
}

export const ofKind = ({ objects }: Played, kind: string): KubeObject[] => objects.filter((one) => one.kind === kind);
