import type { Construct } from 'constructs';
import type { ICaller } from '../../../contracts/peer';
import { withMethods } from '../../../kernel/shape';

/** Flagger's load tester, as webhooks see it. https://docs.flagger.app/usage/webhooks#load-testing */
export interface ILoadTester {
  /** How errors and plans call it. */
  readonly name: string;
  /** The namespace that it runs in. */
  readonly namespaceName: string;
  /** Where Flagger calls it, without a path: `http://load-tester.load-testing.svc.cluster.local:8080`. */
  readonly address: string;
  /** Who sends the requests of a test. */
  readonly caller: ICaller;
  /** Its container. Undefined where that is not known. */
  readonly container?: string;
  /** The port that it listens on in its pod. */
  readonly podPort: number;
  /** The schema of the gRPC health protocol, in its container. */
  readonly healthProto: string;
  /** Where a file is in its container. @throws RangeError when there is no such file */
  fileAt(name: string): string;
  /** Lets Flagger call these paths, for canaries of this namespace. */
  admit(scope: Construct, paths: readonly string[], canaryNamespace: string): void;
}

export const LOAD_TESTER = withMethods('new LoadTester(chart, id, { … }) or LoadTester.existing(…)', 'admit', 'fileAt');
