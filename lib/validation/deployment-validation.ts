import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { constructId } from '../kernel/names';
import { ownLabels } from '../kernel/labels';
import { define, findObject, note, section } from '../kube';
import { HardenedJob } from '../jobs/hardened-job';
import { ApiServer } from '../zero-trust/api-server';
import { connect } from '../zero-trust/connect';
import type { Guard } from '../zero-trust/guard';
import { type ValidationModel, resolveValidation } from './model';
import type { DeploymentValidationProps } from './props';
import { validationRules } from './resources/role';
import { validationText } from './text';

/**
 * Finds out whether what runs is what was declared: each Deployment has the declared image, its rollout is complete, enough of its
 * pods are ready, and the service answers through the mesh. A Job with a role of its own does it, with a script that can also be
 * run by hand. It fails when there is nothing to look at, and when it can't look.
 *
 * ```ts
 * new DeploymentValidation(chart, 'validate', { services: [payments, ledger], image: 'registry.example.com/kubectl-curl:1.34.1' });
 * ```
 */
export class DeploymentValidation extends Construct {
  /** The resolved props. */
  readonly model: ValidationModel;
  /** What it is to others: a caller. */
  readonly guard: Guard;
  /** The Job. Its name changes with what it validates. */
  readonly job: ApiObject;

  /** @throws ConfigError that lists every problem of the props. */
  constructor(scope: Construct, id: string, props: DeploymentValidationProps) {
    super(scope, constructId(id));
    this.model = resolveValidation(props?.name ?? id, props);
    const { job: jobModel, namespace, targets } = this.model;
    const apiServer = ApiServer.at(namespace.platform);
    const { guard, job } = new HardenedJob(this, 'job', jobModel, namespace);
    this.guard = guard;
    this.job = job;

    const { name } = jobModel;
    const metadata = { name, namespace: namespace.name, labels: { ...jobModel.labels, ...ownLabels(name, namespace.name) } };
    define(this, 'role', k8s.KubeRole, metadata, () => ({ rules: validationRules(targets) }));
    define(this, 'role-binding', k8s.KubeRoleBinding, metadata, () => ({
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: namespace.name }],
    }));
    connect(guard, apiServer);
    for (const { service, health } of targets) {
      if (health) connect(guard, service.guard, { methods: [health.method], paths: [health.path], port: health.port });
    }
    note(this, { kind: 'prerequisite', text: `The image of ${name} has sh, kubectl, curl, timeout, grep, sed, od and date.` });
    section(this, { heading: 'Validation', title: name, body: () => validationText(this.model) });
  }

  /** The script, in POSIX sh: what the Job runs, and what can be run by hand with a kubeconfig. */
  script(): string {
    return this.model.script;
  }

  /** An object of this validation, to override it. @throws ConfigError that lists what there is */
  object(kind: string, name?: string): ApiObject {
    return findObject(this, kind, name);
  }
}
