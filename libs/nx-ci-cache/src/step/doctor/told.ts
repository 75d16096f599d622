/** What was found, told as one table; findings to mend fail whoever looked. */
import { CiCacheError, counted } from '@nx-ci-cache/process';
import { doctorTerminal, type Examined } from '@nx-ci-cache/report';

/** @returns the table. @throws CiCacheError `OptionInvalid` with it when anything must be mended. */
export const told = (findings: readonly Examined[]): string => {
  const table = doctorTerminal(findings);
  const wrong = findings.filter(({ verdict }) => verdict === 'wrong');
  if (wrong.length === 0) return table;
  const found = `${counted(wrong.length, 'finding')} to mend: ${wrong.map(({ check }) => check).join(', ')}`;
  throw new CiCacheError('OptionInvalid', `${found}\n\n${table}\n`, {
    remedy: 'Do what the table says, then look again.',
    data: { findings },
  });
};
