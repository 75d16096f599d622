import { openMetrics } from './openmetrics';

it('escapes what labels and help hold, and leaves out what has no samples', () => {
  const families = [
    { name: 'a_seconds', help: 'In "C:\\".\nMore.', type: 'gauge', unit: 'seconds', samples: [{ value: 1.5 }] },
    { name: 'b', help: 'None.', type: 'gauge', samples: [] },
    { name: 'c', help: 'States.', type: 'stateset', samples: [{ labels: { of: 'x"\\\n', c: 'on' }, value: 1 }] },
  ] as const;
  expect(openMetrics(families)).toBe(
    [
      '# TYPE a_seconds gauge',
      '# UNIT a_seconds seconds',
      '# HELP a_seconds In \\"C:\\\\\\".\\nMore.',
      'a_seconds 1.5',
      '# TYPE c stateset',
      '# HELP c States.',
      'c{of="x\\"\\\\\\n",c="on"} 1',
      '# EOF',
      '',
    ].join('\n'),
  );
});
