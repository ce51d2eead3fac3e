import type { Construct } from 'constructs';
import type { Problems } from '../../../kernel/errors';
import { commandLine } from '../../../kernel/shell';
import { section } from '../../../kube';
import type { CanaryContext, CanaryFacts, IWebhook, WebhookType } from '../contract';
import type { ILoadTester } from '../load-tester/load-tester';
import { Call } from './call';
import { receiverProblems } from './receiver';
import { callTester } from './tester-call';
import type { GateOptions } from './timing';

/** Hooks that wait for an approval, and the one that turns back. */
export type GateType = Extract<WebhookType, 'confirm-rollout' | 'confirm-traffic-increase' | 'confirm-promotion' | 'rollback'>;

const NAMES: Readonly<Record<GateType, string>> = {
  'confirm-rollout': 'rollout-gate',
  'confirm-traffic-increase': 'traffic-gate',
  'confirm-promotion': 'promotion-gate',
  rollback: 'rollback-gate',
};

/** What a yes means. */
const YES: Readonly<Record<GateType, string>> = {
  'confirm-rollout': 'start the release',
  'confirm-traffic-increase': 'let more requests in, at every step until it is closed',
  'confirm-promotion': 'promote the new version',
  rollback: 'roll back',
};

/** When a gate that was opened is closed again, so that it does not stand open for the next release. */
const CLOSED_BY: Readonly<Record<GateType, WebhookType>> = {
  // Before the tests of the new version: the promotion, which asks at the same place, must not find it open.
  'confirm-rollout': 'pre-rollout',
  'confirm-traffic-increase': 'post-rollout',
  'confirm-promotion': 'post-rollout',
  rollback: 'post-rollout',
};

/** The load tester answers at once; a gate must not keep a release from being looked at. */
const TIMEOUT = 5;

/** A gate of the load tester: answered by what is committed, or by a call to it. @param answer undefined: by a call */
export function testerGate(type: GateType, tester: ILoadTester, answer: boolean | undefined, options: GateOptions): IWebhook {
  const place = type === 'rollback' ? '/rollback' : '/gate';
  const path = answer === undefined ? `${place}/check` : answer ? '/gate/approve' : '/gate/halt';
  const kind = { type, name: NAMES[type], timeoutSeconds: TIMEOUT, muteAlert: options.muteAlert };
  const bind = (scope: Construct, context: CanaryContext) => {
    if (answer === undefined) explain(scope, context, tester, place, options.name ?? kind.name, YES[type]);
    return {
      ...callTester(scope, context, tester, path),
      describes: answer === undefined ? undefined : `${options.name ?? kind.name} is committed as a yes`,
    };
  };
  if (answer !== undefined) return new Call({ ...kind, bind }, options);
  const opensWith = `${tester.address}${place}`;
  return new Call({ ...kind, bind }, { ...options, opensWith, companions: [closing(tester, place, CLOSED_BY[type])] });
}

/** A gate of something else. 200 to 202 is a yes; everything else, 204 included, is a no. */
export function urlGate(type: GateType, url: string, options: GateOptions): IWebhook {
  const kind = { type, name: NAMES[type], timeoutSeconds: 10, muteAlert: options.muteAlert };
  const validate = (problems: Problems, part: string, facts: CanaryFacts) => receiverProblems(url, facts, problems, part);
  return new Call({ ...kind, validate, bind: () => ({ url }) }, options);
}

function closing(tester: ILoadTester, place: string, type: WebhookType): IWebhook {
  const name = `close${place.replace('/', '-')}-${type === 'pre-rollout' ? 'before' : 'after'}`;
  const bind = (scope: Construct, context: CanaryContext) => ({
    ...callTester(scope, context, tester, `${place}/close`),
    describes: '',
  });
  return new Call({ type, name, timeoutSeconds: TIMEOUT, retries: 2, bind });
}

/** Writes into the README how the gate is opened. Its body names the canary; the load tester knows no other key. */
function explain(
  scope: Construct,
  { canary, namespace }: CanaryContext,
  tester: ILoadTester,
  place: string,
  gate: string,
  yes: string,
): void {
  const body = JSON.stringify({ name: canary, namespace: namespace.name });
  const url = (verb: string) => `http://localhost:${tester.podPort}${place}/${verb}`;
  const inPod = [
    'kubectl',
    '-n',
    tester.namespaceName,
    'exec',
    `deploy/${tester.name}`,
    ...(tester.container ? ['-c', tester.container] : []),
    '--',
  ];
  const curl = (verb: string) => commandLine(...inPod, 'curl', '--fail', '--silent', '--show-error', '--data', body, url(verb));
  section(scope, {
    heading: 'Gates',
    title: `${canary}: ${gate}`,
    body: () =>
      [
        `To ${yes}:`,
        '',
        '```sh',
        curl('open'),
        '```',
        '',
        'To take that back:',
        '',
        '```sh',
        curl('close'),
        '```',
        '',
        'The load tester keeps gates in memory: they are closed after a restart, and closed again once this one was used.',
      ].join('\n'),
  });
}
