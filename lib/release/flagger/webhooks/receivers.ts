import type { Construct } from 'constructs';
import type { ICallee } from '../../../contracts/peer';
import { isHttp } from '../../../contracts/port';
import { type Problems, show } from '../../../kernel/errors';
import { isReason } from '../../../kernel/reason';
import { ANYTHING, FLAG, PARSED, TEXT, type Shapes, mapOf, propsOf } from '../../../kernel/shape';
import { note } from '../../../kube';
import { connect, pathProblems } from '../../../zero-trust/connect';
import type { CanaryContext, CanaryFacts, IWebhook, WebhookType } from '../contract';
import { FlaggerCaller, flaggerInMesh } from '../load-tester/flagger-caller';
import type { UnverifiedTls } from '../metrics/provider-props';
import { Call } from './call';
import { metadataProblems, receiverProblems } from './receiver';
import { CALL, type GateOptions } from './timing';

export interface ReceiverOptions extends GateOptions {
  /** Sent along in the body. @default - nothing */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface CustomProps extends ReceiverOptions {
  /** Where Flagger sends its POST: https, or http to a Service of the cluster. */
  readonly url: string;
  /** @default - the certificate of an https URL is verified */
  readonly skipTlsVerification?: UnverifiedTls;
}

export interface ServiceCallProps extends ReceiverOptions {
  /** Where the service takes the POST. @default '/' */
  readonly path?: string;
  /** The port of the service, or its name. @default - its first port */
  readonly port?: number | string;
}

const OPTIONS: Shapes<ReceiverOptions> = { ...CALL, muteAlert: FLAG, metadata: mapOf(TEXT) };
export const CUSTOM: Shapes<CustomProps> = {
  ...OPTIONS,
  url: { ...ANYTHING, what: 'a URL, like "https://approvals.example.com/canary"' },
  skipTlsVerification: propsOf<UnverifiedTls>({ accept: ANYTHING }),
};
export const SERVICE_CALL: Shapes<ServiceCallProps> = { ...OPTIONS, path: TEXT, port: PARSED };

/** Flagger's own: https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/webhook.go */
const TIMEOUT = 10;

/** A call of anything by its URL. */
export function custom(type: WebhookType, usual: string, props: CustomProps): IWebhook {
  const { url, metadata, skipTlsVerification: unverified } = props;
  return new Call(
    {
      type,
      name: usual,
      timeoutSeconds: TIMEOUT,
      muteAlert: props.muteAlert,
      validate: (problems: Problems, part: string, facts: CanaryFacts) => {
        receiverProblems(url, facts, problems, part);
        metadataProblems(metadata ?? {}, problems, part);
        if (!unverified) return;
        const at = `${part}.skipTlsVerification`;
        problems.check(
          isReason(unverified.accept),
          `needs a reason of at least ten characters, got ${show(unverified.accept)}; write { accept: 'why any certificate is fine' }`,
          at,
        );
        problems.check(typeof url !== 'string' || !url.startsWith('http:'), 'is for https; leave it out', at);
      },
      bind: (scope: Construct, { canary }: CanaryContext) => {
        if (unverified)
          note(scope, { kind: 'acceptance', text: `Releases of ${canary} ask whoever answers at ${url}: ${unverified.accept}` });
        return { url, metadata, disableTls: unverified ? true : undefined };
      },
    },
    props,
  );
}

/** A call of a service of the mesh, which lets Flagger in for it. */
export function serviceCall(type: WebhookType, callee: ICallee, props: ServiceCallProps): IWebhook {
  const { path = '/', metadata } = props;
  return new Call(
    {
      type,
      name: type === 'event' ? 'events' : `${callee.peerName}-${type}`,
      timeoutSeconds: TIMEOUT,
      muteAlert: props.muteAlert,
      validate: (problems: Problems, part: string) => {
        metadataProblems(metadata ?? {}, problems, part);
        const wrong = path.startsWith('/') ? pathProblems([path]) : [`${show(path)} must start with "/"`];
        wrong.forEach((what) => problems.add(what, `${part}.path`));
        problems.check(!/[*{}]/.test(path), `${show(path)} is a pattern; write one plain path`, `${part}.path`);
        const port = problems.take(() => callee.portOf(props.port), undefined, `${part}.port`);
        problems.check(
          !port || isHttp(port.protocol),
          `port ${port?.port} speaks ${port?.protocol}, and webhooks are requests; name a port that speaks HTTP`,
          `${part}.port`,
        );
      },
      bind: (scope: Construct, { platform }: CanaryContext) => {
        const caller = new FlaggerCaller(platform);
        const { name, port } = callee.portOf(props.port);
        connect(caller, callee, { methods: ['POST'], paths: [path], port: name });
        note(scope, { kind: 'prerequisite', text: flaggerInMesh(platform) });
        const [host] = callee.meshHosts(platform.flagger.namespace).map((one) => one.split('/')[1]!);
        return { url: `http://${host}:${port}${path}`, metadata };
      },
    },
    props,
  );
}
