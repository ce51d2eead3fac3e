import { existsSync } from 'node:fs';
import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { defineObject, GitOpsApp, type GitOpsAppProps } from '../../lib/kube';
import { filesIn, freshOutdir, head, problemsOf } from './fixtures';

/** A ConfigMap whose data says its name. */
export const config = (scope: Construct, name: string, namespace?: string): ApiObject =>
  defineObject(scope, `config-${name}-${namespace}`, head('ConfigMap', name, namespace), { data: { of: name } });

type Make = (props: GitOpsAppProps) => GitOpsApp;
const plain: Make = (props) => new GitOpsApp(props);

/** What an app writes: every file by its path, with its text. */
export function synth(build: (app: GitOpsApp) => void, props: GitOpsAppProps = {}, make = plain): Record<string, string> {
  const outdir = freshOutdir();
  const app = make({ outdir, ...props });
  build(app);
  app.synth();
  return filesIn(outdir);
}

/** The problems of an app; nothing may be on disk then. */
export function failures(build: (app: GitOpsApp) => void, props: GitOpsAppProps = {}): string[] {
  const outdir = freshOutdir();
  const app = new GitOpsApp({ outdir, ...props });
  build(app);
  const problems = problemsOf(() => app.synth()).map((p) => `${p.where}: ${p.what}`);
  expect(existsSync(outdir)).toBe(false);
  return problems;
}

/** The names of ConfigMaps in a text, in its order. */
export const configsIn = (text: string | undefined): string[] =>
  [...text!.matchAll(/^ {2}of: "?([^"\n]+)"?$/gm)].map(([, name]) => name!);
