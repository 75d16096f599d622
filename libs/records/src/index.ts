/** What each step of the chain hands to the next one and to the report: values, the files they lie in, and nothing else. */
export * from './config';
export * from './names';
export * from './platform';
export * from './paths';
export * from './proof';
export * from './facts';
export * from './pin';
export * from './cell';
export * from './changes';
export * from './file-changes';
export * from './permission';
export * from './push';
export * from './leg';
export * from './image';
export * from './freeze';
export * from './step';
export * from './why';
