export { compareConstraints } from './compare';
export { cutoffAt, pageMaxAge } from './cutoff';
export { observeDefaultIndex, observeResolver } from './observe';
export { normaliseName, parsePins, type Pins } from './pins';
export { renderConstraints } from './render';
export { readRequirements, type RequirementFile } from './requirements';
export { resolveCell, type Resolution } from './resolve';
