import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { encodeLine, headerOf } from '../../src/run-file/encode.ts';
import { lineSchema } from '../../src/run-file/schema/json-schema.ts';
import { KEPT, RECORDINGS } from './recordings.ts';

const PUBLISHED = new URL('../../docs/run-file.schema.json', import.meta.url);
const published = JSON.parse(readFileSync(PUBLISHED, 'utf8')) as object;
// Dates are checked by their pattern.
const check = new Ajv2020({ allErrors: false, validateFormats: false }).compile(published);

describe('the published JSON Schema', () => {
  it('is what the reader checks: node_modules/.bin/node scripts/run-file-schema.mjs writes it anew', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(lineSchema())));
  });

  it.each([...RECORDINGS, ...KEPT])('takes every line of %s', (_name, path) => {
    for (const line of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
      if (!check(JSON.parse(line))) expect({ line: line.slice(0, 200), errors: check.errors }).toBeNull();
    }
  });

  it('takes what will be added, and nothing that is wrong', () => {
    expect(check(JSON.parse(encodeLine(headerOf({ name: 'netdiag-tui', version: '0' }, true))))).toBe(true);
    expect(check({ kind: 'telepathy', atMs: 'whenever' })).toBe(true);
    expect(check({ kind: 'run-ended', atMs: 1, reason: 'completed', mood: 'calm' })).toBe(true);
    for (const wrong of [{}, { kind: 7 }, { kind: 'run-ended', atMs: 'soon', reason: 'completed' }, { kind: 'run-ended', atMs: 1, reason: 'bored' }, { format: 'netdiag-recording', version: 0 }]) expect(check(wrong)).toBe(false);
  });
});
