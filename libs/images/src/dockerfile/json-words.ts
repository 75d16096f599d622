/** The form `["…", "…"]` of an instruction's arguments. */

/** Undefined for any other form. */
export const jsonWords = (argument: string): readonly string[] | undefined => {
  try {
    const parsed: unknown = JSON.parse(argument);
    const isWords = Array.isArray(parsed) && parsed.every((word) => typeof word === 'string');
    return isWords ? (parsed as readonly string[]) : undefined;
  } catch {
    return undefined;
  }
};
