import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import * as crds from '../../imports';
import type { VirtualServiceProps } from '../../imports/networking.istio.io';

const ROOT = join(__dirname, '..', '..');

const props: VirtualServiceProps = {
  metadata: { name: 'payments' },
  spec: { hosts: ['payments'], http: [{ route: [{ destination: { host: 'payments', port: { number: 8080 } } }] }] },
};

describe('the registry', () => {
  it('renders manifests with the class of a group', () => {
    expect(crds.networkingIstioIo().VirtualService.manifest(props)).toEqual({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      ...props,
    });
  });

  it('has classes that erase a plain number where they want an int-or-string, which no compiler sees in JSON', () => {
    const { ServiceMonitor, ServiceMonitorSpecEndpointsTargetPort: Port } = crds.monitoringCoreosCom();
    const manifest = (targetPort: unknown): { spec: object } =>
      ServiceMonitor.manifest({ spec: { selector: {}, endpoints: [{ targetPort: targetPort as never }] } });
    expect(manifest(Port.fromNumber(8080)).spec).toEqual({ selector: {}, endpoints: [{ targetPort: 8080 }] });
    expect(manifest(8080).spec).toEqual({ selector: {}, endpoints: [{}] });
  });

  it('has a class for every kind it lists', () => {
    const groups = crds as unknown as Record<string, () => Record<string, { GVK: object }>>;
    const found = crds.kinds.map(({ apiVersion, kind }) => {
      const accessor = apiVersion.replace(/\/.*/, '').replace(/[.-](.)/g, (_dot, letter: string) => letter.toUpperCase());
      return groups[accessor]?.()[kind]?.GVK;
    });
    expect(found).toEqual(crds.kinds.map(({ apiVersion, kind }) => ({ apiVersion, kind })));
  });

  it('loads a group, and cdk8s, only when the group is asked for', () => {
    const script = `
      const loaded = () => Object.keys(require.cache).filter((file) => /\\.io\\.ts$|\\.app\\.ts$|\\.com\\.ts$|cdk8s.lib.index/.test(file));
      const crds = require('./imports');
      const before = loaded();
      crds.flaggerApp().Canary;
      console.log(JSON.stringify({ before, after: loaded().map((file) => file.split(/[\\\\/]/).pop()).sort() }));`;
    const output = execFileSync(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual({ before: [], after: ['flagger.app.ts', 'index.js'] });
  }, 60_000);

  it('stays lazy when tsc compiles it to CommonJS', () => {
    const text = readFileSync(join(ROOT, 'imports', 'index.ts'), 'utf8');
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, isolatedModules: true };
    const { outputText } = ts.transpileModule(text, { compilerOptions });
    const required: string[] = [];
    const exported: Record<string, () => unknown> = {};
    new Function('require', 'exports', outputText)((path: string) => required.push(path), exported);
    expect(required).toEqual([]);
    exported['kedaSh']?.();
    expect(required).toEqual(['./keda.sh']);
  });
});
