/** Instants: `Date.parse` alone also takes words and ignores whatever stands in brackets, so the form is checked first. */

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

/** Whether `text` is an instant in UTC, ISO 8601, and nothing else. */
export const isInstant = (text: string): boolean => form.test(text) && !Number.isNaN(Date.parse(text));
