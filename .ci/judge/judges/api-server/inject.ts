import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { PlatformModel } from '../../../../lib/platform/model';
import { command } from '../../command';
import { type KubeObject, folderAt, objectsIn } from '../../systems';

/** Whether the proxy is a container, or an init container that stays. */
export type Form = 'classic' | 'native';

interface Values {
  readonly global: { readonly proxy: object };
  readonly pilot: { readonly cni: object };
}

/** Puts the proxy into workloads as istiod would: with the template and the mesh configuration that istioctl installs. */
export class Injector {
  private readonly config: string;
  private readonly mesh: string;
  private readonly values: Values;
  private readonly folder: string;
  private calls = 0;

  constructor(
    private readonly istioctl: string,
    scratch: string,
  ) {
    this.folder = folderAt(scratch, 'injection');
    const all = join(this.folder, 'istio.yaml');
    command(istioctl, ['manifest', 'generate', '--set', 'components.cni.enabled=true', '--output', all]);
    const maps = objectsIn(readFileSync(all, 'utf8')).filter(({ kind }) => kind === 'ConfigMap');
    const data = (name: string): Record<string, string> =>
      (maps.find(({ metadata }) => metadata.name === name) as unknown as { data: Record<string, string> }).data;
    const injector = data('istio-sidecar-injector');
    this.config = this.write('config', injector.config!);
    this.mesh = this.write('mesh', data('istio').mesh!);
    this.values = JSON.parse(injector.values!) as Values;
  }

  inject(workloads: readonly KubeObject[], { istio }: PlatformModel, form: Form, kubeconfig: string): KubeObject[] {
    const { global, pilot } = this.values;
    const values = {
      ...this.values,
      global: { ...global, proxy: { ...global.proxy, resources: istio.proxy } },
      pilot: { ...pilot, cni: { ...pilot.cni, enabled: istio.cni } },
    };
    const input = this.write('workloads.yaml', workloads.map((one) => stringify(one)).join('---\n'));
    const output = join(this.folder, 'injected.yaml');
    const templates = ['--injectConfigFile', this.config, '--meshConfigFile', this.mesh];
    const files = ['--valuesFile', this.write('values', JSON.stringify(values)), '--filename', input, '--output', output];
    const env = { ENABLE_NATIVE_SIDECARS: String(form === 'native') };
    command(this.istioctl, ['kube-inject', '--kubeconfig', kubeconfig, ...templates, ...files], { env });
    const injected = objectsIn(readFileSync(output, 'utf8'));
    if (injected.length !== workloads.length)
      throw new Error(`istioctl gave ${injected.length} of ${workloads.length} workloads`);
    return injected;
  }

  private write(name: string, text: string): string {
    const file = join(this.folder, `${this.calls++}-${name}`);
    writeFileSync(file, text);
    return file;
  }
}
