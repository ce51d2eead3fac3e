import type { ServiceModel } from './model';

/** What must be in the cluster before this service can run, a sentence each. */
export function servicePrerequisites(model: ServiceModel, namespace: string): string[] {
  const { scaling, configuration, exposure, placement, priority, secretEnv, secretFiles, imagePullSecrets } = model;
  const secrets = [
    ...Object.values(secretEnv).map(({ secret }) => secret),
    ...secretFiles.map(({ secret }) => secret),
    ...imagePullSecrets,
  ];
  const { className, value } = priority.model;
  return [
    ...[...new Set(secrets)].map((name) => `Secret ${name} is in namespace ${namespace} before ${model.name} starts.`),
    ...(scaling.kind === 'horizontal'
      ? ['metrics-server is installed: autoscalers read the use of CPU and memory from it.']
      : []),
    ...(scaling.kind === 'keda' ? ['KEDA is installed: it scales services by their events.'] : []),
    ...(scaling.kind === 'horizontal' && scaling.metrics?.length
      ? [`An adapter serves the custom metrics that ${model.name} scales by.`]
      : []),
    ...(configuration.reloader ? ['Reloader is installed: it restarts pods when their configuration changes.'] : []),
    ...(exposure.form.direct ? ['The AWS Load Balancer Controller is installed.'] : []),
    ...(placement.gpu ? [`A device plugin offers ${placement.gpu.resource}, with one set to spare while versions change.`] : []),
    ...(className !== undefined && value === undefined ? [`PriorityClass ${className} exists.`] : []),
  ];
}
