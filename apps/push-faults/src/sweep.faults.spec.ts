/** The fault sweep as tests: one for each kind, then the sum of what was lost, claimed falsely or left behind. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { seed } from '@nx-ci-cache/process/src/testing/sample';
import { kinds } from './kinds';
import type { Injection } from './inject';
import { failures, faultSummary, summary } from './summary';
import { shares, sweepKind } from './sweep';
import { makeTemplate, type Template } from './world/template';

const total = Number(process.env['FAULTS'] ?? 200);
const all: Injection[] = [];
let template: Template;

beforeAll(async () => {
  template = await makeTemplate();
});

afterAll(async () => {
  await template.close();
  mkdirSync(dirname(faultSummary), { recursive: true });
  writeFileSync(faultSummary, `${summary(all).join('\n')}\n`);
});

it.each([...shares(kinds, total)].map(([kind, count]) => [kind.name, kind, count] as const))(
  '%s',
  async (_name, kind, count) => {
    const injections = await sweepKind(template, kind, count, seed);
    all.push(...injections);
    // Time depends on the machine: the summary reports it, and only the benchmark judges it.
    expect(failures(injections, ['late'])).toEqual([]);
    expect(injections.filter(({ fired }) => fired).length).toBeGreaterThanOrEqual(count);
  },
);
