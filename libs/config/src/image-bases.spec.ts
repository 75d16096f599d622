import { legSpec } from './leg-spec';
import { messageFor, parse, type Change, valid } from './testing/changed';

/** An image for each name, with the bases written behind it: `a < b c` starts from b and c. */
const images =
  (...written: readonly string[]): Change =>
  (config) => {
    config.images = Object.fromEntries(
      written.map((text) => {
        const [name = '', ...bases] = text.split(/[ <]+/);
        const image = { ...valid.images.ci, repository: `registry.example.com/${name}-{python}` };
        return [name, { ...image, bases: Object.fromEntries(bases.map((base, at) => [`BASE${at}`, { image: base }])) }];
      }),
    );
  };

describe('an image that starts from another one', () => {
  it('knows the leg of its own Python and platform, beside bases of registries', () => {
    const config = parse((c) => {
      images('ci', 'prod < ci')(c);
      c.images.prod.bases.SYSTEM = 'registry.example.com/base:{python}';
    });
    const leg = { image: 'prod', python: '3.13', platform: 'linux/arm64' };
    expect(legSpec(config, leg, { branch: 'main', commit: 'abc', environment: {} })).toMatchObject({
      bases: { SYSTEM: 'registry.example.com/base:3.13' },
      imageBases: {
        BASE0: {
          image: 'ci',
          name: 'ci-3.13-linux-arm64',
          repository: 'registry.example.com/ci-3.13',
          legRef: 'registry.example.com/ci-3.13:leg--ci-3.13-linux-arm64',
        },
      },
    });
  });

  it.each([
    ['none', ['a', 'b']],
    ['a chain', ['a < b', 'b < c', 'c']],
    ['one base of two users', ['a < c', 'b < c', 'c']],
    ['two ways to one base', ['a < b c', 'b < d', 'c < d', 'd']],
  ])('is accepted with %s', (_case, written) => {
    expect(parse(images(...written)).images.map(({ name }) => name)).toEqual(written.map((text) => text[0]));
  });

  it.each<[string, Change, ...string[]]>([
    ['that is not there', images('a < b', 'c'), 'images.a.bases.BASE0 = {"image":"b"}', 'the other images: c'],
    ['where there is no other', images('a < b'), 'images.a.bases.BASE0', 'there is none'],
    ['that is itself', images('a < a'), 'images.a.bases.BASE0', 'a → a'],
    ['that starts from its user', images('a < b', 'b < a'), 'images.a.bases.BASE0', 'a → b → a'],
    ['in a ring of others', images('a < b', 'b < c', 'c < b'), 'images.b.bases.BASE0', 'b → c → b'],
    [
      'that leaves a cache alone',
      (c) => {
        images('a < b', 'b')(c);
        c.images.b.publish = 'cache';
      },
      'images.a.bases.BASE0',
      'images.b.publish is "cache"',
    ],
    [
      'though a mode freezes it',
      (c) => {
        images('a < b', 'b')(c);
        c.constraints.modes.frozen = { image: 'a' };
      },
      'images.a.bases.BASE0',
      'a mode freezes this image',
    ],
    [
      'named by a key that is none',
      (c) => {
        images('a')(c);
        c.images.a.bases = { BASE: { imgae: 'a' } };
      },
      'images.a.bases.BASE',
      'perhaps image',
    ],
    [
      'that is neither text nor image',
      (c) => {
        images('a')(c);
        c.images.a.bases = { BASE: 3 };
      },
      'images.a.bases.BASE = 3',
      '{ "image": "ci" }',
    ],
  ])('is refused with one %s', (_case, change, ...says) => {
    const message = messageFor(change);
    for (const text of says) expect(message).toContain(text);
  });
});
