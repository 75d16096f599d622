import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { showPage } from './show-page';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'show page-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the opener was given; it is bounded, because an opener that was never started writes nothing. */
const given = async (path: string): Promise<string> => {
  const deadline = Date.now() + 60_000;
  while (!existsSync(path) && Date.now() < deadline) await setTimeout(20);
  return readFileSync(path, 'utf8');
};

it('hands the file to what opens files on this machine, as one argument', async () => {
  const seen = join(folder, 'seen');
  const opener = `#!/bin/sh\nprintf '%s\\n' "$#" "$1" > '${seen}.part' && mv '${seen}.part' '${seen}'\n`;
  writeFileSync(join(folder, 'xdg-open'), opener, { mode: 0o755 });
  await showPage(join(folder, 'refresh.html'), { PATH: `${folder}:${process.env['PATH']}` });
  expect(await given(seen)).toBe(`1\n${join(folder, 'refresh.html')}\n`);
});

it('says where nothing does, and what to do', async () => {
  await expect(showPage('/somewhere/refresh.html', { PATH: folder })).rejects.toMatchObject({
    code: 'CommandFailed',
    message: expect.stringContaining('does not open /somewhere/refresh.html: '),
    remedy: expect.stringContaining('Copy the file'),
  });
});
