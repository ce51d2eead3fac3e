import type { Construct } from 'constructs';
import { isHttp } from '../contracts/port';
import { Problems, show } from '../kernel/errors';
import { PARSED, TEXT, type Shapes, fitProps, madeBy, needed } from '../kernel/shape';
import { note } from '../kube';
import type { ILoadTester } from '../release/flagger/load-tester/load-tester';
import { ForeignWorkload } from '../zero-trust/foreign-workload';
import type { ExistingLoadTesterProps } from './props';

const WORKLOAD = madeBy(ForeignWorkload, 'new ForeignWorkload({ … })');
const PROPS: Shapes<ExistingLoadTesterProps> = { port: PARSED, healthProto: TEXT };

/** A load tester that somebody else runs. What lets Flagger in, and the requests out, is theirs to open. */
export function existingLoadTester(workload: ForeignWorkload, given: ExistingLoadTesterProps): ILoadTester {
  const problems = new Problems('LoadTester.existing');
  needed(workload, WORKLOAD, problems, 'workload');
  const props = fitProps(given, PROPS, problems);
  problems.throwIfAny();
  const port = problems.take(() => workload.portOf(props.port), undefined, 'port');
  problems.check(
    !port || isHttp(port.protocol),
    `port ${port?.port} speaks ${port?.protocol}; name the one that takes webhooks`,
    'port',
  );
  problems.check(
    workload.principal !== undefined,
    `${workload.peerName} is outside of the mesh, where it can show no identity to what it tests; bring it into the mesh`,
    'workload',
  );
  problems.throwIfAny();
  const [namespaceName, host] = workload.meshHosts()[0]!.split('/') as [string, string];
  return {
    name: host.split('.')[0]!,
    namespaceName,
    address: `http://${host}:${port!.port}`,
    caller: workload,
    podPort: port!.targetPort,
    healthProto: props.healthProto ?? '/tmp/ghz/health.proto',
    fileAt: (name) => {
      if (typeof name === 'string' && name.startsWith('/')) return name;
      throw new RangeError(`${show(name)} is in a load tester that is not ours; write the whole path in its container`);
    },
    admit: (scope: Construct, paths: readonly string[], canaryNamespace: string) =>
      note(scope, {
        kind: 'prerequisite',
        text: `${workload.peerName} lets Flagger call ${paths.map((path) => `POST ${path}`).join(', ')} for canaries of namespace ${canaryNamespace}.`,
      }),
  };
}
