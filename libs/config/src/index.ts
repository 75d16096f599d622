export type { BranchRule, BuilderNode, Cell, Config, Image, Leg, Mode } from './config';
export { invalid, type Place } from './invalid';
export { legSpec, type LegSpec, type RunValues } from './leg-spec';
export { cellName, cellsOf, constraintFile, legName, legsOf, legTag, platformName } from './names';
export { recordPaths, type RecordPaths } from './paths';
export { configFileName, parseConfig } from './read';
export { checkReference } from './reference';
export { readSwitches, type Switches } from './switches';
export { fillTemplate, type TemplateValues } from './template';
