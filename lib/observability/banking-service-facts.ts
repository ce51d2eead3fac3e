import { ApiObject } from 'cdk8s';
import type { BankingService } from '../banking-service/banking-service';
import { podAnnotations } from '../banking-service/pod-annotations';
import { isHttp } from '../contracts/port';
import { streams } from '../traffic/streams';
import type { ObservedFacts } from './observed-facts';
import { reportsEjections } from './sources/envoy';

/** What a BankingService consists of, read from what it has declared and from what its release says that others make. */
export function bankingServiceFacts(service: BankingService): ObservedFacts {
  const { model, namespace } = service;
  const { course } = service.releasePlan;
  const made = course.madeByOthers.map((text) => text.split('/') as [kind: string, name: string]);
  const names = (kind: string): string[] => [
    ...declared(service, kind),
    ...made.filter(([other]) => other === kind).map(([, name]) => name),
  ];
  return {
    name: model.name,
    namespace: namespace.name,
    platform: namespace.platform,
    hosts: [...new Set([model.name, ...names('Service')])],
    deployments: names('Deployment'),
    // https://keda.sh/docs/latest/reference/scaledobject-spec/#advanced
    autoscalers: [...new Set([...names('HorizontalPodAutoscaler'), ...names('ScaledObject').map((name) => `keda-hpa-${name}`)])],
    disruptionBudgets: names('PodDisruptionBudget'),
    canary: declares(service, 'Canary')
      ? { target: service.deployments[0]!.name, longest: course.toPromote?.longest, thresholds: course.thresholds }
      : undefined,
    takesRequests: model.ports.some(({ protocol }) => isHttp(protocol)),
    streams: streams(model.traffic),
    strictMtls: namespace.mtlsMode === 'STRICT' && model.mtlsExceptions.size === 0,
    reportsEjections: reportsEjections({ ...model.podAnnotations, ...podAnnotations(model, namespace.platform) }),
  };
}

/** Names of the objects of this kind among those that the service consists of. */
export function declared(service: BankingService, kind: string): string[] {
  return service.node
    .findAll()
    .filter((one): one is ApiObject => ApiObject.isApiObject(one))
    .filter((one) => one.kind === kind)
    .map(({ name }) => name);
}

/** Whether there is an object of this kind among those that the service consists of. */
export function declares(service: BankingService, kind: string): boolean {
  return declared(service, kind).length > 0;
}
