/** What Nx ends with after each executor, from the types of the sources: what a step records decides it. */
import { join } from 'node:path';
import ts from 'typescript';
import { entriesOf } from './entries';
import { source } from './places';

const config = join(__dirname, '../tsconfig.types.json');

/** A line for each executor: its exit codes with the results it records before them. */
export const exitCodes = (): string[] => {
  const files = entriesOf(source)
    .modules.filter((path) => path.startsWith('src/executors/'))
    .map((path) => join(source, path));
  const failure = join(source, '../records/src/step.ts');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    join(config, '..'),
  );
  const program = ts.createProgram([...files, failure], options);
  const checker = program.getTypeChecker();

  const exportsOf = (file: string): readonly ts.Symbol[] => {
    const opened = program.getSourceFile(file);
    const module = opened && checker.getSymbolAtLocation(opened);
    return module === undefined ? [] : checker.getExportsOfModule(module);
  };
  /** What a type's property `result` may be. */
  const resultsOf = (type: ts.Type): string[] => {
    const property = type.getProperty('result');
    if (property === undefined) return [];
    const result = checker.getTypeOfSymbol(property);
    return (result.isUnion() ? result.types : [result]).flatMap((each) => (each.isStringLiteral() ? each.value : []));
  };
  const answerOf = (symbol: ts.Symbol): ts.Type | undefined => {
    const [call] = checker.getTypeOfSymbol(symbol).getCallSignatures();
    return call && checker.getAwaitedType(call.getReturnType());
  };

  const wrong = exportsOf(failure).flatMap((symbol) =>
    symbol.name === 'FailureRecord' ? resultsOf(checker.getDeclaredTypeOfSymbol(symbol)) : [],
  );
  return files.map((file) => {
    const exported = exportsOf(file);
    const told = exported.find(({ name }) => name === 'default');
    const step = exported.find((symbol) => checker.getTypeOfSymbol(symbol).getProperty('definition') !== undefined);
    if (told === undefined || answerOf(told)?.getProperty('success') === undefined)
      throw new Error(`${file} tells Nx more than whether it succeeded`);
    const results = step === undefined ? [] : resultsOf(answerOf(step) ?? checker.getNeverType());
    return `${file.split('/').at(-2)}: ${codes(results, wrong)}`;
  });
};

/** @param wrong what a failure is recorded as; a step that records one of them has failed, too. */
const codes = (results: readonly string[], wrong: readonly string[]): string => {
  const right = results.filter((result) => !wrong.includes(result));
  return results.length === 0 ? '0 or 1' : `0 ${right.sort().join(' ')}, 1 ${[...wrong].sort().join(' ')}`;
};
