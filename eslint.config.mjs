import { readFileSync } from 'node:fs';
import nx from '@nx/eslint-plugin';
import jsonc from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';

/**
 * Imports point one way: plugin → constraints | branch | images | report → config → records → git | http → process.
 * Above the plugin stands what proves and measures it, and nothing imports the tools; the test bed lies below what is tested on it.
 */
const order = JSON.parse(readFileSync(new URL('tools/src/structure/layers.json', import.meta.url), 'utf8'));
const layers = order.map((layer, at) => ({
  sourceTag: `layer:${layer}`,
  onlyDependOnLibsWithTags: order.slice(at + 1).map((below) => `layer:${below}`),
}));

export default tseslint.config(
  {
    ignores: ['**/dist', '**/node_modules', '.nx', '.stack', '**/*.js', '**/*.mjs', '**/*.schema.d.ts'],
  },
  ...nx.configs['flat/base'],
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], depConstraints: layers }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // What is only demanded, such as a grant, is named with an underscore; what is only taken out of a rest is not used.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'max-lines': ['error', { max: 250 }],
    },
  },
  {
    files: ['package', 'executors', 'generators', 'migrations'].map((name) => `libs/nx-ci-cache/${name}.json`),
    languageOptions: { parser: jsonc },
    rules: { '@nx/nx-plugin-checks': 'error' },
  },
);
