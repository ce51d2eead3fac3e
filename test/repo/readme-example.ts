import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths';

/** The first block of a language after a marker comment. */
function blockAfter(readme: string, marker: string, language: string): string {
  const at = readme.indexOf(`<!-- ${marker} -->`);
  const block = at < 0 ? undefined : new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readme.slice(at));
  if (!block?.[1]) throw new Error(`README.md has no ${language} block after <!-- ${marker} -->`);
  return block[1];
}

/** The example that README.md shows, and the excerpt of its output that it shows. */
export function readmeExample(): { code: string; output: string } {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  return { code: blockAfter(readme, 'example:start', 'ts'), output: blockAfter(readme, 'example:output', 'yaml') };
}
