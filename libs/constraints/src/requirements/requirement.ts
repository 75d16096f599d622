/** One requirement or bound: a released package by its name, because all else leads to files and places that nobody records. */
import { validRange } from '@renovatebot/pep440';
import { invalid, normaliseName, type Place } from '@nx-ci-cache/config';
import { asMember } from './options';

/** @throws CiCacheError `OptionInvalid` for a path, for a URL, and for bounds no version can be compared with. */
export const checkRequirement = (requirement: string, place: Place): void => {
  const refuse = (allowed: string, remedy?: string) => invalid(place, shown(requirement), allowed, remedy);
  if (isLocal(requirement))
    throw refuse(`${released}, because another machine has no such path`, byPath(requirement, place));
  if (direct.test(requirement)) throw refuse(`${released}, because a constraint file holds no URL`, byName(place));
  if (!isWellFormed(requirement)) {
    const steers = /\s--[a-z]/.test(requirement.replace(behind, ''));
    throw refuse('a package with version bounds, e.g. "requests[socks]>=2,<3"', steers ? optionBehind : undefined);
  }
};

/** Whatever stands behind the first of these could be the user info of a URL. */
export const shown = (text: string): string => text.replace(/[@:].*$/s, '…');

const released = 'released packages, e.g. "requests>=2"';
const byName = ({ file }: Place): string =>
  `Require the package by its name in ${file}; a folder of wheels goes into "findLinks".`;

/** Wheels, archives and URLs are no folder whose project could be asked. */
const byPath = (requirement: string, place: Place): string => {
  const path = requirement.trim().replace(named, '');
  return /^file:|^\{|\.(?:whl|zip|tar\.gz)\b/i.test(path) ? byName(place) : `${asMember(path)} ${byName(place)}`;
};

const optionBehind =
  'Take the option away: it steers how pip builds the package, which "buildConstraints" of the mode bounds.';

const named = /^[a-z0-9][a-z0-9._-]*\s*(?:\[[^\]]*\])?\s*@\s*/i;
const local = /^(?:(?:[a-z]+\+)?file:|\.|\{|[^\s:;#]*\/|[^\s:;#]+\.(?:whl|zip|tar\.gz)\b)/i;
const direct = new RegExp(`${named.source}|^[^\\s;]+://`, 'i');

/** Whether a requirement is a path, with or without a name before it: another machine has no such file. */
export const isLocal = (requirement: string): boolean => local.test(requirement.trim().replace(named, ''));

/** Only name and bounds are judged: markers are left to the resolver, and so are hashes. */
const isWellFormed = (requirement: string): boolean => {
  const [, bounds] = nameAndBounds.exec(requirement.replace(behind, '').trim()) ?? [];
  return bounds !== undefined && validRange(bounds.replace(/^\((.*)\)$/, '$1').replace(/,\s*$/, ''));
};

export interface Requirement {
  /** Normalised, and so are its extras. */
  readonly name: string;
  readonly extras: readonly string[];
  /** Empty where any version will do. */
  readonly bounds: string;
  readonly marker: string;
}

/** Undefined for what begins with no name. */
export const parseRequirement = (text: string): Requirement | undefined => {
  const [, name, extras = '', bounds = '', marker = ''] =
    parts.exec(text.replace(/\s(#.*|--hash[=\s].*)$/s, '').trim()) ?? [];
  if (name === undefined) return undefined;
  return {
    name: normaliseName(name),
    extras: extras.split(',').flatMap((extra) => (extra.trim() === '' ? [] : [normaliseName(extra.trim())])),
    bounds: bounds.replace(/^\((.*)\)$/, '$1').trim(),
    marker: marker.trim(),
  };
};

const parts = /^([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)\s*(?:\[([^\]]*)\])?\s*([^;]*?)\s*(?:;(.*))?$/is;
const behind = /;.*$|\s#.*$|\s--hash[=\s].*$/s;
const nameAndBounds = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\s*(?:\[[\s\w.,-]*\]\s*)?(.*)$/is;
