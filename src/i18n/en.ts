import { causes } from './en/causes.ts';

/** The catalogue of texts: English defines it, every other language satisfies `Messages` (a missing text is a compile error). */
export const en = { causes };

export type Messages = typeof en;
