/** JSON Schema in words, as far as schemas of this repository use it: what type a value has, and what is allowed. */
import { code } from './markdown';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** How a reference to a definition is written: as what it stands for, or as a link to it. */
export type Referring = (name: string) => string;

export const definitionName = (reference: string): string => reference.replace('#/definitions/', '');

export const typeOf = (schema: Schema, refer: Referring): string => {
  const { $ref, const: one, enum: some, items, additionalProperties, properties } = schema;
  const union = schema.anyOf ?? schema.oneOf;
  if ($ref !== undefined) return refer(definitionName($ref));
  if (one !== undefined) return code(JSON.stringify(one));
  if (some !== undefined) return some.map((each) => code(JSON.stringify(each))).join(' or ');
  if (union !== undefined) return union.map((each) => typeOf(each, refer)).join(' or ');
  const named = (type: string): string => {
    if (type === 'array') return items === undefined ? 'list' : `list of ${typeOf(items, refer)}`;
    if (type !== 'object' || properties !== undefined || typeof additionalProperties !== 'object') return type;
    return `object of ${typeOf(additionalProperties, refer)} by name`;
  };
  return [schema.type ?? 'string'].flat().map(named).join(' or ');
};

/** What a value of the right type must be besides. */
export const allowedOf = ({ enum: some, items, minimum, maximum, pattern }: Schema): string => {
  if (some !== undefined) return some.map((each) => code(JSON.stringify(each))).join(' ');
  if (minimum !== undefined || maximum !== undefined)
    return [minimum === undefined ? '' : `from ${minimum}`, maximum === undefined ? '' : `to ${maximum}`]
      .join(' ')
      .trim();
  if (pattern !== undefined) return code(pattern);
  return items === undefined ? '' : allowedOf(items);
};
