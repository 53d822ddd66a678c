import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { parseAllDocuments } from 'yaml';
import { errorText } from '../../domain/error-text.ts';
import type { KubernetesObject } from '../../domain/policy-objects.ts';
import { problem, ProblemError } from '../problem.ts';
import type { Streams } from '../streams.ts';

/** Aliases that a document may resolve: more is an attack on memory, not a manifest. */
const MAX_ALIASES = 100;

/** All objects of these files and folders, in order; a List is taken apart. What is not YAML or not an object is a ProblemError. */
export async function readManifests(paths: readonly string[], { stdin }: Streams): Promise<readonly KubernetesObject[]> {
  const objects: KubernetesObject[] = [];
  for (const path of paths) {
    if (path === '-') objects.push(...objectsIn(await readAll(stdin), 'stdin'));
    else for (const file of await filesAt(path)) objects.push(...objectsIn(await read(file), file));
  }
  return objects;
}

/** A folder's manifests with those of its folders, by name. Links are followed once, as files. */
async function filesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(unreadable);
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(unreadable);
  const files = entries.filter((entry) => !entry.isDirectory() && /\.(?:ya?ml|json)$/iu.test(entry.name));
  return files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
}

function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(unreadable);
}

function unreadable(error: unknown): never {
  throw new ProblemError(problem('unreadable-file', errorText(error)));
}

function objectsIn(text: string, file: string): readonly KubernetesObject[] {
  return parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw badManifest(file, error.message.split('\n')[0] ?? '');
    return objectsOf(toPlain(document, file), file);
  });
}

function toPlain(document: { toJS(options: { maxAliasCount: number }): unknown }, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw badManifest(file, errorText(error));
  }
}

/** An empty document, as between two `---`, is nothing. */
function objectsOf(value: unknown, file: string): readonly KubernetesObject[] {
  if (value === null || value === undefined) return [];
  if (!isObject(value)) throw badManifest(file, 'apiVersion, kind, metadata');
  const items = value['items'];
  if (Array.isArray(items) && value.kind.endsWith('List')) return items.flatMap((item) => objectsOf(item, file));
  return [{ ...value, metadata: isRecord(value['metadata']) ? value['metadata'] : {} }];
}

function isObject(value: unknown): value is KubernetesObject {
  return isRecord(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function badManifest(file: string, detail: string): ProblemError {
  return new ProblemError(problem('bad-manifest', `${file}: ${detail}`));
}
