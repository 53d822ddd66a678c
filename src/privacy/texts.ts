import type { z } from 'zod';

/** Called for the texts in data of a schema; what they give takes the place of the text. */
export interface TextChange {
  /** `holds`: the id that the schema has for such a text (schema/values.ts); null for running text. */
  text(text: string, holds: string | null): string;
  argv(argv: readonly string[]): readonly string[];
}

/**
 * Data with the texts in it changed, those alone for which the schema takes any text: enums, literals and dates stay. Data that the schema
 * does not take is given as it is as far as it differs.
 */
export function changeTexts(schema: z.core.$ZodType, data: unknown, change: TextChange): unknown {
  const def = schema._zod.def as z.core.$ZodTypes['_zod']['def'];
  switch (def.type) {
    case 'string':
      return typeof data === 'string' && !('format' in def) ? change.text(data, idOf(schema)) : data;
    case 'nullable':
    case 'optional':
    case 'default':
      return data === null || data === undefined ? data : changeTexts(def.innerType, data, change);
    case 'array':
      return changeItems(def.element, data, change);
    case 'record':
      return changeRecord(def, data, change);
    case 'union':
      return changeTexts(optionFor(def.options, data), data, change);
    case 'object':
      return isObject(data) ? Object.fromEntries(Object.entries(data).map(([name, value]) => [name, changeField(def.shape[name], value, change)])) : data;
    default:
      return data;
  }
}

function changeField(schema: z.core.$ZodType | undefined, value: unknown, change: TextChange): unknown {
  return schema === undefined ? value : changeTexts(schema, value, change);
}

function changeItems(element: z.core.$ZodType, data: unknown, change: TextChange): unknown {
  if (!Array.isArray(data)) return data;
  if (idOf(element) === 'argument') return change.argv(data as readonly string[]);
  return data.map((item: unknown) => changeTexts(element, item, change));
}

function changeRecord({ keyType, valueType }: z.core.$ZodRecordDef, data: unknown, change: TextChange): unknown {
  if (!isObject(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [changeTexts(keyType, key, change), changeTexts(valueType, value, change)]));
}

/** By its `kind`, which is a literal; the last one where nothing tells. */
function optionFor(options: readonly z.core.$ZodType[], data: unknown): z.core.$ZodType {
  const kind = isObject(data) ? data['kind'] : undefined;
  const found = options.find((option) => {
    const def = option._zod.def as z.core.$ZodTypes['_zod']['def'];
    const literal = def.type === 'object' ? (def.shape['kind']?._zod.def as z.core.$ZodTypes['_zod']['def'] | undefined) : undefined;
    return literal?.type === 'literal' && literal.values.some((value) => value === kind);
  });
  const last = found ?? options.at(-1);
  if (last === undefined) throw new Error('a union of nothing');
  return last;
}

function idOf(schema: z.core.$ZodType): string | null {
  return (schema as z.ZodType).meta()?.id ?? null;
}

function isObject(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
