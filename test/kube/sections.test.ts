import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { GitOpsApp, type GitOpsAppProps, section } from '../../lib/kube';
import { freshOutdir, removeOutdirs } from './fixtures';

afterAll(removeOutdirs);

describe('sections of the README.md', () => {
  const readmeOf = (add: (chart: Chart) => void, props: GitOpsAppProps = {}) => {
    const app = new GitOpsApp({ outdir: freshOutdir(), ...props });
    add(new Chart(app, 'one'));
    app.synth();
    return readFileSync(join(app.outdir, 'README.md'), 'utf8');
  };

  test('stand below their heading by title, and are written when all is declared', () => {
    let declared = 'nothing';
    const text = readmeOf((chart) => {
      section(chart, { heading: 'Releases', title: 'zebra', body: () => `last, ${declared}` });
      section(chart, { heading: 'Releases', title: 'a_b', body: () => 'first\n' });
      declared = 'everything';
    });
    expect(text.slice(text.indexOf('##'))).toBe('## Releases\n\n### a\\_b\n\nfirst\n\n### zebra\n\nlast, everything\n');
  });

  test('are printed on request', () => {
    const print = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const text = readmeOf((chart) => section(chart, { heading: 'Releases', title: 'teller', body: () => 'in waves' }), {
      printReadme: true,
    });
    const printed = print.mock.calls.map(([what]) => what).join('');
    print.mockRestore();
    expect(printed).toBe(text);
  });

  test.each(['heading', 'title'] as const)('need a %s', (part) => {
    const one = { heading: 'Releases', title: 'teller', body: () => '' };
    expect(() => readmeOf((chart) => section(chart, { ...one, [part]: ' ' }))).toThrow(
      `one: the ${part} of a section is " "; write what it is about`,
    );
  });
});
