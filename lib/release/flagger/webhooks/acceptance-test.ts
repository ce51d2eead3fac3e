import type { Construct } from 'constructs';
import { PortProtocol, isHttp } from '../../../contracts/port';
import { type Problems, show } from '../../../kernel/errors';
import { commandLine } from '../../../kernel/shell';
import { FLAG, NUMBER, TEXT, type Shapes, listOf, mapOf, propsOf } from '../../../kernel/shape';
import type { CanaryContext, CanaryFacts, IWebhook } from '../contract';
import type { ILoadTester } from '../load-tester/load-tester';
import { openToTests } from '../load-tester/test-edge';
import { Call } from './call';
import { callTester } from './tester-call';
import { pathOf, repeatable, requestProblems } from './requests';
import { CALL, type CallOptions } from './timing';

/** A request that must be answered as it should. */
export interface ExpectedAnswer {
  /** `/api/v1/rates?currency=CHF` */
  readonly path: string;
  /** @default 'GET' */
  readonly method?: string;
  /** @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly body?: string;
  /** Status that it must be answered with. @default 200 */
  readonly status?: number;
  /** Whether the service carries out a request once, however often it is sent. Needed for all but GET, HEAD and OPTIONS. @default false */
  readonly idempotent?: boolean;
}

export interface AcceptanceTestProps extends CallOptions {
  /** Sent one after the other; the first wrong answer ends the test. */
  readonly requests: readonly ExpectedAnswer[];
}

export const ACCEPTANCE_TEST: Shapes<AcceptanceTestProps> = {
  ...CALL,
  requests: listOf(
    propsOf<ExpectedAnswer>({
      path: TEXT,
      method: TEXT,
      headers: mapOf(TEXT),
      body: TEXT,
      status: NUMBER,
      idempotent: FLAG,
    }),
  ),
};

/** Flagger waits for it; whoever waits longer than this for an answer does not want to be woken by it. */
const TIMEOUT = 30;

/** Requests to the new version before anybody else sends any. Flagger waits for the end, and fails a check when one is answered wrongly. */
export function acceptanceTest(tester: ILoadTester, props: AcceptanceTestProps): IWebhook {
  const requests = props.requests.map((one) => ({ method: 'GET', headers: {}, status: 200, ...one }));
  const call: Call = new Call(
    {
      type: 'pre-rollout',
      name: 'acceptance-test',
      timeoutSeconds: TIMEOUT,
      // 500 is a failed test to the load tester, and worth another try: the new version has only just started.
      retries: 2,
      validate: (problems, part, facts) => acceptanceProblems(requests, call.timeoutSeconds, facts, problems, part),
      bind: (scope: Construct, context: CanaryContext) => {
        for (const { method, path } of requests)
          openToTests(scope, tester, context, { methods: [method], paths: [pathOf(path)] });
        const origin = `http://${context.canaryHost}:${context.servicePort}`;
        return {
          ...callTester(scope, context, tester, '/'),
          describes: `${call.name}: ${requests.map(({ method, path, status }) => `${method} ${path} is answered with ${status}`).join(', ')}`,
          metadata: { type: 'bash', cmd: script(requests, origin, eachSeconds(call.timeoutSeconds, requests.length)) },
        };
      },
    },
    props,
  );
  return call;
}

type Resolved = Required<Pick<ExpectedAnswer, 'path' | 'method' | 'headers' | 'status'>> &
  Pick<ExpectedAnswer, 'body' | 'idempotent'>;

/** What each request may take, so that the whole is over before Flagger turns away. */
function eachSeconds(timeoutSeconds: number, count: number): number {
  return Math.floor((timeoutSeconds - 1) / count);
}

function acceptanceProblems(
  requests: readonly Resolved[],
  timeout: number,
  { port }: CanaryFacts,
  problems: Problems,
  part: string,
): void {
  if (!isHttp(port.protocol) || port.protocol === PortProtocol.GRPC) {
    problems.add(
      `sends requests of HTTP, and port ${port.port} speaks ${port.protocol}; use Webhook.command with a program that speaks it`,
      part,
    );
  }
  problems.check(requests.length > 0, 'is empty, which would test nothing; name a request', `${part}.requests`);
  requests.forEach((one, i) => {
    const at = `${part}.requests[${i}]`;
    requestProblems(one, problems, at);
    repeatable(one.method, one.idempotent, problems, at);
    problems.check(
      Number.isInteger(one.status) && one.status >= 200 && one.status <= 599,
      `${show(one.status)} is not the status of an answer; use one from 200 to 599`,
      `${at}.status`,
    );
  });
  problems.check(
    requests.length === 0 || eachSeconds(timeout, requests.length) >= 1,
    `${timeout} s leave less than a second for each of ${requests.length} requests; use at least ${requests.length + 1} s`,
    `${part}.timeout`,
  );
}

/** curl for each request. `--globoff` keeps brackets of a query from being ranges. What went wrong goes back to Flagger, and into its event. */
function script(requests: readonly Resolved[], origin: string, seconds: number): string {
  const curl = `curl --silent --show-error --globoff --path-as-is --output /dev/null --max-time ${seconds} --write-out '%{http_code}'`;
  return [
    'expect() {',
    '  want=$1 what=$2; shift 2',
    `  got=$(${curl} "$@") || got="no answer"`,
    '  test "$got" = "$want" || { echo "$what: got $got, want $want"; exit 1; }',
    '}',
    ...requests.map(({ method, path, headers, body, status }) =>
      commandLine(
        ...['expect', String(status), `${method} ${path}`, '--request', method],
        // HEAD without it waits for a body that never comes.
        ...(method === 'HEAD' ? ['--head'] : []),
        ...Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
        ...(body === undefined ? [] : ['--data-raw', body]),
        `${origin}${path}`,
      ),
    ),
  ].join('\n');
}
