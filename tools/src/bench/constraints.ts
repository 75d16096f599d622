/** Benchmark: Airflow's eight constraint files from the packed plugin, against the plain loop of `uv pip compile`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cutoffAt, parsePins } from '@nx-ci-cache/constraints';
import { makeTemplate } from '@nx-ci-cache/e2e/src/support/template';
import { Workspace } from '@nx-ci-cache/e2e/src/support/workspace';
import { agreementOf, shareOf } from '../agreement/agreement';
import { down, up } from '@nx-ci-cache/testbed';
import { cells, inputs, projectFiles, sdists } from './constraints/airflow';
import { dayOfMerges } from './constraints/day';
import { generate } from './constraints/generate';
import { hitsOf } from './constraints/hits';
import { watchMemory, type Peak } from './constraints/memory';
import { missingWheels } from './constraints/missing';
import { plainLoop } from './constraints/plain-loop';
import { againstPublished } from './constraints/published';
import { timed } from './measure';

const day = 86_400;
/** `time`, `day` or `missing` for one part of it; or `published <folder> <cut-off>`. Default: the first two. */
const [part, publishedFolder = '', publishedAt = ''] = process.argv.slice(2);
const say = (name: string, figure: string) => console.log(`${name.padEnd(46)} ${figure}`);
const seconds = (value: number) => `${value.toFixed(1)} s`;

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'nx-ci-cache-bench-'));
  process.env['E2E_FOLDER'] = folder;
  try {
    await up(join(folder, 'stack'), { parts: ['remote'] });
    await makeTemplate(join(folder, 'template'));
    const cutoff = cutoffAt(new Date(), { settleSeconds: 3600, windowSeconds: day });
    if (part === undefined || part === 'time') await compare(folder, cutoff);
    if (part === undefined || part === 'day') await simulate();
    if (part === 'missing') await sayMissing(folder, cutoff);
    if (part === 'published') await sayPublished(folder);
  } finally {
    await down(join(folder, 'stack'), { purge: true });
    rmSync(folder, { recursive: true, force: true });
  }
};

const compare = async (folder: string, cutoff: string): Promise<void> => {
  const workspace = await Workspace.create();
  workspace.write(projectFiles(inputs));
  await workspace.commit('two large inputs');
  const run = (uv: string, nx: string) => generate(workspace, folder, cutoff, { uv, nx });

  let loop: readonly number[] = [];
  const plain = await watchMemory(folder, async () => (loop = (await plainLoop(join(folder, 'loop'), cutoff)).seconds));
  const [coldCell = 0] = loop;
  const wholeLoop = loop.reduce((sum, each) => sum + each, 0);
  say(`one cold resolve of the largest cell (${cells[0]?.python})`, seconds(coldCell));
  say(`plain loop of ${cells.length} cells, cold`, seconds(wholeLoop));

  let cold = 0;
  const ours = await watchMemory(folder, async () => (cold = await timed(() => run('uv-ours', 'nx-cold'))));
  say('all cells, empty caches', `${seconds(cold)}   × ${(cold / coldCell).toFixed(2)} of one cold resolve`);
  say('', `${(wholeLoop / cold).toFixed(1)} times faster than the plain loop`);
  say('all cells, pages still fresh', seconds(await timed(() => run('uv-ours', 'nx-warm'))));
  let printed = '';
  const again = await timed(async () => (printed = await run('uv-ours', 'nx-warm')));
  say('all cells, nothing moved', `${seconds(again)}   ${hitsOf(printed)} of ${cells.length} cells are Nx hits`);
  sayMemory(plain, ours);
  sayAgreement(workspace, join(folder, 'loop'));
};

const megabytes = (kilobytes: number) => `${Math.round(kilobytes / 1024)} MB`;

const sayMemory = (plain: ReadonlyMap<string, Peak>, ours: ReadonlyMap<string, Peak>): void => {
  const most = (peaks: ReadonlyMap<string, Peak>, of: (peak: Peak) => number) =>
    Math.max(...[...peaks.values()].map(of));
  const alone = most(plain, ({ resolver }) => resolver);
  say("peak memory, the plain loop's resolver", megabytes(alone));
  say("peak memory, a cell's resolver", megabytes(most(ours, ({ resolver }) => resolver)));
  say("peak memory, a cell's executor", megabytes(most(ours, ({ parent }) => parent)));
  const whole = most(ours, ({ parent, resolver }) => parent + resolver);
  say('peak memory, a cell in all', `${megabytes(whole)}   ${megabytes(whole - alone)} more than the plain loop's`);
};

const sayAgreement = (workspace: Workspace, loop: string): void => {
  for (const { mode, python } of cells) {
    const name = `${mode}-${python}.txt`;
    const theirs = parsePins(readFileSync(join(loop, name), 'utf8'), name);
    const mine = parsePins(workspace.read(`dist/app/constraints-${python}/${name}`), name);
    const agreement = agreementOf(mine, theirs);
    const share = `${(100 * shareOf(agreement)).toFixed(1)} %`;
    say(name, `${mine.size} pins, the loop's ${theirs.size}: ${share} of ${agreement.shared} shared agree`);
  }
};

const sayMissing = async (folder: string, cutoff: string): Promise<void> => {
  const workspace = await Workspace.create();
  const { seconds: all, names } = await missingWheels(workspace, folder, cutoff);
  const [cold = 0] = (await plainLoop(join(folder, 'loop'), cutoff, sdists, ['constraints'])).seconds;
  for (const [python, missing] of Object.entries(names))
    say(`no usable wheel on ${python}`, `${missing.length}: ${missing.join(' ')}`);
  say('the whole list of all Pythons, cold', `${seconds(all)}   × ${(all / cold).toFixed(2)} of one cold resolve`);
};

const sayPublished = async (folder: string): Promise<void> => {
  const { files, cold, again, plain } = await againstPublished(
    await Workspace.create(),
    folder,
    publishedAt,
    publishedFolder,
  );
  for (const { python, equal, published } of files)
    say(`published for ${python}`, `${equal} of ${published} pins are equal`);
  say('plain uv, one Python after another, cold', plain.map(seconds).join(', '));
  say('all Pythons, empty caches and again', `${seconds(cold)}, ${seconds(again)}`);
};

const simulate = async (): Promise<void> => {
  const midnight = new Date(Math.floor((Date.now() - 2 * day * 1000) / (day * 1000)) * day * 1000 + 1_800_000);
  for (const windowSeconds of [day, 3600]) {
    const share = await dayOfMerges(await Workspace.create(), windowSeconds, midnight);
    say(`24 merges, window ${windowSeconds / 3600} h`, `${(100 * share).toFixed(1)} % of cells hit`);
  }
};

void main();
