/** Source branches of a rule: a name, or a regular expression for the whole name. */

/** @throws SyntaxError for a text that is no regular expression. */
export const sourceBranch = (from: string): RegExp => new RegExp(`^(?:${from})$`);
