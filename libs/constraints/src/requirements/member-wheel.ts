/** A member as the wheel that a build of it would make, as far as a resolution asks: name, version, and what it requires. */
import { clean, satisfies } from '@renovatebot/pep440';
import type { WheelFact } from '@nx-ci-cache/records';
import { normaliseName } from '@nx-ci-cache/config';
import type { TomlTable } from 'smol-toml';
import { extrasReached } from './extras';
import type { Member } from './members';
import { parseRequirement } from './requirement';
import { stringsIn, tableIn } from './toml';

/** Only the extras that are asked for: a change of any other misses no cell. */
export const memberMetadata = (member: Member): WheelFact => {
  const { project, extras } = member;
  const table = tableIn(project.toml, 'project') ?? {};
  const name = project.name ?? '';
  const version = versionOf(table, member);
  const lines = [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${version}`,
    ...stringsIn(table['dependencies']).map((each) => `Requires-Dist: ${each}`),
    ...Object.entries(extrasReached(table, extras)).flatMap(([extra, list]) => [
      `Provides-Extra: ${normaliseName(extra)}`,
      ...stringsIn(list).map((each) => `Requires-Dist: ${ofExtra(each, normaliseName(extra))}`),
    ]),
  ];
  return { file: `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`, metadata: `${lines.join('\n')}\n` };
};

/** The resolver evaluates the marker as one expression, so an `or` in it is put in brackets. */
const ofExtra = (requirement: string, extra: string): string => {
  const marker = parseRequirement(requirement)?.marker ?? '';
  const [bare = ''] = requirement.split(';', 1);
  return `${bare.trim()} ; ${marker === '' ? '' : `(${marker}) and `}extra == '${extra}'`;
};

/** One that only a build would tell is such that all bounds of the mode take it: the workspace is what is installed. */
const versionOf = ({ version }: TomlTable, { bounds }: Member): string => {
  const written = typeof version === 'string' ? clean(version) : null;
  if (written !== null) return written;
  const named = bounds.flatMap((each) => [...each.matchAll(/\d[\w.!]*/g)].map(([found]) => found.replace(/\.+$/, '')));
  const candidates = ['0', ...named, ...named.map((each) => `${each}.1`)].flatMap((each) => clean(each) ?? []);
  return candidates.find((each) => bounds.every((bound) => satisfies(each, bound))) ?? '0';
};
