export { defaultIndexName } from './check-index';
export type {
  BranchRule,
  BuilderNode,
  Cell,
  Config,
  GuardRules,
  Image,
  IndexConfig,
  Leg,
  Limit,
  Mode,
  NamedIndex,
  RequirementSource,
  TextSource,
} from './config';
export { cutoffArgument, frozenImageOf, frozenImagesOf, type FrozenImage } from './frozen-image';
export { invalid, type Place } from './invalid';
export { legSpec, type LegSpec, type RunValues } from './leg-spec';
export { cellName, cellsOf, constraintFile, legName, legsOf, legTag, platformName } from './names';
export { guardDefaults } from './normalise';
export { isPackageName, normaliseName } from './package-name';
export { recordPaths, type RecordPaths } from './paths';
export { sharedFiles } from './projects-apart';
export { configFileName, parseConfig } from './read';
export { checkReference } from './reference';
export { sourceBranch } from './source-branch';
export { readSwitches, type Switches } from './switches';
export { isTagName } from './tag-name';
export { fillTemplate, type TemplateValues } from './template';
