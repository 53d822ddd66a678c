import { readFileSync } from 'node:fs';
import { isMeaning, type Meaning } from '../../../src/explain/explanation.ts';
import { fillPlaceholders } from './fill.ts';

export interface Row {
  readonly message: string;
  readonly tool: string;
  readonly meaning: Meaning;
}

/** A field of the file is quoted as in CSV when it holds a quote or begins with a blank. */
function unquote(field: string): string {
  return field.startsWith('"') && field.endsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
}

function readRows(file: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return text.trimEnd().split('\n').map((line) => line.replace(/\r$/u, '').split('\t').map(unquote));
}

function meaningOf(word: string | undefined): Meaning {
  if (word === undefined || !isMeaning(word)) throw new Error(`no such meaning: ${String(word)}`);
  return word;
}

/** messages.tsv: message, match (literal or printf), tool, meaning, note, source, traced. */
export function readCorpus(): readonly Row[] {
  return readRows('messages.tsv')
    .slice(1)
    .map(([message = '', match, tool = '', meaning]) => ({
      message: match === 'printf' ? fillPlaceholders(message) : message.replaceAll('\\n', '\n').replaceAll('\\t', '\t'),
      tool,
      meaning: meaningOf(meaning),
    }));
}

/** held-out.tsv, held-out-2.tsv: meaning, tool, message. */
export function readHeldOut(file: 'held-out.tsv' | 'held-out-2.tsv' = 'held-out.tsv'): readonly Row[] {
  return readRows(`../${file}`).map(([meaning, tool = '', message = '']) => ({ message, tool, meaning: meaningOf(meaning) }));
}
