import type {
  PeerAuthenticationSpec,
  PeerAuthenticationSpecMtlsMode,
  PeerAuthenticationSpecPortLevelMtlsMode,
} from '../../../imports/security.istio.io';

/** The mode of every pod in the namespace. */
export function namespaceMtls(mode: 'STRICT' | 'PERMISSIVE'): PeerAuthenticationSpec {
  return { mtls: { mode: mode as PeerAuthenticationSpecMtlsMode } };
}

/** Exceptions for ports of one workload. They need a selector; the rest of the workload keeps the namespace's mode. */
export function portMtls(
  selector: Readonly<Record<string, string>>,
  mode: 'STRICT' | 'PERMISSIVE',
  ports: ReadonlyMap<number, 'PERMISSIVE' | 'DISABLE'>,
): PeerAuthenticationSpec {
  return {
    selector: { matchLabels: { ...selector } },
    mtls: { mode: mode as PeerAuthenticationSpecMtlsMode },
    portLevelMtls: Object.fromEntries(
      [...ports].map(([port, of]) => [String(port), { mode: of as PeerAuthenticationSpecPortLevelMtlsMode }]),
    ),
  };
}
