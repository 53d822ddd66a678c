// What is stale: plain file system reads, on any Node >= 18, with nothing installed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * True when node_modules holds what package-lock.json asks for. Versions are compared, not times: a checkout changes times, and
 * npm writes the two files in no fixed order. Packages that are optional for another platform may be absent.
 */
export function isInstalled() {
  const wanted = readJson('package-lock.json');
  const installed = readJson('node_modules/.package-lock.json');
  if (wanted === null || installed === null) return false;
  return Object.entries(wanted.packages).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = installed.packages[path];
    return found === undefined ? optional === true : found.version === version;
  });
}

/** True when the bundle is newer than everything that it is made of. */
export function isBuilt() {
  const built = modifiedAt(join(ROOT, 'dist/main.js'));
  if (built === null) return false;
  const sources = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs', 'src'];
  return sources.every((source) => newest(join(ROOT, source)) <= built);
}

/** Newest modification below a path; of folders too, so that a removed file counts. */
function newest(path) {
  const own = modifiedAt(path) ?? 0;
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return own;
  }
  return entries.reduce((latest, entry) => {
    const child = join(path, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(child) : (modifiedAt(child) ?? 0));
  }, own);
}

function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
  } catch {
    return null;
  }
}
