/** A real registry, two real BuildKit nodes and an image of two steps, driven the way a run drives them. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout, relationOf, type Relation } from '@nx-ci-cache/git';
import { permissionOf, type LegRecord } from '@nx-ci-cache/records';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import {
  baseDigests,
  builderDefinition,
  buildLeg,
  buildNodes,
  buildxCommand,
  parseReference,
  planLeg,
  readLegSources,
  readLegState,
  registryClient,
  standingOf,
  type BuildLimits,
  type Buildx,
  type BuildNode,
  type LegFacts,
  type Order,
  type PlannedLeg,
  type RegistryClient,
} from '..';
import { testSpec } from './leg';
import { testWorkspace } from '@nx-ci-cache/git/src/testing/workspace';

export const dockerfile = `ARG BASE
FROM \${BASE} AS deps
COPY --from=constraints constraints-3.11.txt /constraints.txt
RUN uname -m > /machine.txt
FROM deps
COPY version.txt /version.txt
RUN echo building $(cat /version.txt)
`;

const constraints = { 'constraints-3.11.txt': 'six==1.17.0\n', 'constraints-3.13.txt': 'six==1.16.0\n' };

/** How a run differs from the usual one. */
export interface Wish {
  readonly force?: boolean;
  readonly requireNative?: boolean;
  readonly observedAt?: string;
  /** What history says of every other commit. Default: what the workspace's own says. */
  readonly toSource?: Relation;
  /** What the build asks in place of the registry itself. */
  readonly through?: RegistryClient;
  /** What builds. Default: the world's. */
  readonly buildx?: Buildx;
  readonly signal?: AbortSignal;
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/** @param more what its tools know besides. */
export const startWorld = async (more: NodeJS.ProcessEnv = {}) => {
  const stateDir = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
  await up(stateDir, { parts: ['registry', 'amd64', 'arm64', 'bases'] });
  const env = stackEnv(stateDir);
  const environment = { ...process.env, ...env, ...more };
  const registry = registryClient({ environment });
  const buildx = buildxCommand(environment);
  const host = env['CI_CACHE_REGISTRY'] ?? '';
  const base = `${host}/base/python:3.11`;
  const bases = await baseDigests(registry, [base]);
  const workspace = testWorkspace();
  const definition = builderDefinition({
    name: 'ci_cache',
    nodes: [
      { platforms: ['linux/amd64'], endpoint: env['CI_CACHE_BUILDKIT_AMD64'] ?? '' },
      { platforms: ['linux/arm64'], endpoint: env['CI_CACHE_BUILDKIT_ARM64'] ?? '' },
    ],
  });
  const lines: string[] = [];

  const nodeOf = (platform: string): BuildNode => {
    const node = buildNodes(definition, []).find(({ platforms }) => platforms.includes(platform));
    if (node === undefined) throw new Error(`no node for ${platform}`);
    return node;
  };
  const legOf = (
    repository: string,
    platform: string,
    files: Readonly<Record<string, string>> = {},
    through = host,
  ): LegFacts => {
    const spec = testSpec({ repository: `${through}/${repository}`, platform, bases: { BASE: base } });
    const source = workspace.commit({
      'app/Dockerfile': dockerfile,
      'app/version.txt': '1\n',
      [`.run/${randomUUID()}`]: '',
      ...files,
    });
    return { spec, source, constraints, bases };
  };
  const plan = async (facts: LegFacts, wish: Wish = {}): Promise<PlannedLeg> => {
    const { spec } = facts;
    const { inputs } = await readLegSources(facts);
    const order = orderOf(facts, wish);
    const state = await readLegState(registry, spec, { now: order.observedAt });
    const standing = await standingOf(spec, inputs, state.recorded, order);
    return planLeg({ spec, inputs, state, standing, force: wish.force ?? false, newBuildId: randomUUID() });
  };
  const orderOf = ({ source }: LegFacts, { observedAt = new Date().toISOString(), toSource }: Wish): Order => ({
    ...{ sourceCommit: source.commit, constraintsCommit: 'c'.repeat(40), observedAt },
    toSource: async (theirs) => toSource ?? relationOf(source.commit, theirs, checkout(workspace.root), []),
    toConstraints: async () => 'unknown',
  });
  const build = (
    facts: LegFacts,
    { plan: planned }: PlannedLeg,
    builder = definition.name,
    limits: BuildLimits = {},
    wish: Wish = {},
  ): Promise<LegRecord> => {
    const tools = {
      registry: wish.through ?? registry,
      buildx: wish.buildx ?? buildx,
      builder,
      node: nodeOf(facts.spec.platform),
      emit: (line: string) => void lines.push(line),
    };
    const { legs: permission } = permissionOf({ push: 'pushed' });
    const order = orderOf(facts, wish);
    const { force = false, requireNative = false, signal } = wish;
    const asked = { permission, limits, order, force, requireNative, ...(signal === undefined ? {} : { signal }) };
    return buildLeg({ ...facts, ...tools, plan: planned, ...asked });
  };

  return {
    ...{ host, stateDir, environment, registry, buildx, definition, workspace, lines, nodeOf, legOf, plan, build },
    refresh: async (facts: LegFacts, wish: Wish = {}) =>
      build(facts, await plan(facts, wish), definition.name, {}, wish),
    /** Deletes what a reference points to, as a registry's clean-up would. */
    forget: async (reference: string, authorization?: string) => {
      const manifest = await registry.getManifest(reference);
      await remove(reference, `manifests/${manifest?.digest}`, authorization);
    },
    forgetBlob: (repository: string, digest: string) => remove(repository, `blobs/${digest}`),
    stop: async () => {
      await down(stateDir, { purge: true });
      rmSync(workspace.root, { recursive: true, force: true });
    },
  };
};

const remove = async (reference: string, what: string, authorization?: string): Promise<void> => {
  const { host, repository } = parseReference(reference);
  const url = `http://${host}/v2/${repository}/${what}`;
  const headers = authorization === undefined ? {} : { authorization };
  const { status } = await fetch(url, { method: 'DELETE', headers });
  if (status !== 202) throw new Error(`DELETE ${what} of ${reference}: ${status}`);
};
