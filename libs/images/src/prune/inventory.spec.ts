import { isFree, neededBy, type Content } from './inventory';
import { refusal } from '../registry/refusal';

const content = (digest: string, ...parts: string[]): Content => ({ digest, needs: [digest, ...parts], isLeg: false });
const inventory = new Map([
  ['old', content('i1', 'a', 'b')],
  ['new', content('i2', 'b', 'c')],
]);

it('counts what every tag needs but those that go as they are', () => {
  expect([...neededBy(inventory, new Map())].sort()).toEqual(['a', 'b', 'c', 'i1', 'i2']);
  expect([...neededBy(inventory, new Map([['old', 'i1']]))].sort()).toEqual(['b', 'c', 'i2']);
  expect([...neededBy(inventory, new Map([['old', 'i0']]))].sort()).toEqual(['a', 'b', 'c', 'i1', 'i2']);
});

it.each<[string, Content, boolean]>([
  ['a manifest that is needed', content('b'), false],
  ['one that is not', content('a'), true],
  ['an index that is needed', content('i2', 'x'), false],
  ['an index with a part of its own', content('i1', 'a', 'b'), true],
  ['an index that a run may publish again', content('i3', 'b', 'c'), false],
  ['an index of nothing', content('i4'), true],
  ['the state of a leg whose image is needed', { ...content('i5', 'b'), isLeg: true }, true],
  ['that of a leg which a tag holds', { ...content('i2', 'b'), isLeg: true }, false],
])('%s', (_what, each, free) => expect(isFree(each, new Set(['b', 'c', 'i2']))).toBe(free));

it.each([
  ['ghcr.io/acme/ci', 'gh api --method DELETE'],
  ['acme/ci', 'Docker Hub'],
  ['1234.dkr.ecr.eu-central-1.amazonaws.com/ci', 'lifecycle policy'],
  ['acme.azurecr.io/ci', 'az acr'],
  ['europe-docker.pkg.dev/acme/ci', 'gcloud'],
  ['registry.example.com/ci', 'storage.delete.enabled'],
])('says for %s: %s', (repository, words) => expect(refusal(repository)).toContain(words));
