// Lints files that need not exist, with the repository's own configuration. Standard input: a list of { file, text };
// output: for each, a list of { rule, message }. Run as a process, because ESLint loads its configuration as a module.
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const eslint = new ESLint({
  // Rules that ask for types cannot judge a file that is not on disk. Nobody imports it either: it is in no cycle, and to look for
  // one is to parse the whole library.
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { languageOptions: { parserOptions: { projectService: false } }, rules: { 'import-x/no-cycle': 'off' } },
  ],
});
const files = JSON.parse(await text(process.stdin));
const found = [];
for (const { file, text } of files) {
  const results = await eslint.lintText(text, { filePath: file });
  found.push(results.flatMap((r) => r.messages.map(({ ruleId, message }) => ({ rule: ruleId, message }))));
}
console.log(JSON.stringify(found));
