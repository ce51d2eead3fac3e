import type { Construct } from 'constructs';
import { type WorkloadPort, PortProtocol } from '../../../contracts/port';
import type { CanaryContext, IWebhook } from '../contract';
import type { ILoadTester } from '../load-tester/load-tester';
import { openToTests } from '../load-tester/test-edge';
import { Call } from './call';
import { callTester } from './tester-call';
import { HEALTH_CHECK, ghz } from './ghz';
import { hey } from './hey';
import { type LoadModel, type LoadTestProps, loadModel } from './load-model';
import { loadProblems, sentProblems } from './load-problems';
import { pathOf } from './requests';

/**
 * Requests to the new version while it is analysed. The load tester runs the command in the background and answers 202 at once; a
 * command that is still running is not started again, so that one which outlasts the interval leaves the next interval
 * without requests: https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/loadtester/runner.go (runAll)
 *
 * The first check looks back over an interval in which no `rollout` hook has been called yet, so the load starts with a
 * `pre-rollout` hook.
 */
export function loadTest(tester: ILoadTester, props: LoadTestProps): IWebhook {
  const model = (intervalSeconds: number) => loadModel(props, intervalSeconds);
  const bind = (scope: Construct, context: CanaryContext) => ({
    ...callTester(scope, context, tester, '/'),
    metadata: {
      type: 'cmd',
      cmd: command(tester, props, model(context.intervalSeconds), context),
      logCmdOutput: 'true',
    },
    // The answer only says that the run has been started.
    describes: '',
  });
  const kind = { name: 'load-test', timeoutSeconds: 5 };
  return new Call(
    {
      ...kind,
      type: 'rollout',
      validate: (problems, part, facts) => {
        loadProblems(model(facts.intervalSeconds), props, facts, problems, part);
        sentProblems(facts.port, tester, props, problems, part);
      },
      bind: (scope, context) => {
        openToTests(scope, tester, context, edgeOf(context.port, props));
        return bind(scope, context);
      },
    },
    { ...props, companions: [new Call({ ...kind, type: 'pre-rollout', name: `${props.name ?? kind.name}-warm-up`, bind })] },
  );
}

const isGrpc = (port: WorkloadPort): boolean => port.protocol === PortProtocol.GRPC;

function edgeOf(port: WorkloadPort, { path = '/', method = 'GET', call = HEALTH_CHECK }: LoadTestProps) {
  return isGrpc(port) ? { methods: ['POST'], paths: [`/${call}`] } : { methods: [method], paths: [pathOf(path)] };
}

function command(
  tester: ILoadTester,
  props: LoadTestProps,
  model: LoadModel,
  { port, canaryHost, servicePort }: CanaryContext,
): string {
  const authority = `${canaryHost}:${servicePort}`;
  if (!isGrpc(port)) {
    const { path = '/', method = 'GET', headers = {}, body } = props;
    return hey(model, `http://${authority}${path}`, { path, method, headers, body });
  }
  const proto = props.proto === undefined ? tester.healthProto : tester.fileAt(props.proto);
  return ghz(model, authority, { proto, call: props.call ?? HEALTH_CHECK, data: props.data ?? {} });
}
