import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSources } from '../../../../imports/generator/read';
import { SOURCES } from '../../../../imports/generator/sources';
import type { Declaration } from '../../declared';
import { goTool } from '../../install';
import type { Court, Finding, Judge } from '../../model';
import { CRDS, KUBERNETES, ROOT } from '../../paths';
import { type KubeObject, type System, count, describeObject, objectsOf } from '../../systems';
import { Cluster } from './cluster';
import { differences } from './difference';
import { type Form, Injector } from './inject';
import { podOf, scaled } from './pods';
import { type Answer, ApiServer, Etcd } from './server';

/** Made first, in this order, since what follows is judged by them. */
const FIRST = ['Namespace', 'PriorityClass', 'ServiceAccount', 'ResourceQuota', 'LimitRange'];
const RULES = Object.values(
  JSON.parse(readFileSync(join(ROOT, 'imports', 'cel-rules.json'), 'utf8')) as Record<string, unknown[]>,
).flat().length;

/**
 * Kubernetes' own API server, alone: every object is sent to it as kubectl would, and every pod that the workloads may have
 * at their largest, with the proxy that istioctl injects. What it refuses is an error, what it warns of a warning.
 */
export const apiServer = (declarations: ReadonlyMap<string, Declaration>): Judge => ({
  name: 'kube-apiserver',
  says: `admission: strict schemas, ${RULES} CEL rules of the CRDs, Pod Security, quotas and limits, of every pod at the largest scale with its proxy`,
  tools: [
    goTool('kube-apiserver', {
      flags: [`-ldflags=-X k8s.io/component-base/version.gitVersion=v${KUBERNETES}`],
    }),
    goTool('istioctl'),
  ],
  reads: count,
  async run({ bin, scratch, systems }: Court) {
    const injector = new Injector(bin('istioctl'), scratch);
    // Go calls it by the last part of its package, go.etcd.io/etcd/server.
    const etcd = await Etcd.start(bin('server'), scratch);
    try {
      const findings: Finding[] = [];
      let read = 0;
      for (const [i, system] of systems.entries()) {
        const server = await ApiServer.start(bin('kube-apiserver'), etcd, scratch, `system-${i}`);
        try {
          const session = new Session(new Cluster(server), system);
          await session.objects();
          await session.pods(injector, declarations.get(system.name)!, server.kubeconfig());
          findings.push(...session.findings);
          read += session.read;
        } finally {
          await server.end();
        }
      }
      return { read, findings };
    } finally {
      await etcd.end();
    }
  },
});

/** One system before one empty cluster. */
class Session {
  readonly findings: Finding[] = [];
  read = 0;

  constructor(
    private readonly cluster: Cluster,
    private readonly system: System,
  ) {}

  /** Sends every object, and compares what is stored with what was sent. */
  async objects(): Promise<void> {
    const objects = objectsOf(this.system);
    await this.cluster.define(readSources(CRDS, SOURCES).map(({ crd }) => crd));
    const own = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
    for (const namespace of new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))) {
      if (!own.includes(namespace)) await this.cluster.createNamespace(namespace);
    }
    const rank = ({ kind }: KubeObject): number => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length);
    for (const object of [...objects].sort((a, b) => rank(a) - rank(b))) {
      const answer = await this.send(object, describeObject(object));
      if (answer.status >= 300) continue;
      for (const message of differences(object, answer.body)) {
        this.add(describeObject(object), 'stored otherwise', 'warning', message);
      }
      if (object.kind === 'ResourceQuota') await this.cluster.startQuota(object);
    }
  }

  /** Makes a cluster of pods, as full as it may become: the quota and the limits count the proxies too. */
  async pods(injector: Injector, { namespaces }: Declaration, kubeconfig: string): Promise<void> {
    const all = scaled(this.system);
    for (const { name, platform } of namespaces) {
      const here = all.filter(({ workload }) => workload.metadata.namespace === name);
      const inject = (form: Form): KubeObject[] =>
        here.length === 0
          ? []
          : injector.inject(
              here.map(({ workload }) => workload),
              platform,
              form,
              kubeconfig,
            );
      for (const workload of inject('native')) await this.sendPod(workload, 0, 'with a native sidecar', true);
      for (const [i, workload] of inject('classic').entries()) {
        const { pods } = here[i]!;
        for (let n = 1; n <= pods; n++) await this.sendPod(workload, n, `${n} of ${pods}`);
      }
    }
  }

  private async sendPod(workload: KubeObject, number: number, which: string, dryRun = false): Promise<void> {
    await this.send(podOf(workload, number), `${describeObject(workload)}: pod ${which}`, dryRun);
  }

  private async send(object: KubeObject, what: string, dryRun = false): Promise<Answer> {
    this.read++;
    const answer = await this.cluster.create(object, { dryRun });
    if (answer.status >= 300) this.add(what, String(answer.body.reason), 'error', String(answer.body.message));
    for (const warning of answer.warnings) this.add(what, 'warning', 'warning', warning);
    return answer;
  }

  private add(object: string, rule: string, level: Finding['level'], message: string): void {
    this.findings.push({ system: this.system.name, object, rule, level, message });
  }
}
