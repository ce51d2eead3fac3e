import type { Construct } from 'constructs';
import type { EdgeOptions } from '../../../contracts/peer';
import { note } from '../../../kube';
import { connect } from '../../../zero-trust/connect';
import type { CanaryContext } from '../contract';
import { CanaryCallee } from './canary-callee';
import type { ILoadTester } from './load-tester';

/** Lets a load tester send these requests to the new version, and nothing else. */
export function openToTests(scope: Construct, tester: ILoadTester, context: CanaryContext, options: EdgeOptions): void {
  const { guard, canaryHost, port } = context;
  if (guard) {
    connect(tester.caller, new CanaryCallee(guard, canaryHost), { ...options, port: port.name });
    return;
  }
  const what = [options.methods?.join(', '), options.paths?.join(', ')].filter(Boolean).join(' ');
  note(scope, {
    kind: 'prerequisite',
    text: `${tester.name} may send ${what} to ${canaryHost}, port ${context.servicePort}: nothing here guards the pods of ${context.target}, so nothing here lets it in.`,
  });
}
