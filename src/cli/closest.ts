import { distance } from 'fastest-levenshtein';

/** The word that was probably meant, or null when none is near: at most three changes, and less than half of the word. */
export function closest(given: string, words: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.min(3, Math.floor(given.length / 2)) + 1;
  for (const word of words) {
    const changes = distance(given.toLowerCase(), word);
    if (changes < bestDistance) [best, bestDistance] = [word, changes];
  }
  return best;
}
