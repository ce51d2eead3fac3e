import type { MtlsMode, PeerAuthenticationSpec } from './mtls';
import { Changes, without, type Change } from './mutation';
import { specOf, type KubeObject } from './objects';
import type { SidecarSpec } from './sidecar';

/** A Sidecar that goes makes way for the namespace's, the root's or none, each of them wider by intent. */
export function mutateSidecar(object: KubeObject): Change[] {
  const changes = new Changes<SidecarSpec>(object);
  const { egress = [] } = specOf<SidecarSpec>(object);
  changes.remove('widen');
  egress.forEach(({ hosts = [] }, index) => {
    hosts.forEach((host, i) => {
      // No host at all is refused, so the listener goes with its last one; no listener at all means every host.
      const lastOfAll = hosts.length === 1 && egress.length === 1;
      changes.edit(lastOfAll ? 'widen' : 'narrow', `egress[${index}].hosts[${i}]`, `${host} deleted`, (spec) => {
        const listener = spec.egress?.[index];
        if (hosts.length === 1) {
          spec.egress = without(spec.egress ?? [], index);
        } else if (listener !== undefined) {
          listener.hosts = without(hosts, i);
        }
      });
    });
    changes.edit('widen', `egress[${index}].hosts`, '*/*', (spec) => {
      const listener = spec.egress?.[index];
      if (listener !== undefined) {
        listener.hosts = ['*/*'];
      }
    });
  });
  changes.edit('widen', 'outboundTrafficPolicy', 'ALLOW_ANY', (spec) => {
    spec.outboundTrafficPolicy = { mode: 'ALLOW_ANY' };
  });
  return changes.list;
}

export function mutatePeerAuthentication(object: KubeObject): Change[] {
  const changes = new Changes<PeerAuthenticationSpec>(object);
  changes.remove('widen');
  const looser: MtlsMode[] = ['PERMISSIVE', 'DISABLE'];
  for (const mode of looser) {
    changes.edit('widen', 'mtls', mode, (spec) => {
      spec.mtls = { mode };
    });
  }
  for (const [port, { mode }] of Object.entries(specOf<PeerAuthenticationSpec>(object).portLevelMtls ?? {})) {
    changes.edit(mode === 'STRICT' ? 'widen' : 'narrow', `portLevelMtls[${port}]`, 'deleted', (spec) => {
      delete spec.portLevelMtls?.[port];
      if (Object.keys(spec.portLevelMtls ?? {}).length === 0) {
        delete spec.portLevelMtls;
      }
    });
  }
  return changes.list;
}

/** Objects that only ever add: a host to the mesh, a token to be believed. */
export function deleteOnly(object: KubeObject): Change[] {
  const changes = new Changes(object);
  changes.remove('narrow');
  return changes.list;
}
