import { Chart } from 'cdk8s';
import { writeFileSync } from 'node:fs';
import { GitOpsApp } from 'cdk8s-banking';
import { WRONG_INPUTS } from './cases';
test('dump', () => {
  const out: any = [];
  for (const [d, cases] of Object.entries(WRONG_INPUTS)) for (const c of cases) {
    let e: any;
    try { const app = new GitOpsApp({ outdir: '/tmp/wi-out' }); c.build({ app, chart: new Chart(app, 'bank'), outdir: '/tmp/wi-out' }); app.synth(); } catch (x) { e = x; }
    out.push({ d, kind: c.kind, what: c.what, name: e?.name ?? 'NOTHING', message: e?.message ?? '', stack: e?.name !== 'ConfigError' ? e?.stack : undefined });
  }
  writeFileSync('/tmp/wi-dump.json', JSON.stringify(out));
});
