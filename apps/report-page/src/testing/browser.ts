/** The browser that tests look at the page with: Debian's, as tools/setup installs it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';
import { htmlPage, type PageData } from '@nx-ci-cache/report';

export interface OpenedPage {
  readonly page: Page;
  /** What the browser complained about: errors of scripts, and what its policy refused. */
  readonly complaints: readonly string[];
}

export interface TestBrowser {
  /** The page with `data` in it, opened from a file as people open an artifact. */
  readonly open: (data: PageData, options?: BrowserContextOptions & { readonly hash?: string }) => Promise<OpenedPage>;
  readonly close: () => Promise<void>;
}

/** Above what the slowest answer of a busy machine takes. */
const patience = 60_000;

export const startBrowser = async (): Promise<TestBrowser> => {
  const browser = await chromium.launch({
    executablePath: process.env['CI_CACHE_CHROMIUM'] ?? '/usr/bin/chromium',
    timeout: patience,
    args: ['--disable-dev-shm-usage', '--font-render-hinting=none', '--disable-lcd-text', ...asRoot()],
  });
  const folder = mkdtempSync(join(tmpdir(), 'report-page-'));
  let opened = 0;
  return {
    open: async (data, { hash = '', ...options } = {}) => {
      const path = join(folder, `${(opened += 1)}.html`);
      writeFileSync(path, await htmlPage(data));
      const context = await browser.newContext({
        ...{ viewport: { width: 1100, height: 800 }, reducedMotion: 'reduce', colorScheme: 'light', ...options },
      });
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (said) => (said.type() === 'error' ? complaints.push(said.text()) : undefined));
      page.on('dialog', (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(`${pathToFileURL(path)}${hash}`);
      return { page, complaints };
    },
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** The browser refuses to keep root in its sandbox. */
const asRoot = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);
