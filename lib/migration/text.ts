import type { BankingService } from '../banking-service/banking-service';
import { gatedTracks } from './init-gate';
import type { MigrationModel } from './model';

/** What whoever applies the manifests has to know of a migration. */
export function migrationText(
  model: MigrationModel,
  service: BankingService,
  charts: { readonly own: string; readonly service: string },
): string {
  const { phase, tool, job } = model;
  const { name } = service.model;
  const version = code(phase.version);
  const what =
    phase.kind === 'expand'
      ? `Expand for version ${version} of ${name}`
      : `Contract: takes away what versions of ${name} before ${version} needed; the oldest one alive was said to be ${code(phase.oldestAlive!)}`;
  return [
    `${what}. ${tool.name} ${code(tool.image)} up to ${tool.upTo}, at most ${job.deadline} s, ${job.retries + 1} tries.`,
    ...how(model, service, charts),
    retry(model, service.namespace.name),
  ].join('\n\n');
}

function how(
  model: MigrationModel,
  service: BankingService,
  charts: { readonly own: string; readonly service: string },
): string[] {
  const { phase, gate, init, job } = model;
  const { name } = service.model;
  const expand = phase.kind === 'expand';
  const files = { own: code(`${charts.own}.yaml`), service: code(`${charts.service}.yaml`) };
  switch (gate?.kind) {
    case undefined:
      return [`It runs as soon as it is applied: commit it on its own, once no pod of an older version is left.`];
    case 'init': {
      const tracks = gatedTracks(service, model).map((track) => track.name);
      return [
        tracks.length
          ? `New pods of ${tracks.join(', ')} wait for it, up to ${init!.limit} s at a time. Until it has succeeded, the old ones serve.`
          : `No Deployment of ${name} runs version ${code(phase.version)} or a newer one yet, so none waits for it.`,
      ];
    }
    case 'argo-cd':
      return expand
        ? [
            `Argo CD runs it in wave -1 of every sync, after its namespace, its guards and those of the database, and before all the rest. ` +
              `The database and the Secrets have to be there by then: in another Application, or in an earlier wave.`,
          ]
        : [`Argo CD runs it at the end of every sync, once all is healthy.`];
    case 'flux':
      return expand
        ? [
            `The Kustomization of ${files.own} says \`wait: true\`, \`prune: true\` and a \`timeout\` of ${job.deadline + 60} s or more. ` +
              `That of ${files.service} names it in \`dependsOn\`, and both have the same source.`,
          ]
        : [
            `The Kustomization of ${files.service} says \`wait: true\`. That of ${files.own} names it in \`dependsOn\`, ` +
              `says \`prune: true\`, and both have the same source.`,
          ];
  }
}

/** As it stands: none of what is written so has a backtick in it. */
const code = (text: string) => `\`${text}\``;

/** What to do when it has failed, apart from mending it: other content is another Job. */
function retry({ gate, job }: MigrationModel, namespace: string): string {
  return gate?.kind === 'argo-cd'
    ? 'If it failed for a reason that is gone, sync again.'
    : `If it failed for a reason that is gone, apply again after \`kubectl delete job -n ${namespace} -l app.kubernetes.io/name=${job.name}\`.`;
}
