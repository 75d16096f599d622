import { timesOf } from './figures';

const at = (digest: string, name: string, from: number, to: number, cached = false) => ({
  ...{ digest, name, cached, completed: true },
  ...{ startedAt: from * 1000, completedAt: to * 1000 },
});

it('tells each step, the longest chain of those that need each other, and what writing took', () => {
  const metadata = {
    'buildx.build.provenance': {
      buildConfig: {
        llbDefinition: [
          { id: 'step0', op: { Op: { source: {} } } },
          { id: 'step1', inputs: ['step0:0'], op: { Op: { exec: {} } } },
          { id: 'step2', inputs: ['step0:0'], op: { Op: { exec: {} } } },
          { id: 'step3', inputs: ['step1:0', 'step2:0'], op: { Op: { file: {} } } },
        ],
        digestMapping: { from: 'step0', long: 'step1', short: 'step2', copy: 'step3' },
      },
    },
  };
  const vertices = [
    at('from', '[a 1/2] FROM base', 0, 2),
    at('long', '[a 2/2] RUN long', 2, 12.04),
    at('short', '[b 2/2] RUN short', 2, 5),
    at('copy', '[c 2/2] COPY --from=a x y', 12.04, 13, true),
    at('other', 'exporting to image', 13, 15.5),
    at('cache', 'exporting cache to registry', 15.5, 16),
  ];
  expect(timesOf({ metadata, progress: { vertices, logs: {}, texts: [] } })).toEqual({
    timings: [
      { step: '[a 2/2] RUN long', cached: false, seconds: 10 },
      { step: '[b 2/2] RUN short', cached: false, seconds: 3 },
      { step: '[c 2/2] COPY --from=a x y', cached: true, seconds: 1 },
    ],
    criticalPathSeconds: 13,
    exportSeconds: 3,
  });
  expect(timesOf({ metadata: {}, progress: { vertices, logs: {}, texts: [] } })).toMatchObject({
    timings: [],
    criticalPathSeconds: 0,
  });
});
