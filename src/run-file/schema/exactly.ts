import type { z } from 'zod';

type Keys<T> = T extends unknown ? keyof T : never;
type SameKeys<A, B> = [Exclude<Keys<A>, Keys<B>>, Exclude<Keys<B>, Keys<A>>] extends [never, never] ? unknown : { readonly 'a field has no schema, or a schema no field': never };

/**
 * `exactly<T>()(schema)`: a schema of a type of the domain. It does not compile when the schema lacks a field of the type, knows one
 * that the type has not, or reads something else into it.
 */
export function exactly<T>(): <S extends z.ZodType<T>>(schema: S & SameKeys<T, z.output<S>>) => S {
  return (schema) => schema;
}
