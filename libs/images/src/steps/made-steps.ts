/** Every step that a build of a leg may run, with what it is made from. */
import { digestOf, redact } from '@nx-ci-cache/process';
import type { LegSpec } from '@nx-ci-cache/config';
import type { LegInputs } from '@nx-ci-cache/records';
import { namedContexts, readStages } from '../dockerfile/base-images';
import type { Instruction } from '../dockerfile/instructions';
import { inItsWords } from '../dockerfile/in-its-words';
import { filledInstructions, type FilledInstruction } from '../dockerfile/stage-values';
import { takenBy, takenByFrom, type Stage, type Taken } from '../dockerfile/stages';
import { knownImages } from './known-images';
import { shortDigest, type MadeStep } from './step';
import { allFiles, takenFiles, type FilesByContext } from './taken-files';
import { says, writtenIn } from './written';

type Texts = Readonly<Record<string, string>>;
type Parts = Partial<Pick<MadeStep, 'files' | 'values' | 'images' | 'stages'>>;

export interface BuildToRead {
  readonly spec: LegSpec;
  /** The Dockerfile's text. */
  readonly dockerfile: string;
  readonly files: FilesByContext;
  readonly inputs: Pick<LegInputs, 'bases'>;
}

/** What stands on a stage takes over. */
interface End {
  readonly key: string;
  /** How commands are run: no step of its own, and part of each that follows. */
  readonly shell: Texts;
}

const kinds = ['RUN', 'COPY', 'ADD', 'WORKDIR'];
const shellKinds = ['USER', 'SHELL'];

/** @throws CiCacheError `OptionInvalid` */
export const madeSteps = ({ spec, dockerfile: text, files, inputs }: BuildToRead): MadeStep[] => {
  const { dockerfile, stages, reached, given } = readStages(spec.dockerfile, text, spec);
  const contexts = namedContexts(spec);
  const reading = { stages, escape: dockerfile.escape, given, replaced: contexts };
  const written = writtenIn(text, dockerfile.instructions);
  const imagesIn = knownImages(Object.values(inputs.bases), contexts);
  const made: MadeStep[] = [];
  const ends = new Map<Stage, End>();
  const add = (stage: Stage, number: number, instruction: Instruction, parts: Parts, parent: string): string => {
    const step: MadeStep = {
      ...{ stage: nameOf(stage, stages), number, says: redact(says(instruction)), text: written(instruction) },
      ...{ files: {}, values: {}, images: {}, stages: {}, ...parts, parent },
    };
    made.push(step);
    return shortDigest(digestOf(step));
  };
  const endsOf = (taken: readonly Taken[]): Texts =>
    Object.fromEntries(
      taken.flatMap(({ stage }) => (stage ? [[nameOf(stage, stages), ends.get(stage)?.key ?? '']] : [])),
    );
  for (const stage of reached) {
    const base = takenByFrom(stage, stages);
    const below = base.stage && ends.get(base.stage);
    const start = {
      images: imagesIn([base]),
      stages: endsOf([base]),
      ...(contexts.has(base.name) ? { files: allFiles(base.name, files) } : {}),
    };
    let number = base.stage === undefined && base.name !== 'scratch' ? 1 : 0;
    let key = add(stage, number, stage.from, start, '');
    let shell: Texts = below?.shell ?? {};
    for (const filled of inItsWords(spec.dockerfile, stage.from, () => filledInstructions(stage, reading))) {
      const { instruction } = filled;
      const { keyword, argument } = instruction;
      if (shellKinds.includes(keyword)) shell = { ...shell, [keyword]: argument };
      if (!kinds.includes(keyword)) continue;
      const taken = takenBy(spec.dockerfile, { ...stage, instructions: [instruction] }, stages).slice(1);
      const parts = {
        files: takenFiles(filled, files),
        values: digests({ ...valuesOf(filled), ...(keyword === 'RUN' ? shell : {}) }),
        images: imagesIn(taken),
        stages: endsOf(taken),
      };
      number += 1;
      key = add(stage, number, instruction, parts, key);
    }
    ends.set(stage, { key, shell });
  }
  return made;
};

const nameOf = (stage: Stage, stages: readonly Stage[]): string =>
  stage.name === '' ? `stage-${stages.indexOf(stage)}` : stage.name;

/** A command runs with all of them; other steps take those they name. */
const valuesOf = ({ instruction: { keyword, value }, values }: FilledInstruction): Texts => {
  const named = new Set([...value.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name));
  return Object.fromEntries(
    [...values].filter(
      (entry): entry is [string, string] => entry[1] !== undefined && (keyword === 'RUN' || named.has(entry[0])),
    ),
  );
};

const digests = (texts: Texts): Texts =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, shortDigest(digestOf(text))]));
