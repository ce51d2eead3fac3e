import type { AlertProviderSpec, AlertProviderSpecType } from '../../../../../imports/flagger.app';
import type { FlaggerProviderModel } from '../../../../alerting/flagger-provider';

/** Where Flagger sends to. It takes an address or the Secret that holds one; only the latter keeps it out of Git. */
export function alertProvider({ type, channel, username, proxy, secret }: FlaggerProviderModel): AlertProviderSpec {
  return { type: type as AlertProviderSpecType, channel, username, proxy, secretRef: { name: secret } };
}
