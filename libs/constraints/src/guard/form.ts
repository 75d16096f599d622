/** Guards of form: pip obeys whatever stands in a constraint file, so only released `name==version` may stand there. */
import type { Guard } from './guard';
import type { Line, LineKind } from '../file/lines';

const words: Readonly<Record<Exclude<LineKind, 'pin'>, string>> = {
  editable: 'an editable install',
  url: 'a URL or a path',
  option: 'a resolver option',
  hash: 'a hash, which would make pip demand hashes of everything',
  marker: 'a requirement with a marker',
  extra: 'a requirement with an extra',
  range: 'a range of versions',
  junk: 'no requirement',
};

const quoted = ({ number, text }: Line): string => `line ${number}, ${JSON.stringify(text.slice(0, 200))},`;

export const onlyPins: Guard = {
  name: 'only-pins',
  remedy: 'Remove URLs, paths and options from the requirements, and list own packages in ownPackages.',
  refuse: ({ lines }) =>
    lines.flatMap((line) => (line.kind === 'pin' ? [] : [`${quoted(line)} is ${words[line.kind]}, no name==version`])),
};

export const uniqueNames: Guard = {
  name: 'unique-names',
  remedy: 'Resolve the file again: the resolver pins each package once.',
  refuse: ({ lines }) =>
    lines.flatMap((line, at) => {
      const first = lines.slice(0, at).find(({ name }) => name !== undefined && name === line.name);
      return first === undefined ? [] : [`${quoted(line)} pins ${line.name} again, after line ${first.number}`];
    }),
};

export const noLocalVersions: Guard = {
  name: 'no-local-versions',
  remedy:
    'Require a released version: a local one is on no public index, and consumers could not install it. Where they know its index, name the package in "sources" of "index".',
  refuse: ({ lines, sourced = [] }) =>
    lines.flatMap((line) =>
      line.version?.includes('+') === true && !sourced.includes(line.name ?? '')
        ? [`${quoted(line)} pins ${line.name} to a local version`]
        : [],
    ),
};
