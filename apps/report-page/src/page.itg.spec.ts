import { pageData } from '@nx-ci-cache/report';
import { pageRun } from '@nx-ci-cache/report/src/testing/page-run';
import type { Page } from 'playwright-core';
import { startBrowser, type TestBrowser } from './testing/browser';

const data = pageData(pageRun());

let browser: TestBrowser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

it('shows the outcome first, and opens a file, a pin and what is known of it', async () => {
  const { page, complaints } = await browser.open(data);
  expect(await page.title()).toBe('Refreshed: ci-cache');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Refreshed: ci-cache');
  await page.locator('a[data-file="core-3.13.txt"]').click();
  await page.getByRole('link', { name: 'package-0002', exact: true }).click();
  const detail = page.getByRole('complementary', { name: 'About package-0002' });
  expect(await detail.textContent()).toContain('required byrequirements/all.in, package-0003');
  expect(await detail.getByRole('link').getAttribute('href')).toBe(
    'https://index.example.com/project/package-0002/2.2.0/',
  );
  expect(new URL(page.url()).hash).toBe('#constraints/core-3.13.txt/package-0002');
  expect(complaints).toEqual([]);
});

it('finds pins by name and by kind, and a link to them shows the same', async () => {
  const { page } = await browser.open(data, { hash: '#constraints/all-3.11.txt' });
  await page.getByRole('searchbox').fill('0004');
  await page.getByText('1 of 61 shown').waitFor();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: '1 yanked' }).click();
  await page.getByText('1 of 61 shown').waitFor();
  const { hash } = new URL(page.url());
  expect(hash).toBe('#constraints/all-3.11.txt?kind=yanked');
  const other = await browser.open(data, { hash });
  await other.page.getByText('1 of 61 shown').waitFor();
  expect(await other.page.getByRole('button', { name: '1 yanked' }).getAttribute('aria-pressed')).toBe('true');
});

it('holds of a long file only the rows in sight, and reaches the last', async () => {
  const { page } = await browser.open(data, { hash: '#constraints/all-3.11.txt' });
  const rows = page.locator('.list [role="row"]');
  expect(await rows.count()).toBeLessThan(61);
  await page.locator('.list').evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await page.getByRole('link', { name: 'removed-1' }).waitFor();
});

it('is worked by the keyboard alone', async () => {
  const { page } = await browser.open(data);
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to the section');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-file'))).toBe('core-3.11.txt');
  for (const key of ['ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-file'))).toBe('all-3.13.txt');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'all-3.13.txt' }).waitFor();
  // One stop for the whole matrix: the next one is the search.
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
});

it('shows the run by the clock, and of a leg its steps when asked', async () => {
  const { page } = await browser.open(data, { hash: '#images' });
  expect(await page.locator('.bars .bar').count()).toBe(8);
  expect(await page.locator('.bars .bar.critical.emulated').count()).toBe(2);
  const [bar] = await page.locator('.bars .bar.emulated').all();
  expect(await bar?.getAttribute('title')).toContain('emulated on linux/amd64');
  expect(
    await page
      .locator('.bars .bar.emulated')
      .first()
      .evaluate((each) => each.clientWidth),
  ).toBeGreaterThan(50);
  await page.getByText('2 steps').first().click();
  await page.getByText('app/models.py changed').first().waitFor();
});

it('says what was verified, what others did, what is held and what comes next', async () => {
  const { page } = await browser.open(data, { hash: '#proof' });
  const text = await page.getByRole('main').textContent();
  expect(text).toContain('compare-and-swap, and the remote was asked again');
  expect(text).toContain('package-0009 is held at 2.2.0');
  expect(text).toContain('It sees package indexes up to 2026-05-03T00:00:00Z');
});

it('is dark or light as the system says, until somebody chooses', async () => {
  const { page } = await browser.open(data, { colorScheme: 'dark' });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await ground()).toBe('rgb(18, 22, 29)');
  await page.getByRole('button', { name: 'Colours: system' }).click();
  expect(await ground()).toBe('rgb(255, 255, 255)');
});

it('prints all sections and every change', async () => {
  const { page } = await browser.open(data, { hash: '#proof' });
  await page.getByRole('heading', { name: 'Held' }).waitFor();
  // What stands there when the browser's own event ends is what it prints.
  await page.evaluate(() =>
    addEventListener(
      'beforeprint',
      () => (document.body.dataset['printed'] = document.querySelector('main')?.innerHTML),
    ),
  );
  await page.pdf();
  const printed = await page.evaluate(() => {
    const main = new DOMParser().parseFromString(document.body.dataset['printed'] ?? '', 'text/html');
    const texts = (of: string) => [...main.querySelectorAll(of)].map(({ textContent }) => textContent ?? '');
    return { titles: texts('h2'), rows: texts('tr').filter((row) => row.includes('requirements/all.in')).length };
  });
  expect(printed).toEqual({ titles: ['Constraints', 'Images', 'Proof', 'Steps'], rows: 4 * 7 });
  await page.getByRole('heading', { name: 'Images' }).waitFor({ state: 'detached' });
});
