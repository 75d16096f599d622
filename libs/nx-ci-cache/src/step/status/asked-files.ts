/** Files a person asks for by option: they lie in the workspace, and not among what steps of a run read. */
import { isAbsolute, join, relative, sep } from 'node:path';
import { invalid } from '@nx-ci-cache/config';
import { recordPaths } from '@nx-ci-cache/records';
import type { StatusQuestion } from '../../chain/status';

type FileOption = 'json' | 'metrics' | 'badge';

export interface AskedFiles {
  /** Absolute paths. */
  readonly files: Partial<Readonly<Record<FileOption, string>>>;
  /** Whether JSON takes the place of words. */
  readonly inJson: boolean;
}

const options = ['json', 'metrics', 'badge'] as const;

/** @throws CiCacheError `OptionInvalid` for a path outside of the workspace, and for one that a step of a run writes. */
export const askedFiles = (asked: StatusQuestion, workspaceRoot: string, projectRoot: string): AskedFiles => ({
  files: Object.fromEntries(
    options.flatMap((option) => {
      const path = asked[option];
      // A flag without a value is true, or, as Nx hands on a text, empty.
      if (path === undefined || typeof path === 'boolean') return [];
      return [[option, checkedFile(option, path, workspaceRoot, projectRoot)]];
    }),
  ),
  inJson: asked.json === true,
});

const checkedFile = (option: FileOption, path: string, workspaceRoot: string, projectRoot: string): string => {
  const whole = isAbsolute(path) ? path : join(workspaceRoot, path);
  const inside = relative(workspaceRoot, whole);
  const place = { file: 'options', key: option };
  const allowed = `the path of a file in the workspace, e.g. dist/status.${extensions[option]}`;
  const remedy = `Correct --${option}, or leave it out.`;
  if (path === '' || inside === '' || path.endsWith('/') || inside.split(sep)[0] === '..' || isAbsolute(inside))
    throw invalid(place, path, allowed, remedy);
  const { base } = recordPaths(projectRoot);
  if (inside.startsWith(`${base}${sep}`))
    throw invalid(place, path, `${allowed}, and none in ${base}, where steps write what others read`, remedy);
  return whole;
};

const extensions = { json: 'json', metrics: 'prom', badge: 'badge.json' } as const;
