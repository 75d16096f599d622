/** What each step of the chain writes for the next one and for the report: one JSON file each, nothing else is shared. */
export * from './facts';
export * from './cell';
export * from './changes';
export * from './push';
export * from './leg';
export * from './image';
export * from './freeze';
export * from './why';
