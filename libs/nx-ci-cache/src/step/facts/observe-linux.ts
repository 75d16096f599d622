/** The Linux that cells are resolved for, where the base image of an image tells it. */
import { invalid, type LegSpec } from '@nx-ci-cache/config';
import { linuxWithGlibc } from '@nx-ci-cache/constraints';
import { committedDockerfile, glibcOf, startedFrom } from '@nx-ci-cache/images';
import { askedOnce, mapConcurrently } from '@nx-ci-cache/process';
import { architectureOf, type BranchFacts, type Cell } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { imageTools } from '../context/image-tools';

/** Undefined where the resolver's own counts. */
export type LinuxOf = (cell: Cell) => string | undefined;

interface Glibc {
  readonly spec: LegSpec;
  readonly reference: string;
  readonly minor: number;
}

/** @throws CiCacheError `OptionInvalid` for an image without glibc; `RegistryFailed`: a failed look is never a default. */
export const observeLinux = async (
  specs: readonly LegSpec[],
  { sourceCommit: commit }: Pick<BranchFacts, 'sourceCommit'>,
  context: StepContext,
): Promise<LinuxOf> => {
  const { config, workspaceRoot, environment } = context;
  const { linux } = config;
  if (typeof linux !== 'object') return () => linux;
  const { registry } = imageTools(context);
  const once = askedOnce<number>();
  const found = await mapConcurrently(
    specs.filter(({ image }) => image === linux.image),
    looksAtOnce,
    async (spec): Promise<Glibc> => {
      const reference = await baseOf(spec, specs, { workspaceRoot, commit });
      const { platform } = spec;
      const minor = await once(`${platform} ${reference}`, () =>
        glibcOf({ registry, environment, reference, platform }),
      );
      return { spec, reference, minor };
    },
  );
  const said = new Map(found.map(({ reference, minor, spec }) => [`${reference} on ${spec.platform}`, minor]));
  for (const [base, minor] of said) context.say(`glibc 2.${minor}: ${base}`);
  return (cell) => linuxFor(cell, found, config.file);
};

const looksAtOnce = 4;

/** Of the lowest image in a row of them. */
const baseOf = async (
  spec: LegSpec,
  specs: readonly LegSpec[],
  source: { readonly workspaceRoot: string; readonly commit: string },
): Promise<string> => {
  const from = startedFrom(spec, (await committedDockerfile(source, spec)).text);
  if (from.kind === 'reference') return from.reference;
  const { python, platform } = spec;
  const below = specs.find((each) => each.image === from.image && each.python === python && each.platform === platform);
  if (below === undefined) throw new Error(`no leg of ${from.image} for Python ${python} on ${platform}`);
  return baseOf(below, specs, source);
};

/** A file that serves all platforms is for the oldest of their Linuxes. */
const linuxFor = ({ python, platform }: Cell, found: readonly Glibc[], file: string): string => {
  const [oldest] = found
    .filter(({ spec }) => spec.python === python)
    .filter(({ spec }) => platform === undefined || architectureOf(spec.platform) === platform)
    .sort((left, right) => left.minor - right.minor);
  if (oldest === undefined) throw new Error(`no image for Python ${python}`);
  const linux = linuxWithGlibc(oldest.minor);
  if (linux !== undefined) return linux;
  const { reference, minor } = oldest;
  throw invalid(
    { file, key: 'constraints.linux' },
    `glibc 2.${minor} of ${reference}`,
    'a base image with glibc 2.17 or newer, for which there are wheels',
  );
};
