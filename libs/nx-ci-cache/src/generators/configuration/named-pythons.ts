/** The Pythons somebody asked for. */
import { listOf } from '../workspace/list';
import { optionInvalid } from '../workspace/option-invalid';

/** @throws CiCacheError `OptionInvalid` for the first that is no X.Y. */
export const namedPythons = (option: string | number | undefined): readonly string[] => {
  // Nx hands over 3.10 as the number 3.1; of the two Pythons only one is alive.
  const text =
    typeof option === 'number'
      ? String(option).replace(/^3\.([1-7])$/, (_whole, minor: string) => `3.${minor}0`)
      : option;
  const pythons = listOf(text);
  const wrong = pythons.find((python) => !/^3\.\d+$/.test(python));
  if (wrong === undefined) return pythons;
  throw optionInvalid('pythons', wrong, 'Python versions in the form X.Y, e.g. 3.11,3.13');
};
