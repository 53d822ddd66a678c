/* Flat configuration under the name that the project's layout fixes: run it with `eslint -c .eslintrc.cjs .` */
const tseslint = require('typescript-eslint');
const importX = require('eslint-plugin-import-x');

/**
 * Which folders of src a folder may import. One way through the program (docs/architecture.md): what decides is pure and does
 * not know what waits, spawns or listens; what draws knows events and texts, and nothing of probes.
 */
const MAY_IMPORT = {
  domain: [],
  i18n: ['domain'],
  tools: ['domain'],
  probes: ['domain', 'tools'],
  explain: ['domain', 'i18n', 'tools'],
  dependencies: ['domain', 'explain'],
  policy: ['domain'],
  tree: ['domain', 'policy'],
  engine: ['domain', 'probes', 'tree'],
  kube: ['domain'],
  vantage: ['domain', 'kube'],
  access: ['domain', 'kube', 'vantage'],
  'run-file': ['domain'],
  privacy: ['domain', 'run-file'],
  store: ['domain'],
  report: ['domain', 'i18n'],
  ui: ['domain', 'i18n', 'store'],
  cli: ['*'],
};
const FOLDERS = Object.keys(MAY_IMPORT);

const zones = FOLDERS.filter((folder) => !MAY_IMPORT[folder].includes('*')).map((folder) => ({
  target: `./src/${folder}`,
  from: FOLDERS.filter((other) => other !== folder && !MAY_IMPORT[folder].includes(other)).map((other) => `./src/${other}`),
  message: `src/${folder} may import only: ${MAY_IMPORT[folder].join(', ') || 'nothing'} (docs/architecture.md)`,
}));

module.exports = [
  { ignores: ['dist/**', 'node_modules/**', 'coverage/**', 'test/**/fixtures/**'] },
  ...tseslint.configs.strict.map((config) => ({ ...config, files: ['**/*.ts', '**/*.tsx'] })),
  {
    files: ['src/**/*.ts', 'src/**/*.tsx', 'test/**/*.ts', 'test/**/*.tsx'],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // Control characters are this program's subject: it strips them.
      'no-control-regex': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'child_process', message: 'Commands run through a Vantage (execa, argv only).' },
            { name: 'node:child_process', message: 'Commands run through a Vantage (execa, argv only).' },
          ],
        },
      ],
      'max-lines': ['warn', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Only src/kube knows the Kubernetes client: everything else sees the ports in domain.
    files: ['src/!(kube)/**/*.ts', 'src/!(kube)/**/*.tsx'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: '@kubernetes/client-node', message: 'Only src/kube imports the Kubernetes client.' }],
          patterns: [{ group: ['*/child_process', 'child_process', 'node:child_process'], message: 'Commands run through a Vantage.' }],
        },
      ],
    },
  },
];
