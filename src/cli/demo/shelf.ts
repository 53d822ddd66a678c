import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Messages } from '../../i18n/index.ts';
import { closest } from '../closest.ts';
import { failed, done, problem, type Outcome } from '../problem.ts';

export type DemoId = keyof Messages['demos'];

export interface Demo {
  readonly id: DemoId;
  /** What is to be found out, in a sentence. */
  readonly story: string;
  readonly path: string;
}

/** The recordings that come with the program; those whose file is missing are left out. */
export function demos(messages: Messages): readonly Demo[] {
  const folder = demosFolder();
  if (folder === null) return [];
  return (Object.keys(messages.demos) as DemoId[])
    .map((id) => ({ id, story: messages.demos[id], path: join(folder, `${id}.jsonl`) }))
    .filter(({ path }) => existsSync(path));
}

export function demoNamed(name: string, messages: Messages): Outcome<Demo> {
  const all = demos(messages);
  const found = all.find(({ id }) => id === name.toLowerCase());
  if (found !== undefined) return done(found);
  return all.length === 0 ? failed('no-demos') : { ok: false, problem: problem('no-such-demo', name, closest(name, all.map(({ id }) => id))) };
}

/** Beside package.json, whether this runs from the bundle or from the sources. */
function demosFolder(): string | null {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 4; up += 1) {
    if (existsSync(join(folder, 'package.json'))) return join(folder, 'demos');
    folder = dirname(folder);
  }
  return null;
}
