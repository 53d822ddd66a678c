import type { CauseId, Confidence } from '../domain/cause.ts';
import type { Layer } from '../domain/layer.ts';
import type { Meaning } from './explanation.ts';

/**
 * How much a pattern weighs against another one in the same text.
 *  - sentence: one tool's whole wording, which says more than the words in it (`lookup x: connection refused` is DNS);
 *  - cause: the words at the bottom of any wrapper: errno, getaddrinfo, X.509 verification, alerts;
 *  - symptom: a wrapper that itself says something (`SSL handshake failed`, `ReadTimeout`);
 *  - success: a line that is printed when it worked;
 *  - hint: a word that often goes with one meaning.
 * The highest rank in a text decides; among equals the last one, because wrappers put what they wrap at the end.
 */
export const RANKS = { hint: 1, success: 2, symptom: 3, cause: 4, sentence: 5 } as const;
export type Rank = keyof typeof RANKS;

export interface Rule {
  /** A string is looked for in the lower-cased text; a regular expression sees the text as it is. */
  readonly says: readonly (string | RegExp)[];
  readonly means: Meaning;
  readonly rank: Rank;
  readonly confidence: Confidence;
  /** Default: the causes of the meaning (meanings.ts). */
  readonly causes?: Partial<Readonly<Record<CauseId, Confidence>>>;
  /** Default: the layer of the meaning. */
  readonly layer?: Layer;
}
