import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { Chart } from 'cdk8s';
import { Environment, GitOpsApp, type GitOpsAppProps, handOver, Stage } from '../../lib/kube';
import { config } from './app';
import { filesIn } from './fixtures';

/** A process that there is not: above what Linux, macOS and Windows count to. */
export const DEAD = 99_999_999;

/** Writes an app of three files that say `text`; the last one stands two folders further down. */
export function write(outdir: string, text: string, props: GitOpsAppProps = {}): void {
  const app = new GitOpsApp({ outdir, ...props });
  for (const id of ['a', 'b']) config(new Chart(app, id), `${text}-${id}`);
  const chart = new Chart(new Environment(app, 'prod', { stage: Stage.DEVELOPMENT }), 'c');
  handOver(config(chart, `${text}-c`, 'monitoring'), 'monitoring');
  app.synth();
}

/** Puts files into a folder, as somebody else would. */
export function lay(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(folder, path)), { recursive: true });
    fs.writeFileSync(join(folder, path), text);
  }
}

/** What a folder holds: of a file that the app wrote, the name that it says, of others their text. */
export function said(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filesIn(folder)).map(([path, text]) => [path, /^ {2}of: (.*)$/m.exec(text)?.[1] ?? text]),
  );
}

/** What `write` leaves. */
export const whole = (text: string): Record<string, string> => ({
  'a.yaml': `${text}-a`,
  'b.yaml': `${text}-b`,
  'prod/monitoring/c.yaml': `${text}-c`,
});

type Call = 'copyFileSync' | 'linkSync' | 'mkdirSync' | 'renameSync' | 'writeFileSync';

/**
 * Lets the disk say no, or something else happen before it answers, at calls of a function of Node; once for each function.
 * @param at judges by the arguments, which are paths first, and by how many calls it judged before
 * @param happens an error code, or what is done before the call goes on
 * @returns how often that was
 */
export function disk(
  name: Call,
  at: (path: string, other: string, n: number) => boolean,
  happens: string | ((path: string) => void),
): () => number {
  const real = fs[name] as (...args: unknown[]) => unknown;
  let [judged, times] = [0, 0];
  jest.spyOn(fs, name).mockImplementation(((...args: unknown[]) => {
    if (at(String(args[0]), String(args[1]), (judged += 1))) {
      times += 1;
      if (typeof happens === 'string') throw Object.assign(new Error(`${happens}: ${name}`), { code: happens });
      happens(String(args[0]));
    }
    return real(...args);
  }) as never);
  return () => times;
}
