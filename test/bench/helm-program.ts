import { execFileSync } from 'node:child_process';

export type Helm = { readonly found: true; readonly version: string } | { readonly found: false; readonly why: string };

/** `$HELM`, or else the helm on the path. Sets `$HELM` for the processes that measure. */
export function helmVersion(): Helm {
  const program = process.env.HELM ?? 'helm';
  try {
    const version = execFileSync(program, ['version', '--template', '{{ .Version }}'], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
    process.env.HELM = program;
    return { found: true, version };
  } catch (error) {
    return { found: false, why: `${program} can't be run (${(error as Error).message.split('\n')[0]!}); set HELM to its path` };
  }
}
