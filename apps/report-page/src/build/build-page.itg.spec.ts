import { pageTemplate } from '@nx-ci-cache/report/src/page/page-template';
import { dataMark } from '@nx-ci-cache/report/src/page/mark';

it('is one small file that names no address and takes the data once', async () => {
  const template = await pageTemplate();
  expect(template.split(dataMark)).toHaveLength(2);
  expect(Buffer.byteLength(template)).toBeLessThan(400_000);
  expect(template).not.toMatch(/<(?:script|link|img|style)[^>]*(?:src|href)=|@import|url\(/);
  expect(template).toMatch(/content="default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'sha256-/);
});
