import { signsOfLife } from './signs-of-life';

const second = 1000;
const make = { digest: 'sha256:a', name: '[deps 2/3] RUN make', cached: false, completed: false, startedAt: 1 };

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const watched = () => {
  const said: string[] = [];
  return { said, life: signsOfLife('leg', (line) => void said.push(line)) };
};

it('says within one long step where the build is, for how long, and how much of it is done', () => {
  const { said, life } = watched();
  life.onVertex({ ...make, digest: 'sha256:b', name: '[deps 1/3] COPY a b', cached: true, completed: true });
  life.onVertex(make);
  life.onTransfer({ vertex: 'sha256:a', id: 'layer', bytes: 1_000_000 });
  life.onTransfer({ vertex: 'sha256:a', id: 'layer', bytes: 38_800_000 });
  jest.advanceTimersByTime(61 * second);
  expect(said).toEqual([
    'leg: at [deps 2/3] RUN make for 30 s, 38.8 MB; 1 step done, 1 CACHED, 30 s in all',
    'leg: at [deps 2/3] RUN make for 60 s, 38.8 MB; 1 step done, 1 CACHED, 60 s in all',
  ]);
  life.stop();
  jest.advanceTimersByTime(100 * second);
  expect(said).toHaveLength(2);
});

it('says nothing while others do, and that it waits when nothing is at work', () => {
  const { said, life } = watched();
  for (let at = 0; at < 5; at++) {
    jest.advanceTimersByTime(29 * second);
    life.said();
  }
  expect(said).toEqual([]);
  life.onVertex(make);
  life.onVertex({ ...make, completed: true });
  jest.advanceTimersByTime(31 * second);
  expect(said).toEqual([expect.stringMatching(/^leg: waiting; 1 step done, 0 CACHED, /)]);
  life.stop();
});

it('shows no secret that stands in a step', () => {
  process.env['CI_CACHE_TEST_TOKEN'] = 'very-secret-value';
  const { said, life } = watched();
  life.onVertex({ ...make, name: '[2/3] RUN login very-secret-value' });
  jest.advanceTimersByTime(31 * second);
  life.stop();
  delete process.env['CI_CACHE_TEST_TOKEN'];
  expect(said[0]).toContain('RUN login ***');
});
