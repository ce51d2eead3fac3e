import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ImportError } from './errors';
import { generate } from './generate';
import { differences, write } from './output';
import { SOURCES } from './sources';

const IMPORTS = join(__dirname, '..');
const USAGE = `npm run import -- [--from DIR] [--to DIR] [--check]
  --from DIR  folder with the pinned CRD files (default: ../shared/crds beside the repository)
  --to DIR    folder to write to, or to compare with (default: imports/)
  --check     write nothing; exit 1 if the folder is not what would be generated`;

interface Options {
  readonly from: string;
  readonly to: string;
  readonly check: boolean;
}

function options(args: string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        check: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) return undefined;
    return {
      from: resolve(values.from ?? join(IMPORTS, '..', '..', 'shared', 'crds')),
      to: resolve(values.to ?? IMPORTS),
      check: values.check ?? false,
    };
  } catch (error) {
    throw new ImportError(`${(error as Error).message}\n${USAGE}`);
  }
}

function main(args: string[]): number {
  const chosen = options(args);
  if (!chosen) {
    console.log(USAGE);
    return 0;
  }
  const files = generate(chosen.from, SOURCES);
  if (!chosen.check) {
    write(chosen.to, files);
    console.log(`${files.size} files written to ${chosen.to}`);
    return 0;
  }
  const found = differences(chosen.to, files);
  if (found.length === 0) {
    console.log(`${chosen.to} is up to date (${files.size} files)`);
    return 0;
  }
  console.error(`${chosen.to} is not what would be generated; run \`npm run import\` and commit:\n  ${found.join('\n  ')}`);
  return 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ImportError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
