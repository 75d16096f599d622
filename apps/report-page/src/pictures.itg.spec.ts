/** The pictures in README and docs are of the page as it is now: `UPDATE_PICTURES=yes` takes them anew, to be looked at. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageData } from '@nx-ci-cache/report';
import { pageRun } from '@nx-ci-cache/report/src/testing/page-run';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { startBrowser, type TestBrowser } from './testing/browser';

const folder = join(__dirname, '../../../docs/pictures');
/** Another build of browser or fonts draws the edges of letters otherwise; a part that moved changes more. */
const mostDiffering = 0.01;

let browser: TestBrowser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

const taken = async (colorScheme: 'light' | 'dark', hash: string): Promise<Buffer> => {
  const viewport = { width: 1000, height: 620 };
  const { page } = await browser.open(pageData(pageRun()), { hash, colorScheme, viewport });
  return page.screenshot({ animations: 'disabled' });
};

it.each([
  ['report-light', 'light', '#images'],
  ['report-dark', 'dark', '#constraints/core-3.13.txt'],
] as const)('%s is the page in %s colours at %s', async (name, colorScheme, hash) => {
  const path = join(folder, `${name}.png`);
  const shot = await taken(colorScheme, hash);
  if (process.env['UPDATE_PICTURES'] === 'yes') writeFileSync(path, shot);
  const [seen, kept] = [PNG.sync.read(shot), PNG.sync.read(readFileSync(path))];
  expect([seen.width, seen.height]).toEqual([kept.width, kept.height]);
  const { width, height } = kept;
  const differing = pixelmatch(seen.data, kept.data, null, width, height, { threshold: 0.2 });
  expect(differing / (width * height)).toBeLessThanOrEqual(mostDiffering);
});
