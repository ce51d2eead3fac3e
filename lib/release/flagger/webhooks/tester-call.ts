import type { Construct } from 'constructs';
import { note } from '../../../kube';
import type { CanaryContext } from '../contract';
import { flaggerInMesh } from '../load-tester/flagger-caller';
import type { ILoadTester } from '../load-tester/load-tester';
import type { CallBody } from './call';

/** A call of the load tester, which it is let through for. */
export function callTester(
  scope: Construct,
  { namespace, platform }: CanaryContext,
  tester: ILoadTester,
  path: string,
): CallBody {
  tester.admit(scope, [path], namespace.name);
  note(scope, { kind: 'prerequisite', text: flaggerInMesh(platform) });
  return { url: `${tester.address}${path}` };
}
