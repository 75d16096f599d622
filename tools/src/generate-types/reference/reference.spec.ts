import { configurationPage } from './configuration';
import { errorsPage } from './errors';
import { executorsPage, switchesPage } from './options';
import { reportPage } from './report';

const rowsOf = (page: string) => page.split('\n').filter((line) => /^\| [`[]/.test(line));

it('lists each key of a configuration by its whole path, with what a reference says unless the key says it itself', () => {
  const page = configurationPage({
    required: ['images'],
    properties: {
      $schema: { description: 'a path' },
      images: {
        description: 'images by name',
        type: 'object',
        additionalProperties: {
          description: 'an object',
          type: 'object',
          required: ['cache'],
          properties: {
            cache: { $ref: '#/definitions/template' },
            keep: { description: 'a number | <n>', default: 1, type: 'integer', minimum: 1 },
            tags: { description: 'tags', type: 'array', items: { $ref: '#/definitions/template' } },
          },
        },
      },
    },
    definitions: { template: { description: 'a reference', type: 'string', enum: ['a', 'b'] } },
  });
  expect(page).toContain('## images\n');
  expect(rowsOf(page)).toEqual([
    '| `images` | object of object by name | required | images by name |  |',
    '| `images.<image>` | object |  | an object |  |',
    '| `images.<image>.cache` | string | required | a reference | `"a"` `"b"` |',
    '| `images.<image>.keep` | integer | `1` | a number \\| &lt;n> | from 1 |',
    '| `images.<image>.tags` | list of string |  | tags | `"a"` `"b"` |',
  ]);
});

it('shows switches as flag and variable, and no switch among the options of an executor', () => {
  const switches = { dryRun: { type: 'boolean', description: 'Change nothing.' } };
  expect(rowsOf(switchesPage(switches))).toEqual(['| `--dry-run` | `CI_CACHE_DRY_RUN` | boolean | Change nothing. |']);
  const executors = {
    push: { description: 'Pushes.', properties: { mode: { type: 'string', description: 'A mode.' }, ...switches } },
    look: { description: 'Looks.', properties: switches },
  };
  const page = executorsPage(executors, switches, ['push: 0 pushed, 1 failed refused', 'look: 0 or 1']);
  expect(rowsOf(page)).toEqual(['| `--mode` | string | A mode. |']);
  expect(page).toContain('Ends with 0: `pushed`; with 1: `failed`, `refused`.');
  expect(page).toContain('## look\n\nLooks.\n\nEnds with 0 or 1.');
});

it('takes the meaning of a kind from its comment, and refuses one that says nothing', () => {
  const kinds = "export type CiCacheErrorCode =\n  /** One thing. */\n  | 'One'\n";
  expect(rowsOf(errorsPage(`${kinds}  /** Another. */\n  | 'Two';`))).toEqual([
    '| `One` | One thing. |',
    '| `Two` | Another. |',
  ]);
  expect(() => errorsPage(`${kinds}  | 'Two';`)).toThrow("'Two' does not say what it is for");
});

it('has a section for each type of a report, and links from where it is used', () => {
  const page = reportPage({
    definitions: {
      Report: { type: 'object', required: ['outcome'], properties: { outcome: { $ref: '#/definitions/Outcome' } } },
      Outcome: { type: 'string', enum: ['good', 'bad'], description: 'How it went.' },
      Cause: { anyOf: [{ type: 'object', properties: { by: { const: 'wheel' } } }, { const: 'none' }] },
    },
  });
  expect(rowsOf(page)).toEqual(['| `outcome` | [Outcome](#outcome) | always |  |']);
  expect(page).toContain('## Outcome\n\nHow it went.\n\n`"good"` or `"bad"`\n');
  expect(page).toContain('- `by`: `"wheel"`\n- `"none"`\n');
});
