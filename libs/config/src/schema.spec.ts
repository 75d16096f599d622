import Ajv from 'ajv';
import schema from './ci-cache.schema.json';
import { parseConfig } from './read';
import { matchesSchema } from './schema-check';

const smallest = {
  pythons: ['3.13'],
  index: {},
  constraints: { modes: { core: { requirements: ['core.in'] } }, guard: {} },
  push: { branches: [{ from: 'main', to: 'constraints-main' }] },
  images: {
    ci: { dockerfile: 'Dockerfile', repository: 'registry.example.com/x', cache: 'registry.example.com/x:{platform}' },
  },
  builder: { nodes: [{ platforms: ['linux/amd64'] }] },
};

/** Every schema within the schema, by its place. */
const within = (place: string, value: object): [string, Readonly<Record<string, unknown>>][] => {
  const isSchema = ['type', 'enum', 'pattern', '$ref'].some((key) => key in value) && !/properties$/.test(place);
  const inner = Object.entries(value).flatMap(([key, each]): ReturnType<typeof within> =>
    typeof each === 'object' && each !== null && key !== 'default' ? within(`${place}/${key}`, each as object) : [],
  );
  return [...(isSchema ? [[place, value] as [string, Readonly<Record<string, unknown>>]] : []), ...inner];
};

describe('ci-cache.schema.json', () => {
  it('is a sound schema', () => {
    const ajv = new Ajv({ strict: false });
    expect({ sound: ajv.validateSchema(schema), errors: ajv.errors }).toEqual({ sound: true, errors: null });
  });

  it('says in words what is allowed, wherever a value may be refused', () => {
    const silent = within('', schema).filter(([, each]) => !('description' in each) && !('$ref' in each));
    expect(silent.map(([place]) => place)).toEqual([]);
  });

  it('shows defaults that are what an absent key means', () => {
    const filled = structuredClone(smallest);
    new Ajv({ strict: false, useDefaults: true }).compile(schema)(filled);
    // Which version a mode prefers goes on to the resolver as it is written, and these are the resolver's own.
    const { modes, index, ...rest } = parseConfig(JSON.stringify(filled), 'app');
    const { modes: written, index: plain, ...expected } = parseConfig(JSON.stringify(smallest), 'app');
    expect(rest).toEqual(expected);
    expect(index).toEqual({
      ...plain,
      ...{ name: 'default', uploadTimes: true, strategy: 'first-index', keyring: false },
    });
    expect(modes[0]).toEqual({
      ...written[0],
      resolving: { resolution: 'highest', keepPins: false },
    });
  });

  it('gives and accepts examples and defaults of the form it asks for, and applies none', () => {
    const ajv = new Ajv({ strict: false }).addSchema(schema);
    const shown = within('', schema).flatMap(([place, { default: preset, examples = [] }]) =>
      [...(preset === undefined ? [] : [preset]), ...(examples as unknown[])].map((value) => ({ place, value })),
    );
    const refused = shown.filter(({ place, value }) => !ajv.compile({ $ref: `ci-cache#${place}` })(value));
    expect(refused).toEqual([]);
    const given = structuredClone(smallest);
    expect(matchesSchema(given)).toBe(true);
    expect(given).toEqual(smallest);
  });
});
