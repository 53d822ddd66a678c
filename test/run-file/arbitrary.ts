import fc from 'fast-check';
import type { z } from 'zod';

/**
 * Values that a schema takes, made from the schema itself: a new kind of event is covered as soon as it has one. Kinds of schemas
 * that are not known here throw.
 */
export function arbitraryOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const def = definitionOf(schema);
  switch (def.type) {
    case 'string':
      return isDate(def) ? fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()) : fc.oneof(word, fc.string({ unit: 'binary', maxLength: 40 }));
    case 'number':
      return 'checks' in def && def.checks !== undefined && def.checks.length > 0 ? fc.nat(65_535) : fc.oneof(fc.nat(100_000), fc.integer({ min: -5, max: 5 }));
    case 'boolean':
      return fc.boolean();
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'nullable':
      return fc.option(arbitraryOf(def.innerType));
    case 'array':
      return fc.array(arbitraryOf(def.element), { maxLength: 3 });
    case 'record':
      return fc.dictionary(word, arbitraryOf(def.valueType), { maxKeys: 3 });
    case 'union':
      return fc.oneof(...def.options.map(arbitraryOf));
    case 'object':
      return arbitraryObject(def.shape);
    default:
      throw new Error(`no arbitrary for ${def.type}`);
  }
}

function definitionOf(schema: z.core.$ZodType): z.core.$ZodTypes['_zod']['def'] {
  return schema._zod.def as z.core.$ZodTypes['_zod']['def'];
}

const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789-.:/ '), maxLength: 24 });

function isDate(def: { readonly type: string; readonly format?: string; readonly checks?: readonly unknown[] }): boolean {
  return def.format === 'datetime';
}

function arbitraryObject(shape: Readonly<Record<string, z.core.$ZodType>>): fc.Arbitrary<unknown> {
  const fields: Record<string, fc.Arbitrary<unknown>> = {};
  const required: string[] = [];
  for (const [name, field] of Object.entries(shape)) {
    const def = definitionOf(field);
    const isOptional = def.type === 'optional';
    fields[name] = arbitraryOf(isOptional ? def.innerType : field);
    if (!isOptional) required.push(name);
  }
  return fc.record(fields, { requiredKeys: required });
}
