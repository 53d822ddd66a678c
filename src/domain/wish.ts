import type { Asked } from './question.ts';

/** What somebody who watches a run wants of it besides what the tree asks by itself. */
export type Wish =
  /** Puts these once more. What they said before no longer counts, and the tree decides again. */
  | { readonly kind: 'ask-again'; readonly questions: readonly Asked[] }
  /** Asks a node of the tree, whether or not the walk comes by there. */
  | { readonly kind: 'ask-node'; readonly node: string }
  /** Another place to compare with; id of its vantage. */
  | { readonly kind: 'compare'; readonly vantage: string };
