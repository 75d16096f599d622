import { readFileSync } from 'node:fs';
import type * as Axe from 'axe-core';
import { pageData } from '@nx-ci-cache/report';
import { pageRun } from '@nx-ci-cache/report/src/testing/page-run';
import { startBrowser, type TestBrowser } from './testing/browser';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: TestBrowser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

const hashes = ['#constraints', '#constraints/core-3.11.txt/package-0002?kind=changed', '#images', '#proof', '#run'];

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  it.each(hashes)('is WCAG 2.2 AA at %s', async (hash) => {
    // The policy of the page lets in no script, that of axe neither.
    const { page } = await browser.open(pageData(pageRun()), { hash, colorScheme, bypassCSP: true });
    await page.evaluate(axe);
    const violations = await page.evaluate(async (values) => {
      const { axe: engine } = globalThis as unknown as { axe: typeof Axe };
      const found = await engine.run({ runOnly: { type: 'tag', values } });
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    }, tags);
    expect(violations).toEqual([]);
  });
});
