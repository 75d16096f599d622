import { readSwitches } from './switches';

describe('readSwitches', () => {
  it('is all off by default', () => {
    expect(readSwitches({})).toEqual({ dryRun: false, answer: false, force: false });
  });

  it('reads each switch', () => {
    const environment = {
      CI_CACHE_DRY_RUN: '1',
      CI_CACHE_ANSWER: 'yes',
      CI_CACHE_FORCE: 'true',
      CI_CACHE_CUTOFF: '2026-05-01T00:00:00Z',
    };
    expect(readSwitches(environment)).toEqual({
      dryRun: true,
      answer: true,
      force: true,
      cutoff: '2026-05-01T00:00:00Z',
    });
  });

  it('reads CI_CACHE_TAG', () => {
    expect(readSwitches({ CI_CACHE_TAG: 'constraints-2.10.1' }).tag).toBe('constraints-2.10.1');
  });

  it.each([
    ['yes', true],
    ['urllib3, Zope.Interface', ['urllib3', 'Zope.Interface']],
    ['no', undefined],
  ])('reads CI_CACHE_UPGRADE=%s', (value, upgrade) => {
    expect(readSwitches({ CI_CACHE_UPGRADE: value }).upgrade).toEqual(upgrade);
  });

  it.each([
    ['CI_CACHE_UPGRADE', 'a>=1', /CI_CACHE_UPGRADE = "a>=1"\n {2}allowed: yes, no, or package names/],
    ['CI_CACHE_TAG', 'v1', /CI_CACHE_TAG = "v1"\n {2}allowed: a tag of the form constraints-X\.Y\.Z/],
    ...['constraints-2.10.1final', 'constraints-123456.1.1', 'constraints-2.10.1rc1.post2'].map(
      (tag): [string, string, RegExp] => ['CI_CACHE_TAG', tag, /allowed: a tag of the form constraints-X\.Y\.Z/],
    ),
    ['CI_CACHE_DRY_RUN', 'maybe', /CI_CACHE_DRY_RUN = "maybe"\n {2}allowed: yes or no/],
    ['CI_CACHE_CUTOFF', 'yesterday', /CI_CACHE_CUTOFF = "yesterday"\n {2}allowed: an instant/],
    ['CI_CACHE_CUTOFF', '2026-13-01T00:00:00Z', /allowed: an instant/],
  ])('refuses %s=%s', (name, value, message) => {
    expect(() => readSwitches({ [name]: value })).toThrow(message);
  });
});
