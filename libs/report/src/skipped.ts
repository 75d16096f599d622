/** What a report says of a step that left no record of this run. */
export const skipped = 'did not run: a step before it failed or was not asked for';
