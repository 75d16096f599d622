/** Metrics as OpenMetrics 1.0 text: https://prometheus.io/docs/specs/om/open_metrics_spec/. */

export interface Family {
  /** Ends with the unit, when there is one. */
  readonly name: string;
  readonly help: string;
  /** `stateset`: of its samples one is 1, and their label of the family's name says which state each is. */
  readonly type: 'gauge' | 'stateset';
  readonly unit?: 'seconds' | 'bytes';
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A family without samples is left out. */
export const openMetrics = (families: readonly Family[]): string =>
  [...families.filter(({ samples }) => samples.length > 0).flatMap(linesOf), '# EOF', ''].join('\n');

const linesOf = ({ name, help, type, unit, samples }: Family): string[] => [
  `# TYPE ${name} ${type}`,
  ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
  `# HELP ${name} ${escaped(help)}`,
  ...samples.map(({ labels = {}, value }) => `${name}${labelsOf(labels)} ${value}`),
];

const labelsOf = (labels: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
