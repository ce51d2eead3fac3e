import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { contentHash } from '../banking-service/configuration';
import { ownLabels } from '../kernel/labels';
import { define, note } from '../kube';
import { Guard } from '../zero-trust/guard';
import type { ZeroTrustNamespace } from '../zero-trust/zero-trust-namespace';
import { NO_SUBSTITUTION } from './delivery';
import type { JobModel } from './model';
import { canBeNative } from './proxy';
import { jobClaim } from './resources/claim';
import { job, jobSelector } from './resources/job';

/**
 * A Job as guarded as a service: its own identity, declared edges only, hardened pod, a proxy that ends with it, and room in
 * the namespace's quota. What a Job runs can't be changed once it is there, so its name says what it holds: other content is
 * another Job.
 */
export class HardenedJob extends Construct {
  /** What it is to others: a caller. */
  readonly guard: Guard;
  /** The Job. An override of what it runs does not show in its name; say it by a prop where there is one. */
  readonly job: ApiObject;
  /** Name of the Job: that of the workload, and a hash of what it runs. */
  readonly jobName: string;

  constructor(scope: Construct, id: string, model: JobModel, namespace: ZeroTrustNamespace) {
    super(scope, id);
    const { name, files } = model;
    const { platform } = namespace;
    const metadata = { namespace: namespace.name, labels: { ...model.labels, ...ownLabels(name, namespace.name) } };
    define(this, 'service-account', k8s.KubeServiceAccount, { ...metadata, name }, () => ({
      automountServiceAccountToken: false,
    }));
    this.guard = new Guard(this, 'guard', {
      name,
      namespace,
      selector: jobSelector(name),
      serviceAccount: name,
      ports: [],
      managementPaths: [],
      mtlsExceptions: new Map(),
    });
    if (files) {
      const annotations = { ...NO_SUBSTITUTION, ...files.annotations };
      define(this, 'files', k8s.KubeConfigMap, { ...metadata, name: files.name, annotations }, () => ({
        data: { ...files.data },
        immutable: true,
      }));
    }
    const spec = job(model, namespace.name, platform);
    this.jobName = `${name}-${contentHash({ spec: JSON.stringify(spec) })}`;
    const { annotations } = model.delivery;
    this.job = define(this, 'job', k8s.KubeJob, { ...metadata, name: this.jobName, annotations }, () => ({ spec }));
    namespace.claim(name, () => jobClaim(model, namespace.model));
    const secrets = new Set([...Object.values(model.secretEnv).map(({ secret }) => secret), ...model.imagePullSecrets]);
    for (const secret of secrets) {
      note(this, { kind: 'prerequisite', text: `Secret ${secret} is in namespace ${namespace.name} before ${name} runs.` });
    }
    if (canBeNative(platform)) {
      note(this, {
        kind: 'prerequisite',
        text: 'Every node runs Kubernetes 1.29 or newer: the proxies of Jobs are native sidecars.',
      });
    }
  }
}
