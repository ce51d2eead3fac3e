/**
 * The parts of a rendered pod that are read or joined here, as they are on the wire. Whatever else is there is carried along
 * unseen: that is how what a user adds through cdk8s-plus survives.
 */
export interface Wire {
  readonly [field: string]: unknown;
}

export interface WireContainer extends Wire {
  readonly name: string;
  readonly ports?: readonly (Wire & { readonly containerPort: number })[];
  readonly lifecycle?: Wire;
  readonly securityContext?: Wire & { readonly privileged?: boolean; readonly capabilities?: Wire };
}

export interface WireAffinity extends Wire {
  readonly nodeAffinity?: Wire & {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: Wire & { readonly nodeSelectorTerms: readonly WireNodeTerm[] };
  };
  readonly podAffinity?: Wire & { readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly Wire[] };
}

export interface WireNodeTerm extends Wire {
  readonly matchExpressions?: readonly Wire[];
}

export interface WirePodSpec extends Wire {
  readonly containers: readonly WireContainer[];
  readonly initContainers?: readonly WireContainer[];
  readonly securityContext?: Wire & { readonly seccompProfile?: Wire };
  readonly imagePullSecrets?: readonly Wire[];
  readonly tolerations?: readonly Wire[];
  readonly affinity?: WireAffinity;
}

export interface WirePodTemplate extends Wire {
  readonly metadata: Wire & { readonly labels: Readonly<Record<string, string>> };
  readonly spec: WirePodSpec;
}
