import { insteadOf } from './options';

describe('what takes the place of an option', () => {
  it.each([
    ['-r', 'Name a file behind it'],
    ['--use-feature=fast-deps', 'Take the line away'],
    ['--hash=sha256:00', 'behind its requirement'],
    ['-e .[dev, test]', 'Write {"pyproject":"pyproject.toml","extras":["dev","test"]} into "requirements"'],
    ['-e ./libs/foo', 'Write {"pyproject":"libs/foo/pyproject.toml"} into "requirements"'],
    ['--editable=libs/foo/', 'Write {"pyproject":"libs/foo/pyproject.toml"} into'],
    ['-e git+https://host.example.com/a.git', 'Require the package by its name'],
    ['-e /home/me/foo', 'Require the package by its name'],
    ['--index-url https://index.example.com/simple', '"url" of "index"'],
    ['--extra-index-url=https://index.example.com/simple', '"indexes" of "index"'],
    ['--find-links wheels', 'Name the folder wheels in "findLinks"'],
    ['--no-binary :all:', '"allowSdist"'],
    ['--only-binary=:all:', 'Take the line away'],
    ['--pre', '"prerelease": "allow"'],
    ['--trusted-host index.example.com', 'https'],
    ['--strange', 'Take the line away'],
  ])('%s', (line, says) => {
    expect(insteadOf(line)).toContain(says);
  });

  it('never repeats a URL, which may hold a password', () => {
    for (const option of ['-i', '--extra-index-url', '-e', '--index-url'])
      expect(insteadOf(`${option} https://user:word@index.example.com/`)).not.toContain('word');
  });
});
