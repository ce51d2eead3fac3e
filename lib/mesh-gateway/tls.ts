import { type Problems, show } from '../kernel/errors';
import { dnsSubdomain } from '../kernel/names';
import { ANYTHING, fitOptions, listOf } from '../kernel/shape';

/** The lowest TLS version that a gateway takes. Below 1.2 nothing may be used where card data flows. */
export enum TlsVersion {
  V1_2 = 'TLSV1_2',
  V1_3 = 'TLSV1_3',
}

/** Where the certificate of a gateway comes from, and what it demands of clients. */
export class GatewayTls {
  /** The server shows a certificate. The default. */
  static simple(): GatewayTls {
    return new GatewayTls('SIMPLE');
  }

  /**
   * Both sides show one: for partners.
   * @param options.clientCa Secret in the gateway's namespace with the partners' authorities under the key `ca.crt`. It is
   *   required, since the Secret that cert-manager writes has the `ca.crt` of the server's own issuer, which would let in
   *   whoever that issuer gave a certificate to.
   * @param options.clientNames subject alternative names that a client must show one of @default - any name the CA signed
   */
  static mutual(options: { readonly clientCa: string; readonly clientNames?: readonly string[] }): GatewayTls {
    const { clientCa, clientNames } = fitOptions('GatewayTls.mutual', options, {
      clientCa: ANYTHING,
      clientNames: listOf(ANYTHING),
    });
    return new GatewayTls('MUTUAL', clientCa, clientNames);
  }

  private constructor(
    readonly mode: 'SIMPLE' | 'MUTUAL',
    readonly clientCa?: string,
    readonly clientNames?: readonly string[],
  ) {}

  /** Adds what is wrong with it. */
  validate(problems: Problems): void {
    if (this.mode === 'SIMPLE') return;
    problems.take(() => dnsSubdomain(this.clientCa as string), undefined, 'tls.clientCa');
    for (const name of this.clientNames ?? []) {
      problems.check(
        typeof name === 'string' && name.trim() !== '' && !name.includes('*'),
        `${show(name)} is no name to compare with; write it in full`,
        'tls.clientNames',
      );
    }
  }
}
