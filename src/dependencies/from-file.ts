import { parseAllDocuments } from 'yaml';
import { urlsIn } from './from-value.ts';
import { destinationsOf, type NamedDestination, type NamedValue } from './from-variables.ts';

/** More than this is data, not configuration. */
const MAX_LENGTH = 200_000;
const MAX_DEPTH = 12;
const MAX_VALUES = 2_000;

/**
 * Destinations that a configuration file names: YAML, JSON, properties, INI, TOML and environment files by their entries; whatever else
 * (nginx, HCL, XML, scripts) by the URLs outside its comments. Never throws.
 */
export function destinationsInFile(text: string): readonly NamedDestination[] {
  if (text.length > MAX_LENGTH) return [];
  const plain = withoutComments(text);
  const named = destinationsOf(structured(plain) ?? lines(plain));
  const known = new Set(named.map(({ dependency }) => dependency.url));
  const loose = urlsIn(plain).filter(({ url }) => !known.has(url));
  return [...named, ...loose.map((dependency) => ({ name: '', dependency }))];
}

/** Comments hold examples and documentation. `://` begins none. */
function withoutComments(text: string): string {
  return text
    .replace(/<!--.*?-->/gsu, '')
    .split('\n')
    .filter((line) => !/^\s*(?:#|;|\/\/|--\s|\*\s)/u.test(line))
    .map((line) => line.replace(/\s#\s.*$/u, ''))
    .join('\n');
}

/** Entries of YAML or JSON, by dotted paths; null when the text is neither, or one scalar. */
function structured(text: string): readonly NamedValue[] | null {
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent' });
    if ('empty' in documents || documents.some(({ errors }) => errors.length > 0)) return null;
    const values: NamedValue[] = [];
    for (const document of documents) {
      const content: unknown = document.toJS({ maxAliasCount: 100 });
      if (typeof content !== 'object' || content === null) return null;
      flatten(content, '', values, 0);
    }
    return values;
  } catch {
    return null;
  }
}

function flatten(content: unknown, path: string, into: NamedValue[], depth: number): void {
  if (depth > MAX_DEPTH || into.length >= MAX_VALUES) return;
  if (typeof content === 'object' && content !== null) {
    const isList = Array.isArray(content);
    // An entry of a list has no name of its own: `brokers: [k1:9092]`.
    for (const [key, value] of Object.entries(content)) flatten(value, isList ? (typeof value === 'object' ? `${path}[${key}]` : path) : path === '' ? key : `${path}.${key}`, into, depth + 1);
  } else if (typeof content === 'string' || typeof content === 'number') {
    into.push({ name: path, value: String(content) });
  }
}

/** `key=value` and `key: value` lines under `[section]` headings. */
function lines(text: string): readonly NamedValue[] {
  let section = '';
  const values: NamedValue[] = [];
  for (const line of text.split('\n').slice(0, MAX_VALUES)) {
    const heading = /^\s*\[{1,2}\s*([\w. "'-]+?)\s*\]{1,2}\s*$/u.exec(line)?.[1];
    if (heading !== undefined) section = `${heading.replace(/["']/gu, '')}.`;
    const [, key, value] = /^\s*(?:export\s+|set\s+)?["']?([\w.-]+)["']?\s*[=:]\s*(.*?)[\s,;]*$/u.exec(line) ?? [];
    if (key !== undefined && value !== undefined) values.push({ name: section + key, value: value.replace(/^(["'])(.*)\1$/u, '$2') });
  }
  return values;
}
