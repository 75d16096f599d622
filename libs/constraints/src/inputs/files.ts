/** A cell's facts as the files the resolver reads, by name: nothing of the workspace is read besides. */
import type { CellFacts, TextFact } from '@nx-ci-cache/records';
import { uvConfig } from './uv-config';
import {
  boundsName,
  configName,
  excludesName,
  inputName,
  limitsName,
  outputName,
  sourcesName,
  wheelsFolder,
} from './names';
import { sourcesProject } from './sources';
import { stubWheel } from './wheel';

/** @param folder the private folder's absolute path, for the one place that needs it. */
export const inputFiles = (facts: CellFacts, folder: string): Readonly<Record<string, string | Uint8Array>> => ({
  [configName]: uvConfig(facts, folder),
  ...Object.fromEntries(facts.requirements.map(({ path, text }, at) => [inputName(at, path), text])),
  ...(facts.sources === undefined ? {} : { [sourcesName]: sourcesProject(facts) }),
  ...boundsFiles('constraints', facts.constraints),
  ...boundsFiles('overrides', facts.overrides),
  ...boundsFiles('build-constraints', facts.buildConstraints),
  ...(facts.limits === undefined ? {} : { [limitsName]: lines(facts.limits.map(({ bound }) => bound)) }),
  ...(facts.excludes === undefined ? {} : { [excludesName]: lines(facts.excludes) }),
  ...Object.fromEntries((facts.wheels ?? []).map((wheel) => [`${wheelsFolder}/${wheel.file}`, stubWheel(wheel)])),
  // An output file that exists is an input, its pins are preferred: only ever a recorded one.
  ...(facts.keep === undefined ? {} : { [outputName]: facts.keep }),
});

const boundsFiles = (kind: Parameters<typeof boundsName>[0], texts: readonly TextFact[] = []) =>
  Object.fromEntries(texts.map(({ text }, at) => [boundsName(kind, at), text]));

const lines = (each: readonly string[]): string => each.map((line) => `${line}\n`).join('');
