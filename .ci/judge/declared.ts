import { Chart } from 'cdk8s';
import type { NetworkPeer } from '../../lib/contracts/peer';
import { Environment } from '../../lib/kube/environment';
import { GitOpsApp } from '../../lib/kube/gitops-app';
import type { PlatformModel } from '../../lib/platform/model';
import { Guard } from '../../lib/zero-trust/guard';
import { ZeroTrustNamespace } from '../../lib/zero-trust/zero-trust-namespace';

/** One end that a workload may talk to, or be called by. */
export interface Declared {
  readonly peer: NetworkPeer;
  /** The port of the pods that are called. */
  readonly port: number;
}

/** What was declared of one workload, as the program that built it says. */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly callers: readonly Declared[];
  readonly callees: readonly Declared[];
}

/** What was declared in one system. */
export interface Declaration {
  /** `ZeroTrustNamespace`s, with what each takes for granted of the cluster. */
  readonly namespaces: readonly { readonly name: string; readonly platform: PlatformModel }[];
  readonly workloads: readonly Workload[];
}

/**
 * Builds and writes every app, and keeps what they declared, system by system. The apps read their folder from the environment, as under the
 * cdk8s CLI; examples that show an excerpt write all of it here.
 */
export function writeApps(output: string): Map<string, Declaration> {
  const apps: GitOpsApp[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with an app
  const { synth } = GitOpsApp.prototype;
  GitOpsApp.prototype.synth = function (this: GitOpsApp) {
    apps.push(this);
    // An excerpt is a subclass that overrides these.
    Object.assign(this, { selects: () => true, selectsSection: () => true });
    synth.call(this);
  };
  process.env.CDK8S_OUTDIR = output;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it writes when it is loaded
  require('../../apps/main');
  return new Map(apps.flatMap((app) => declarations(app)));
}

function declarations(app: GitOpsApp): [string, Declaration][] {
  const systems = new Map<string, { namespaces: Declaration['namespaces'][number][]; workloads: Workload[] }>();
  const at = (construct: Parameters<typeof Environment.of>[0]) => {
    const name = [app.folder, Environment.of(construct)?.name].filter(Boolean).join('/');
    const found = systems.get(name) ?? { namespaces: [], workloads: [] };
    systems.set(name, found);
    return found;
  };
  for (const construct of app.node.findAll()) {
    if (Chart.isChart(construct)) at(construct);
    if (construct instanceof ZeroTrustNamespace)
      at(construct).namespaces.push({ name: construct.name, platform: construct.platform });
    if (construct instanceof Guard) at(construct).workloads.push(workload(construct));
  }
  return [...systems];
}

function workload({ model, callers, callees }: Guard): Workload {
  return {
    name: model.name,
    namespace: model.namespace.name,
    podLabels: model.selector,
    callers: callers.flatMap(({ caller, port }) => caller.sources.map((peer) => ({ peer, port: port.targetPort }))),
    callees: callees.flatMap(({ callee, port }) => callee.destinations(port)),
  };
}
