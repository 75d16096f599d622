/** ci-cache.json as people write it → Config: all defaults stand here, and nothing is looked up. */
import type { CiCacheJson } from './ci-cache.schema';
import { normalPlatform, type BuilderConfig, type Config, type GuardRules, type Image } from '@nx-ci-cache/records';
import { durationSeconds } from './duration';
import { normaliseBases } from './image-bases';
import { normaliseIndex } from './normalise-index';
import { normaliseMode } from './normalise-mode';
import { normaliseOutput } from './image-output';
import { normalisePythons } from './normalise-pythons';

const defaults = {
  platforms: ['linux/amd64'],
  remote: 'origin',
  author: 'nx-ci-cache <nx-ci-cache@users.noreply.example>',
  title: 'Update {files}',
  context: '.',
  tags: ['{commit}', 'latest'],
  freeze: 'uv pip freeze',
  publish: 'both' as const,
  jobs: 1,
  guard: { minPins: 1, maxShrink: 0.25, allowDowngrade: [], wheels: 'warn' as const },
};

/** What the guards refuse when ci-cache.json says nothing: whatever it lets pass beyond this is named in the commit. */
export const guardDefaults: GuardRules = defaults.guard;

export const normalise = (json: CiCacheJson, file: string, projectRoot: string): Omit<Config, 'files'> => {
  const platforms = (json.platforms ?? defaults.platforms).map(normalPlatform);
  return {
    file,
    projectRoot,
    ...normalisePythons(json.pythons),
    platforms,
    index: normaliseIndex(json.index),
    ...(json.constraints.linux === undefined ? {} : { linux: json.constraints.linux }),
    modes: Object.entries(json.constraints.modes).map(([name, mode]) => normaliseMode(name, mode)),
    guard: { ...guardDefaults, ...json.constraints.guard },
    push: {
      remote: json.push.remote ?? defaults.remote,
      branches: json.push.branches,
      gates: json.push.gates ?? [],
      allowUntested: json.push.allowUntested ?? false,
      remove: json.push.remove ?? [],
      author: json.push.author ?? defaults.author,
      title: json.push.title ?? defaults.title,
      ...(json.push.signingKey === undefined ? {} : { signingKey: json.push.signingKey }),
      ssh: json.push.ssh ?? {},
    },
    images: Object.entries(json.images ?? {}).map(([name, image]): Image => ({
      name,
      dockerfile: image.dockerfile,
      context: image.context ?? defaults.context,
      ...(image.target === undefined ? {} : { target: image.target }),
      ...(image.gitDir === true ? { gitDir: true } : {}),
      contexts: image.contexts ?? {},
      repository: image.repository,
      cache: image.cache,
      publish: image.publish ?? defaults.publish,
      cacheFrom: image.cacheFrom ?? [],
      cacheFromBranches: image.cacheFromBranches ?? [],
      tags: image.tags ?? defaults.tags,
      ...(image.keep === undefined ? {} : { keep: image.keep }),
      freeze: image.freeze ?? defaults.freeze,
      ...normaliseBases(image.bases),
      buildArgs: image.buildArgs ?? {},
      secrets: image.secrets ?? {},
      ssh: image.ssh === true ? { default: '' } : image.ssh || {},
      allow: image.allow ?? [],
      annotations: image.annotations ?? {},
      ...(image.maxAge === undefined ? {} : { maxAgeSeconds: durationSeconds(image.maxAge) }),
      ...(image.onCacheFailure === undefined ? {} : { onCacheFailure: image.onCacheFailure }),
      ...normaliseOutput(image),
    })),
    builder: normaliseBuilder(json.builder ?? { nodes: [{ platforms }] }),
  };
};

const normaliseBuilder = (builder: WrittenBuilder): BuilderConfig => ({
  ...builder,
  requireNative: builder.requireNative ?? false,
  nodes: builder.nodes.map((node) => ({
    ...node,
    platforms: node.platforms.map(normalPlatform),
    jobs: node.jobs ?? defaults.jobs,
  })),
});

type WrittenBuilder = Omit<BuilderConfig, 'requireNative'> & { readonly requireNative?: boolean };
