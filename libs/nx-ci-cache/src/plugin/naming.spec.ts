import { namingOf } from './naming';

describe('namingOf', () => {
  it.each([
    [undefined, 'refresh', 'refresh'],
    [{}, 'generate-constraints--core-3.13', 'generate-constraints--core-3.13'],
    [{ targetPrefix: 'ci-' }, 'refresh', 'ci-refresh'],
    [{ targetPrefix: 'ci-' }, 'build-image--ci-3.13', 'ci-build-image--ci-3.13'],
    [{ targetPrefix: 'ci-', targetNames: { refresh: 'freshen' } }, 'refresh', 'freshen'],
    [{ targetPrefix: 'ci-', targetNames: { refresh: 'freshen' } }, 'report', 'ci-report'],
    [{ targetNames: { 'generate-constraints': 'pin' } }, 'generate-constraints--core-3.13', 'pin--core-3.13'],
    [{ targetPrefix: 'ci-' }, 'api:test', 'api:test'],
  ])('with %j calls %s %s', (options, name, expected) => expect(namingOf(options)(name)).toBe(expected));

  it.each([
    [[], 'options of the plugin nx-ci-cache = []'],
    [{ prefix: 'x' }, 'nx-ci-cache: prefix = "x"\n  allowed: one of targetPrefix, targetNames'],
    [{ targetPrefix: '-x' }, 'targetPrefix = "-x"'],
    [{ targetPrefix: 1 }, 'targetPrefix = 1'],
    [{ targetNames: 'x' }, 'targetNames = "x"'],
    [{ targetNames: { refreshh: 'x' } }, 'allowed: a step: perhaps refresh'],
    [{ targetNames: { refresh: 'a b' } }, 'targetNames.refresh = "a b"'],
    [{ targetNames: { refresh: 'a--b' } }, 'targetNames.refresh = "a--b"'],
    [{ targetNames: { refresh: 'report' } }, 'a name of its own: report has it too'],
  ])('refuses %j', (options, words) => {
    let message = '';
    try {
      namingOf(options);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain(words);
    expect(message).toContain('nx.json');
  });
});
