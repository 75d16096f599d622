/** The targets of one project: the design's table as data. Names are listed, never matched by globs. */
import type { TargetConfiguration } from '@nx/devkit';
import { frozenImageOf, frozenImagesOf } from '@nx-ci-cache/config';
import { cellsOf, legsOf, recordPaths, type Cell, type Config } from '@nx-ci-cache/records';
import { aggregate, cached, uncached } from './target';
import type { TaskInput } from './plugin-inputs';
import { cellTarget, freezeTarget, imageTarget, legTarget } from './target-names';

export const targetsOf = (config: Config, plugin: readonly TaskInput[]): Record<string, TargetConfiguration> => {
  const paths = recordPaths(config.projectRoot);
  const cells = cellsOf(config);
  const legs = legsOf(config);
  const images = config.images.flatMap(({ name: image }) => config.pythons.map((python) => ({ image, python })));
  const gates = config.push.gates.map(gateDependency);

  return {
    snapshot: uncached('Observes index and branch', {
      executor: 'snapshot',
      outputs: [paths.cells, paths.branch, paths.published],
    }),
    ...Object.fromEntries(
      frozenImagesOf(config).map(({ image, python, name }) => [
        freezeTarget(name),
        uncached(`Builds ${image} for Python ${python} at the cut-off and freezes what it holds`, {
          executor: 'build-image',
          options: { image, python },
          dependsOn: ['snapshot'],
          outputs: [paths.freeze(name), paths.freezeRecord(name)],
        }),
      ]),
    ),
    ...Object.fromEntries(
      cells.map((cell) => [
        cellTarget(cell),
        cached(`Resolves ${cell.mode} for Python ${cell.python}`, {
          executor: 'generate-constraints',
          options: { ...cell },
          dependsOn: ['snapshot', ...freezesBefore(config, cell).map(({ name }) => freezeTarget(name))],
          facts: [paths.cellFacts(cell), ...freezesBefore(config, cell).map(({ name }) => paths.freeze(name))],
          plugin,
          outputs: [paths.constraints(cell), paths.cellRecord(cell)],
        }),
      ]),
    ),
    'generate-constraints': aggregate('Resolves all constraints', cells.map(cellTarget)),
    'check-constraints': uncached('Compares generated with published constraints', {
      executor: 'check-constraints',
      // Not on the aggregate: its process would be one more to wait for.
      dependsOn: cells.map(cellTarget),
      outputs: [paths.changes, paths.changesMarkdown],
    }),
    why: uncached('Says who requires a package and what holds it back', {
      executor: 'why',
      dependsOn: ['snapshot'],
      outputs: [paths.why('json'), paths.why('md')],
    }),
    'push-constraints': uncached('Pushes changed constraints after check and gates', {
      executor: 'push-constraints',
      dependsOn: ['check-constraints', ...gates],
      outputs: [paths.push],
    }),
    'plan-refresh': uncached('Finds the legs that are stale', {
      executor: 'plan-refresh',
      dependsOn: ['push-constraints'],
      outputs: [paths.bases, paths.plans],
    }),
    ...Object.fromEntries(
      legs.map((leg) => [
        legTarget(leg),
        cached(`Builds and verifies ${leg.image} for Python ${leg.python} on ${leg.platform}`, {
          executor: 'buildx-refresh',
          options: { ...leg },
          dependsOn: ['plan-refresh'],
          facts: [paths.plan(leg)],
          plugin,
          outputs: [paths.leg(leg)],
        }),
      ]),
    ),
    'buildx-refresh': aggregate('Builds all stale legs', legs.map(legTarget)),
    ...Object.fromEntries(
      images.map(({ image, python }) => [
        imageTarget(image, python),
        uncached(`Publishes the index of ${image} for Python ${python}`, {
          executor: 'publish-images',
          options: { image, python },
          dependsOn: legs.filter((leg) => leg.image === image && leg.python === python).map(legTarget),
          outputs: [paths.image(image, python)],
        }),
      ]),
    ),
    refresh: uncached('Refreshes constraints and images, checks the run and reports', {
      executor: 'refresh',
      dependsOn: ['plan-refresh', ...images.map(({ image, python }) => imageTarget(image, python))],
      outputs: reportOutputs(paths.refresh),
    }),
    report: uncached('Renders whatever records exist', { executor: 'report', outputs: reportOutputs(paths.refresh) }),
    constraints: uncached('Materialises the published constraints', {
      executor: 'constraints',
      outputs: [paths.materialised],
    }),
    'setup-builder': uncached('Creates the builder and checks its nodes', { executor: 'setup-builder' }),
    'refresh-manual': uncached('Runs the whole chain in one process, without gates and moving tags', {
      executor: 'refresh-manual',
    }),
  };
};

const freezesBefore = (config: Config, cell: Cell) => [frozenImageOf(config, cell) ?? []].flat();

const gateDependency = (gate: string) => {
  const [project = '', target = ''] = gate.split(/:(.*)/s);
  return { projects: [project], target };
};

const reportOutputs = (path: (format: 'json' | 'md' | 'html') => string) => [path('json'), path('md'), path('html')];
