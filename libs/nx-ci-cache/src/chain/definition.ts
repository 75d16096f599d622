/** A step of the chain as one value: its targets, their inputs and outputs, its record and its line in the report follow from it. */
import type { TargetConfiguration } from '@nx/devkit';
import type {
  Cell,
  CellRecord,
  ChangesRecord,
  Config,
  FailureRecord,
  ImageRecord,
  Leg,
  LegRecord,
  PublishedImage,
  RecordPaths,
} from '@nx-ci-cache/records';
import type { Line } from '@nx-ci-cache/report';

/** What a project is, as far as names and paths of its steps follow from it. */
export interface Place {
  readonly config: Config;
  /** Paths relative to the workspace. */
  readonly paths: RecordPaths;
}

/** A report's view of the records: what is not of this run counts as never written, whatever lies there. */
export interface Look extends Place {
  /** A record that names this run, or that of a failure. */
  readonly ofRun: <Record extends object>(path: string) => Promise<Record | FailureRecord | undefined>;
  /** A cell's, which knows no run: it is current when it names the facts and the file that lie there now. */
  readonly cellRecord: (cell: Cell) => Promise<CellRecord | FailureRecord | undefined>;
  /** That of the comparison: it is current when it compared what lies there now. */
  readonly changes: () => Promise<ChangesRecord | FailureRecord | undefined>;
  /** A leg's, which knows no run: it is current when it answers the plan, and the plan is of this run. */
  readonly legRecord: (leg: Leg) => Promise<LegRecord | FailureRecord | undefined>;
  /** A published image's: it is current when it answers the plan, and the plan is of this run. */
  readonly imageRecord: (image: PublishedImage) => Promise<ImageRecord | FailureRecord | undefined>;
}

/**
 * Of methods, so that a step with parts of any kind is a step to whoever goes over all of them.
 * @typeParam Part what one target does of the step; a step without parts has one target and takes its options as they are.
 */
export interface StepDefinition<Part extends object = object> {
  /** Name of the executor. */
  readonly name: string;
  /** What a target does, shown in the graph. */
  says(part: Part): string;
  parts?(config: Config): readonly Part[];
  /** The coordinates that tell a part from the others: the options of its target. */
  options?(part: Part): Readonly<Record<string, string>>;
  /** Name of a part, and of the target that does nothing else. Default: the step's. */
  called?(part: Part): string;
  /** What must have succeeded before. Default: nothing. */
  after?(part: Part, config: Config): NonNullable<TargetConfiguration['dependsOn']>;
  /** Facts and plans of which a part is a pure function: then Nx caches it. Absent for a step that looks or acts. */
  facts?(part: Part, place: Place): readonly string[];
  /** Files and folders it writes beside its record. Default: none. */
  writes?(part: Part, place: Place): readonly string[];
  /** Where it records what became of it, a failure included. Absent for a step that answers a person. */
  record?(part: Part, place: Place): string;
  /** Of the step that begins a run: its record, which says so even when the configuration cannot be read. */
  start?(paths: RecordPaths): string;
  /** Its target of all parts together. Absent when inference makes none. */
  readonly whole?: {
    readonly says: string;
    /**
     * Steps whose parts it does too, after its own: one task for all of them, cached on the facts of all, and no part has
     * a target of its own. Absent: it waits for the targets of the parts.
     */
    readonly with?: readonly StepDefinition[];
  };
  /**
   * `file`: it begins a run, or none, and reads ci-cache.json. `facts`: it goes by what the snapshot of the run read, so
   * that an edit in mid-run changes nothing. `either`: by the facts, where there are any. Default: `facts`.
   */
  readonly configuration?: 'file' | 'facts' | 'either';
  /** What the report says of a part. Absent for a step outside the chain. */
  line?(part: Part, look: Look): Promise<Line>;
}

export const defineStep = <Part extends object = object>(definition: StepDefinition<Part>): StepDefinition<Part> =>
  definition;

/** The parts of a step in one project. */
export const partsOf = <Part extends object>(step: StepDefinition<Part>, config: Config): readonly Part[] =>
  step.parts?.(config) ?? [{} as Part];

export const partName = <Part extends object>(step: StepDefinition<Part>, part: Part): string =>
  step.called?.(part) ?? step.name;

export interface PartOfStep {
  readonly step: StepDefinition;
  readonly part: object;
}

/** What the target of all parts does, when it does them itself. */
export const partsTogether = (step: StepDefinition, config: Config): readonly PartOfStep[] =>
  [step, ...(step.whole?.with ?? [])].flatMap((each) => partsOf(each, config).map((part) => ({ step: each, part })));

export const factsOf = ({ step, part }: PartOfStep, place: Place): readonly string[] | undefined =>
  step.facts?.(part, place);

/** Everything a part writes, its record last. */
export const outputsOf = ({ step, part }: PartOfStep, place: Place): readonly string[] => [
  ...(step.writes?.(part, place) ?? []),
  ...[step.record?.(part, place) ?? []].flat(),
];
