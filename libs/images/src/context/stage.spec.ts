import { digestName } from './stage';

it('puts the digest into the folder name', () => {
  expect(digestName('context', 'sha256:ab')).toBe('context-ab');
});
