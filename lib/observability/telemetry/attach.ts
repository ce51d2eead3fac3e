import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import * as crds from '../../../imports';
import { MANAGED_BY, MANAGED_BY_LABEL, PART_OF_LABEL } from '../../kernel/labels';
import { Environment, define, note, section } from '../../kube';
import type { TelemetryModel } from './model';
import { meshConfigText, telemetryPrerequisites, telemetryWarnings } from './notes';
import { telemetry } from './resources/telemetry';

/** Name of the one Telemetry of a namespace that has no selector, as Istio's own documents call it. */
const NAME = 'default';

/** Defines the Telemetry of each namespace, and says what the mesh must know. */
export function attachTelemetry(stack: Construct, model: TelemetryModel): void {
  for (const one of model.namespaces) {
    const { namespace } = one;
    const labels = { [MANAGED_BY_LABEL]: MANAGED_BY, [PART_OF_LABEL]: namespace };
    const object = define(
      stack,
      `telemetry-${namespace}`,
      crds.telemetryIstioIo().Telemetry,
      { name: NAME, namespace, labels },
      () => ({ spec: telemetry(one) }),
    );
    ours.add(object);
    stack.node.addValidation({ validate: () => rivals(object).map((path) => rivalry(object, path)) });
  }
  telemetryPrerequisites(model).forEach((text) => note(stack, { kind: 'prerequisite', text }));
  telemetryWarnings(model).forEach((text) => note(stack, { kind: 'warning', text }));
  const text = meshConfigText(model);
  if (text) section(stack, { heading: 'Mesh configuration', title: stack.node.id, body: () => text });
}

/** Those that have this validation themselves: of two, the later one tells of the earlier. */
const ours = new WeakSet<IConstruct>();

/** Paths of other Telemetries that mean all pods of the namespace. */
function rivals(object: ApiObject): string[] {
  const all = object.node.root.node.findAll().filter((one): one is ApiObject => isRival(one, object));
  const own = all.indexOf(object);
  // An override may have it mean some of the pods.
  if (own < 0) return [];
  return all.filter((one, i) => i < own || !ours.has(one)).map(({ node }) => node.path);
}

function isRival(one: IConstruct, object: ApiObject): boolean {
  return (
    ApiObject.isApiObject(one) &&
    one.kind === object.kind &&
    one.apiGroup === object.apiGroup &&
    one.metadata.namespace === object.metadata.namespace &&
    Environment.of(one) === Environment.of(object) &&
    !meansSome(one)
  );
}

function meansSome(one: ApiObject): boolean {
  const { spec } = one.toJson() as { readonly spec?: Readonly<Record<string, unknown>> };
  return ['selector', 'targetRef', 'targetRefs'].some((key) => spec?.[key] !== undefined);
}

function rivalry({ metadata, node }: ApiObject, other: string): string {
  return (
    `${node.path}: ${other} is a Telemetry without a selector in namespace ${metadata.namespace} too, and Istio takes only the older one; ` +
    'watch a namespace in one stack, or give the other telemetry: { accessLogs: AccessLogs.inherited(), tracing: Tracing.inherited() }'
  );
}
