import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import rooms from './.ci/eslint-rooms.mjs';

/** A manifest is the same bytes on every machine, at every hour, in every locale. */
const NOT_DETERMINISTIC = [
  { selector: 'CallExpression[callee.property.name=/^(toLocale|localeCompare$)/]', message: 'Depends on the locale.' },
  { selector: ':matches(NewExpression, CallExpression)[callee.name="Date"]', message: 'Depends on the hour.' },
  { selector: 'MemberExpression[object.name="Date"]', message: 'Depends on the hour or the time zone.' },
  { selector: 'MemberExpression[object.name="performance"]', message: 'Depends on the hour.' },
  { selector: 'MemberExpression[object.name="Intl"]', message: 'Depends on the locale.' },
  {
    selector: 'MemberExpression[object.name="Math"]:matches([property.name="random"], [property.value="random"])',
    message: 'Differs each time.',
  },
  { selector: 'Identifier[name=/^random(Bytes|UUID|Int|FillSync)$/]', message: 'Differs each time.' },
  { selector: 'MemberExpression[object.name="process"]', message: 'Depends on the machine; take a prop.' },
  { selector: 'VariableDeclarator[init.name="process"]', message: 'Depends on the machine; take a prop.' },
];

/** A test that is switched off proves nothing; one that runs alone hides the others. */
const TEST = '/^(describe|it|test)$/';
const HALF_RUN = [
  { selector: `MemberExpression[object.name=${TEST}][property.name=/^(only|skip|failing)$/]`, message: 'Every test runs.' },
  { selector: `MemberExpression[object.name=${TEST}][property.value=/^(only|skip|failing)$/]`, message: 'Every test runs.' },
  { selector: `MemberExpression[object.name=${TEST}][property.name="todo"]`, message: 'Write the test.' },
  { selector: 'CallExpression[callee.name=/^(fdescribe|fit|xdescribe|xit|xtest)$/]', message: 'Every test runs.' },
];

export default defineConfig(
  globalIgnores(['build/', 'dist/', 'coverage/', 'docs/api/', '.ci/out/', 'imports/*.ts']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX, rooms },
    settings: {
      // Without these two the plugin reads no .ts file but the one at hand, and finds no cycle.
      'import-x/extensions': ['.ts'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.json' })],
    },
    rules: {
      'rooms/arrows': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-default-export': 'error',
      'import-x/no-duplicates': 'error',
      'import-x/no-extraneous-dependencies': [
        'error',
        { devDependencies: ['test/**', 'imports/generator/**', '.ci/attack/**', '.ci/judge/**', '.ci/play/**'] },
      ],
      'import-x/no-mutable-exports': 'error',
      'import-x/no-self-import': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // `show()` and error messages print whatever they were given; that is their purpose.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off', // 'none' | string tells the reader more than string does
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['lib/**/*.ts'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      'no-restricted-syntax': ['error', ...NOT_DETERMINISTIC],
    },
  },
  { files: ['lib/kube/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['lib/index.ts'], rules: { 'rooms/exports-only': 'error' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...HALF_RUN],
      // What JSON.parse and the rendered manifests give is any, and a test that reads too far fails anyway.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-implied-eval': 'off',
      '@typescript-eslint/no-require-imports': 'off',
    },
  },
  {
    files: [
      'apps/**/*.ts',
      'test/bench/**/*.ts',
      'imports/generator/main.ts',
      '.ci/attack/main.ts',
      '.ci/judge/main.ts',
      '.ci/play/main.ts',
    ],
    rules: { 'no-console': 'off' },
  },
);
