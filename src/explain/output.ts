import type { Explanation } from './explanation.ts';

/** What a tool's whole output says by the facts that its parser reads in it; null when it is no such output. */
export function explainOutput(_plain: string): Explanation | null {
  return null;
}
