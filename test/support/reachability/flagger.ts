import { copyOf } from './mutation';
import { groupOf, idOf, nameOf, namespaceOf, specOf, Unsupported, type KubeObject } from './objects';

/* What Flagger adds to a cluster for a Canary: pkg/canary/deployment_controller.go, pkg/router/{kubernetes_default,istio}.go. */

interface CanarySpec {
  targetRef?: { kind?: string; name?: string };
  service?: {
    name?: string;
    port?: number;
    portName?: string;
    targetPort?: number | string;
    appProtocol?: string;
    hosts?: string[];
    gateways?: string[];
    delegation?: boolean;
    trafficPolicy?: object;
  };
}

interface Templated {
  selector?: { matchLabels?: Record<string, string> };
  template?: { metadata?: { labels?: Record<string, string> } };
}

/** Flagger's -selector-labels, in its order (cmd/flagger/main.go). */
const SELECTOR_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

/**
 * The objects together with those that Flagger makes of each Canary: the primary workload and, unless they are there
 * already, the three Services, the VirtualService and the two DestinationRules. Only one label differs on the primary.
 */
export function withFlagger(objects: readonly KubeObject[]): KubeObject[] {
  const canaries = objects.filter((object) => object.kind === 'Canary' && groupOf(object) === 'flagger.app');
  return [...objects, ...canaries.flatMap((canary) => madeOf(canary, objects))];
}

function madeOf(canary: KubeObject, objects: readonly KubeObject[]): KubeObject[] {
  const namespace = namespaceOf(canary);
  const { targetRef = {}, service = {} } = specOf<CanarySpec>(canary);
  const target = objects.find(
    (object) => object.kind === targetRef.kind && nameOf(object) === targetRef.name && namespaceOf(object) === namespace,
  );
  if (target === undefined || targetRef.name === undefined) {
    throw new Unsupported(`${idOf(canary)}: its target ${targetRef.kind ?? ''} ${targetRef.name ?? ''} is not among the objects`);
  }
  const own = specOf<Templated>(target).selector?.matchLabels ?? {};
  const key = SELECTOR_LABELS.find((label) => own[label] !== undefined);
  if (key === undefined) {
    throw new Unsupported(`${idOf(target)}: Flagger wants one of ${SELECTOR_LABELS.join(', ')} in its selector`);
  }
  const canaryValue = own[key] ?? '';
  const primaryValue = `${canaryValue}-primary`;

  const primary = copyOf(target);
  primary.metadata = { ...primary.metadata, name: `${targetRef.name}-primary` };
  const spec = specOf<Templated>(primary);
  spec.selector = { matchLabels: { [key]: primaryValue } };
  if (spec.template?.metadata !== undefined) {
    spec.template.metadata.labels = { ...spec.template.metadata.labels, [key]: primaryValue };
  }

  const apex = service.name ?? targetRef.name;
  const { port = 80 } = service;
  const serviceNamed = (name: string, value: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: {
      selector: { [key]: value },
      ports: [
        { name: service.portName ?? 'http', port, targetPort: service.targetPort ?? port, appProtocol: service.appProtocol },
      ],
    },
  });
  const rule = (name: string): KubeObject => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name, namespace },
    spec: { host: name, trafficPolicy: service.trafficPolicy },
  });
  const destinations = [`${apex}-primary`, `${apex}-canary`];
  const route: KubeObject = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: apex, namespace },
    spec: {
      ...(service.delegation === true
        ? {}
        : {
            hosts: [...new Set([...(service.hosts ?? []), apex])],
            gateways: (service.gateways ?? []).length > 0 ? service.gateways : ['mesh'],
          }),
      http: [{ route: destinations.map((host) => ({ destination: { host } })) }],
    },
  };
  const made = [
    serviceNamed(apex, primaryValue),
    serviceNamed(`${apex}-primary`, primaryValue),
    serviceNamed(`${apex}-canary`, canaryValue),
    route,
    ...destinations.map(rule),
  ];
  const present = new Set(objects.map(idOf));
  return [primary, ...made.filter((object) => !present.has(idOf(object)))];
}
