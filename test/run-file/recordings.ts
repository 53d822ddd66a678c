import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

type Named = readonly (readonly [name: string, path: string])[];

/** Recordings of real runs, which come with the program: name and path of each. */
export const RECORDINGS = recordingsIn('../../demos');

/** Recordings that former states of the program made: they stay as they are, and stay readable. */
export const KEPT = recordingsIn('./kept');

function recordingsIn(folder: string): Named {
  const path = fileURLToPath(new URL(folder, import.meta.url));
  return readdirSync(path)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => [name, join(path, name)]);
}
