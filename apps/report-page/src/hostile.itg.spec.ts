import { pageData, type PageData } from '@nx-ci-cache/report';
import { pageRun } from '@nx-ci-cache/report/src/testing/page-run';
import { startBrowser, type TestBrowser } from './testing/browser';

const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(2)>"\'`${alert(3)}\u2028\u202e';

/** Every text of the data, keys that the page knows apart. */
const poisoned = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map((each) => poisoned(each, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poisoned(each, name)]));
  return typeof value === 'string' && !['outcome', 'status', 'marks', 'file', 'name'].includes(key)
    ? `${value}${hostile}`
    : value;
};

let browser: TestBrowser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

it.each(['#constraints/core-3.11.txt/package-0002', '#images', '#proof', '#run'])(
  'shows as text whatever records hold, at %s',
  async (hash) => {
    const { page, complaints } = await browser.open(poisoned(pageData(pageRun())) as PageData, { hash });
    expect(await page.getByRole('main').textContent()).toContain('<img src=x onerror=alert(2)>');
    expect(await page.locator('img, #page script, iframe').count()).toBe(0);
    expect(complaints).toEqual([]);
  },
);

it.each(['javascript:alert(1)//{name}', 'data:text/html,{name}', 'http://index.example.com/{name}', '//x/{name}'])(
  'links to no page at %s',
  async (pages) => {
    const data = pageData(pageRun());
    const files = data.files.map((file) => ({ ...file, pages }));
    const { page } = await browser.open({ ...data, files }, { hash: '#constraints/core-3.11.txt/package-0002' });
    await page.getByRole('complementary', { name: 'About package-0002' }).waitFor();
    expect(await page.locator('a:not([href^="#"])').count()).toBe(0);
  },
);

it('reaches no other address, even when told to', async () => {
  const { page } = await browser.open(pageData(pageRun()));
  const reached = page.evaluate(() =>
    fetch('https://index.example.com/').then(
      () => 'reached',
      () => 'refused',
    ),
  );
  expect(await reached).toBe('refused');
  expect(await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')).toContain(
    "default-src 'none'",
  );
});

it('says so when an address names what is not there', async () => {
  const { page, complaints } = await browser.open(pageData(pageRun()), { hash: '#constraints/none.txt/x?kind=odd' });
  await page.getByText('No file of this run is called none.txt.').waitFor();
  expect(complaints).toEqual([]);
});
