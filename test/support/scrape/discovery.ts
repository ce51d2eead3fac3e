import { nameOf, namespaceOf, type KubeObject } from '../reachability/objects';
import type { RunningContainer, RunningPod } from './pods';
import { type Labels, sanitized } from './relabel';

/* Targets as Prometheus finds them: discovery/kubernetes/{pod,endpointslice}.go. */

const META = '__meta_kubernetes_';

const address = (ip: string, port: number): string => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`);

function podLabels(pod: RunningPod): Labels {
  const labels = Object.entries(pod.labels).flatMap(([key, value]) => [
    [`${META}pod_label_${sanitized(key)}`, value],
    [`${META}pod_labelpresent_${sanitized(key)}`, 'true'],
  ]);
  const annotations = Object.entries(pod.annotations).flatMap(([key, value]) => [
    [`${META}pod_annotation_${sanitized(key)}`, value],
    [`${META}pod_annotationpresent_${sanitized(key)}`, 'true'],
  ]);
  return {
    [`${META}namespace`]: pod.namespace,
    [`${META}pod_name`]: pod.name,
    [`${META}pod_ip`]: pod.ip,
    [`${META}pod_phase`]: 'Running',
    [`${META}pod_controller_kind`]: pod.controller.kind,
    [`${META}pod_controller_name`]: pod.controller.name,
    ...(Object.fromEntries([...labels, ...annotations]) as Labels),
  };
}

const portLabels = (container: RunningContainer, port: { name?: string; containerPort: number }, init: boolean): Labels => ({
  [`${META}pod_container_name`]: container.name,
  [`${META}pod_container_init`]: String(init),
  [`${META}pod_container_port_number`]: String(port.containerPort),
  ...(port.name === undefined ? {} : { [`${META}pod_container_port_name`]: port.name }),
});

function containersOf(pod: RunningPod): { container: RunningContainer; init: boolean }[] {
  return [
    ...pod.containers.map((container) => ({ container, init: false })),
    ...pod.initContainers.map((container) => ({ container, init: true })),
  ];
}

/** One for each declared port of each container, and one for each container that declares none. */
export function podTargets(pods: readonly RunningPod[]): Labels[] {
  return pods.flatMap((pod) =>
    containersOf(pod).flatMap(({ container, init }): Labels[] => {
      const { ports = [] } = container;
      if (ports.length > 0) {
        return ports.map((port) => ({
          ...podLabels(pod),
          ...portLabels(container, port, init),
          __address__: address(pod.ip, port.containerPort),
        }));
      }
      const anonymous = { [`${META}pod_container_name`]: container.name, [`${META}pod_container_init`]: String(init) };
      return [{ ...podLabels(pod), ...anonymous, __address__: pod.ip }];
    }),
  );
}

interface ServiceSpec {
  selector?: Labels;
  ports?: { name?: string; port: number; targetPort?: number }[];
}

/** Of each Service one for each of its ports, and for each further port of the pods that it leads to. */
export function serviceTargets(objects: readonly KubeObject[], pods: readonly RunningPod[]): Labels[] {
  return objects
    .filter(({ kind }) => kind === 'Service')
    .flatMap((service) => {
      const { selector = {}, ports = [] } = service['spec'] as ServiceSpec;
      const labels = Object.entries((service.metadata as { labels?: Labels }).labels ?? {}).flatMap(([key, value]) => [
        [`${META}service_label_${sanitized(key)}`, value],
        [`${META}service_labelpresent_${sanitized(key)}`, 'true'],
      ]);
      const common = { [`${META}service_name`]: nameOf(service), ...(Object.fromEntries(labels) as Labels) };
      const behind = pods.filter(
        (pod) =>
          pod.namespace === namespaceOf(service) && Object.entries(selector).every(([key, value]) => pod.labels[key] === value),
      );
      return behind.flatMap((pod) => {
        const numbers = ports.map(({ port, targetPort }) => targetPort ?? port);
        const declared = containersOf(pod).flatMap(({ container, init }) =>
          (container.ports ?? []).map((port) => ({ port, labels: portLabels(container, port, init) })),
        );
        const own = ports.map(({ name = '' }, i) => ({
          ...declared.find(({ port }) => port.containerPort === numbers[i])?.labels,
          [`${META}endpointslice_port_name`]: name,
          [`${META}endpointslice_address_target_kind`]: 'Pod',
          [`${META}endpointslice_address_target_name`]: pod.name,
          __address__: address(pod.ip, numbers[i]!),
        }));
        const further = declared
          .filter(({ port }) => !numbers.includes(port.containerPort))
          .map(({ port, labels: of }) => ({ ...of, __address__: address(pod.ip, port.containerPort) }));
        return [...own, ...further].map((target) => ({ ...common, ...podLabels(pod), ...target }));
      });
    });
}
