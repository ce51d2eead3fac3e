import type { Construct } from 'constructs';
import { type Problems, show } from '../../../kernel/errors';
import { commandLine } from '../../../kernel/shell';
import { TEXT, type Shapes, listOf, oneOf, propsOf } from '../../../kernel/shape';
import { methodProblems, pathProblems } from '../../../zero-trust/connect';
import type { CanaryContext, IWebhook } from '../contract';
import type { ILoadTester } from '../load-tester/load-tester';
import { openToTests } from '../load-tester/test-edge';
import { Call } from './call';
import { callTester } from './tester-call';
import { CALL, type CallOptions } from './timing';

/** Requests that a program sends to the new version. */
export interface CommandCalls {
  /** @default - every method */
  readonly methods?: readonly string[];
  /** @default - every path but the management paths */
  readonly paths?: readonly string[];
}

export interface CommandProps extends CallOptions {
  /** Program of the load tester's image, and its arguments: `['bats', '/etc/load-tester/payments.bats']`. No shell reads them. */
  readonly command: readonly string[];
  /** When it is run. @default 'pre-rollout' */
  readonly type?: 'pre-rollout' | 'rollout' | 'post-rollout';
  /** What it sends to the new version; it finds the host in `CANARY_HOST`, with the port. @default - nothing */
  readonly calls?: readonly CommandCalls[];
}

export const COMMAND: Shapes<CommandProps> = {
  ...CALL,
  command: listOf(TEXT),
  type: oneOf('pre-rollout', 'rollout', 'post-rollout'),
  calls: listOf(propsOf<CommandCalls>({ methods: listOf(TEXT), paths: listOf(TEXT) })),
};

/** A program that the load tester runs while Flagger waits. What it prints is in Flagger's event when it fails. */
export function command(tester: ILoadTester, props: CommandProps): IWebhook {
  const { command: words, calls = [], type = 'pre-rollout' } = props;
  const call: Call = new Call(
    {
      type,
      name: 'command',
      timeoutSeconds: 30,
      validate: (problems, part) => commandProblems(words, calls, call.timeoutSeconds, problems, part),
      bind: (scope: Construct, context: CanaryContext) => {
        for (const one of calls) openToTests(scope, tester, context, one);
        // Flagger turns away after its timeout, and the program would run on, up to an hour.
        const cmd = commandLine(
          'env',
          `CANARY_HOST=${context.canaryHost}:${context.servicePort}`,
          'timeout',
          String(call.timeoutSeconds - 1),
          ...words,
        );
        return {
          ...callTester(scope, context, tester, '/'),
          metadata: { type: 'bash', cmd },
          describes: `${call.name} (${words[0]}) ends well`,
        };
      },
    },
    props,
  );
  return call;
}

function commandProblems(
  words: readonly string[],
  calls: readonly CommandCalls[],
  timeout: number,
  problems: Problems,
  part: string,
): void {
  problems.check(words.length > 0 && words[0] !== '', `${show(words)} must start with a program`, `${part}.command`);
  problems.check(
    !words.some((word) => word.includes('\0')),
    'holds a NUL character, which no command line takes',
    `${part}.command`,
  );
  problems.check(!(timeout === 1), '1 s leaves no time to run; use at least 2 s', `${part}.timeout`);
  calls.forEach(({ methods, paths }, i) => {
    if (methods) methodProblems(methods).forEach((what) => problems.add(what, `${part}.calls[${i}].methods`));
    if (paths) pathProblems(paths).forEach((what) => problems.add(what, `${part}.calls[${i}].paths`));
  });
}
