import Ajv from 'ajv';
import schema from './ci-cache.schema.json';

describe('ci-cache.schema.json', () => {
  it('is a sound schema', () => {
    const ajv = new Ajv({ strict: false });
    expect({ sound: ajv.validateSchema(schema), errors: ajv.errors }).toEqual({ sound: true, errors: null });
  });
});
