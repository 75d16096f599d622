/** What a schema cannot say: rules that hold between two values of one ci-cache.json. */
import { checkSlugsApart } from './branches-apart';
import { checkBuilder } from './check-builder';
import { checkImageModes } from './check-image-modes';
import { checkImageBases } from './image-bases';
import { checkOutputs } from './image-output';
import { checkIndexes } from './check-index';
import { checkModes } from './check-modes';
import { cellsOf, type Config, constraintFile, type Leg, legName, legsOf } from '@nx-ci-cache/records';
import { invalid, type Place } from './invalid';
import { normaliseName } from './package-name';
import { checkCachesApart, symbolic } from './references-apart';
import { checkStartsFrom } from './starts-from';
import { sourceBranch } from './source-branch';
import { checkTagTemplate, checkTemplate } from './template';

const minimumSettle = 16 * 60;

/** @throws CiCacheError `OptionInvalid` for the first rule that does not hold. */
export const crossCheck = (config: Config): void => {
  checkDurations(config);
  checkBuilder(config);
  checkIndexes(config);
  checkModes(config);
  checkImageModes(config);
  checkImageBases(config);
  checkGuard(config);
  checkTemplates(config);
  checkRemoved(config);
  checkSourceBranches(config);
  checkBranchesApart(config);
  checkStartsFrom(config);
  checkOutputs(config);
  checkSlugsApart(config);
  checkApart(config, 'cache', 'a cache ref that differs for each leg: use {image}, {python} and {platform}');
  checkRepositoriesApart(config);
  checkCachesApart(config);
};

const checkDurations = ({ file, index }: Config): void => {
  if (index.settleSeconds < minimumSettle) {
    throw invalid(
      { file, key: 'index.settle' },
      `${index.settleSeconds / 60}m`,
      'at least 16m: pages are kept for settle − 15 min',
    );
  }
};

/** A second spelling would stay behind, unseen, when the first is taken away. */
const checkGuard = ({ file, guard: { allowDowngrade } }: Config): void => {
  const names = allowDowngrade.map(normaliseName);
  const at = names.findIndex((name, position) => names.indexOf(name) !== position);
  if (at === -1) return;
  const place = { file, key: `constraints.guard.allowDowngrade[${at}]` };
  throw invalid(place, allowDowngrade[at], 'each package once: names are compared without case, and . _ - are one');
};

const checkTemplates = ({ file, images, push }: Config): void => {
  checkTemplate(push.remote, { file, key: 'push.remote' });
  for (const { name, repository, cache, tags, bases, buildArgs, secrets, ssh } of images) {
    const place = (key: string): Place => ({ file, key: `images.${name}.${key}` });
    checkTemplate(repository, place('repository'));
    checkTemplate(cache, place('cache'));
    tags.forEach((tag, at) => checkTagTemplate(tag, place(`tags[${at}]`)));
    for (const [group, texts] of Object.entries({ bases, buildArgs, secrets, ssh })) {
      for (const [key, text] of Object.entries(texts)) checkTemplate(text, place(`${group}.${key}`));
    }
  }
};

const checkRemoved = (config: Config): void => {
  const generated = cellsOf(config).map(constraintFile);
  const at = config.push.remove.findIndex((name) => generated.includes(name));
  if (at < 0) return;
  const place = { file: config.file, key: `push.remove[${at}]` };
  throw invalid(place, config.push.remove[at], 'the name of a file that this configuration does not generate');
};

const checkSourceBranches = ({ file, push }: Config): void =>
  push.branches.forEach(({ from }, at) => {
    try {
      sourceBranch(from);
    } catch {
      const place = { file, key: `push.branches[${at}].from` };
      throw invalid(place, from, 'a source branch, or a regular expression for its whole name');
    }
  });

/** Without `{branch}`, refreshes of two branches would overwrite each other's caches and tags in turn. */
const checkBranchesApart = ({ file, images, push }: Config): void => {
  const several = push.branches.length > 1 || push.branches.some(({ from }) => /[\\()[\]*+?|]/.test(from));
  if (!several) return;
  for (const image of images) {
    for (const key of ['repository', 'cache'] as const) {
      if (image[key].includes('{branch}')) continue;
      throw invalid(
        { file, key: `images.${image.name}.${key}` },
        image[key],
        'a reference with {branch}, because push.branches covers several branches',
      );
    }
  }
};

const checkApart = (config: Config, key: 'cache', allowed: string): void => {
  const seen = new Map<string, Leg>();
  for (const leg of legsOf(config)) {
    const text = config.images.find(({ name }) => name === leg.image)?.[key] ?? '';
    const filled = symbolic(text, leg);
    const other = seen.get(filled);
    const place = { file: config.file, key: `images.${leg.image}.${key}` };
    if (other) throw invalid(place, text, `${allowed}\n  shared by: ${legName(other)} and ${legName(leg)}`);
    seen.set(filled, leg);
  }
};

const checkRepositoriesApart = ({ file, images, pythons }: Config): void => {
  const seen = new Map<string, string>();
  for (const image of images) {
    for (const python of pythons) {
      const filled = symbolic(image.repository, { image: image.name, python });
      const name = `${image.name} for Python ${python}`;
      const other = seen.get(filled);
      const place = { file, key: `images.${image.name}.repository` };
      if (other)
        throw invalid(
          place,
          image.repository,
          `a repository of its own for each image and Python: use {image} and {python}\n  shared by: ${other} and ${name}`,
        );
      seen.set(filled, name);
    }
  }
};
