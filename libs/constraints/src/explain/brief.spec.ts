import { briefly, isLong } from './brief';

const cause = (at: number) =>
  `         And because b${at}==1 depends on c${at}<2, we can conclude that b${at}==1 cannot be used.`;
const long = (causes: number, hints: number) =>
  [
    'error: No solution found when resolving dependencies',
    '  cause: Because only a==1 is available and a==1 depends on b, we can conclude that b is needed.',
    ...Array.from({ length: causes }, (_none, at) => cause(at)),
    '         And because lib==2 depends on other<2 and you require app, we can conclude that your requirements are unsatisfiable.',
    '',
    ...Array.from({ length: hints }, (_none, at) => `hint: Wheels are required for \`x${at}\``),
  ].join('\n');

describe('briefly', () => {
  it('leaves a short explanation whole', () => {
    expect(briefly(long(3, 2))).toBe(long(3, 2));
    expect(isLong(long(3, 2))).toBe(false);
  });

  it('ends a long one where it ends, with the packages first and the hints last', () => {
    expect(isLong(long(40_000, 9))).toBe(true);
    expect(briefly(long(40_000, 9)).split('\n')).toEqual([
      'error: No solution found when resolving dependencies',
      'It ends in what is required of c39998, c39999, other, app:',
      `  ${cause(39_998).trim()}`,
      `  ${cause(39_999).trim()}`,
      '  And because lib==2 depends on other<2 and you require app, we can conclude that your requirements are unsatisfiable.',
      ...Array.from({ length: 6 }, (_none, at) => `hint: Wheels are required for \`x${at}\``),
      'and 3 more hints',
    ]);
  });

  it('shows the last lines of another kind, and no line of thousands of versions', () => {
    const lines = Array.from({ length: 100 }, (_none, at) => `line ${at}`);
    expect(briefly(['error: Failed to build', ...lines].join('\n')).split('\n')).toEqual([
      'error: Failed to build',
      ...lines.slice(-24).map((line) => `  ${line}`),
    ]);
    expect(briefly(`error: x\n${'y'.repeat(9_000)}`).length).toBeLessThan(700);
  });
});
