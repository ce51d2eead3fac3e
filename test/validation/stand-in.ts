import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validationScript } from '../../lib/validation/script';
import type { HealthTarget, ServiceTarget } from '../../lib/validation/target';
import { type Ended, execute } from '../jobs/execute';

export const PARENT = mkdtempSync(join(tmpdir(), 'validation-'));

export const IMAGE = 'registry.example.com/vault/teller:4.7.1';

/** What stands in for the API server and for the service: a piece of POSIX sh for each question. */
export interface Answers {
  readonly deployment?: string;
  readonly rollout?: string;
  readonly pods?: string;
  readonly canary?: string;
  readonly curl?: string;
}

const POD = "'|True'";

/** All is well: the image is the declared one, three pods are ready, and the service answers. */
export const WELL: Required<Answers> = {
  deployment: `printf '%s' '${IMAGE}'`,
  rollout: 'echo "deployment successfully rolled out"',
  pods: `printf '%s\\n' ${POD} ${POD} ${POD}`,
  canary: "echo 'Succeeded|0s'",
  curl: 'printf 200',
};

export const NOT_FOUND = `echo 'Error from server (NotFound): deployments.apps "teller" not found' >&2; exit 1`;
export const FORBIDDEN = `echo 'Error from server (Forbidden): pods is forbidden' >&2; exit 1`;
export const REFUSED = `echo 'The connection to the server was refused' >&2; exit 1`;
/** Longer than any test has time for. */
export const SLOW = 'exec sleep 60';
/** Another answer the second time. */
export const then = (first: string, later: string): string =>
  `n=$(cat "$STAND_IN/count" 2>/dev/null || echo 0); echo $((n + 1)) >"$STAND_IN/count"; if [ "$n" -lt 1 ]; then ${first}; else ${later}; fi`;

export const HTTP: HealthTarget = {
  kind: 'http',
  url: 'http://teller.vault.svc.cluster.local:8071/readyz',
  grpcService: '',
  method: 'GET',
  path: '/readyz',
  port: 8071,
};

export function target(props: Partial<ServiceTarget> = {}): ServiceTarget {
  const track = { deployment: 'teller', container: 'teller', image: IMAGE, version: '4.7.1', wanted: 3 };
  return { service: undefined as never, name: 'teller', tracks: [track], health: HTTP, ...props };
}

export interface Run extends Ended {
  /** What kubectl and curl were called with, a line each. */
  readonly calls: readonly string[];
}

/** Runs a script with stand-ins in place of kubectl and curl. */
export async function validate(
  answers: Answers,
  options: {
    readonly targets?: readonly ServiceTarget[];
    readonly limit?: number;
    readonly args?: readonly string[];
    readonly shell?: readonly string[];
    readonly without?: string;
  } = {},
): Promise<Run> {
  const folder = mkdtempSync(join(PARENT, 'run-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const { deployment, rollout, pods, canary, curl } = { ...WELL, ...answers };
  const log = `printf '%s %s\\n' "$(basename "$0")" "$*" >>"$STAND_IN/calls"`;
  const programs: Record<string, string> = {
    kubectl: `${log}
case "$*" in
  *' get deployment '*) ${deployment} ;;
  *' rollout status '*) ${rollout} ;;
  *' get pods '*) ${pods} ;;
  *' get canaries.flagger.app '*) ${canary} ;;
  *) echo "nobody asked for $*" >&2; exit 9 ;;
esac
`,
    curl: `${log}\n${curl}\n`,
  };
  for (const [name, text] of Object.entries(programs)) {
    if (name === options.without) continue;
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}`);
    chmodSync(join(bin, name), 0o755);
  }
  const script = join(folder, 'validate.sh');
  writeFileSync(script, validationScript('validate', 'vault', options.targets ?? [target()], options.limit ?? 30));
  const [shell, ...first] = options.shell ?? ['sh'];
  const path = options.without === undefined ? `${bin}:${process.env.PATH}` : bin;
  const ended = await execute(shell!, [...first, script, ...(options.args ?? [])], { PATH: path, STAND_IN: folder });
  let calls = '';
  try {
    calls = readFileSync(join(folder, 'calls'), 'utf8');
  } catch {
    // Nothing was called.
  }
  return { ...ended, calls: calls.split('\n').slice(0, -1) };
}
