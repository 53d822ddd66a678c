import { z } from 'zod';
import { mapStrings } from '../domain/plain-data.ts';
import { cleanText } from '../domain/sanitise.ts';
import { fitToKeep } from './encode.ts';
import { FORMAT, VERSION, type FileLine, type Header, type OutputLeftOut, type RecordingClosed, type RunFileProblem } from './format.ts';
import { exactly } from './schema/exactly.ts';
import { runEvent } from './schema/events.ts';

export const header = exactly<Header>()(
  z.object({ format: z.literal(FORMAT), version: z.int().min(1), writtenBy: z.object({ name: z.string(), version: z.string() }), withoutNames: z.literal(true).exactOptional() }),
);
export const outputLeftOut = exactly<OutputLeftOut>()(z.object({ kind: z.literal('output-left-out'), atMs: z.number() }));

export type Decoded<T> =
  | { readonly kind: 'line'; readonly value: T }
  /** Of a kind that this program does not know: added to the format since. */
  | { readonly kind: 'unknown'; readonly what: string }
  | Bad;

interface Bad {
  readonly kind: 'bad';
  readonly problem: RunFileProblem;
}

/** Detail of the problem of a line that is no JSON, as where a writer was killed. */
export const NOT_JSON = 'not JSON';

export function decodeHeader(text: string): Exclude<Decoded<Header>, { kind: 'unknown' }> {
  const data = parseJson(text);
  if (data === undefined) return bad({ kind: 'not-a-recording', detail: 'the first line is not JSON' });
  const read = header.safeParse(data);
  if (!read.success) {
    const { field, detail } = firstIssue(read.error);
    return bad({ kind: 'not-a-recording', detail: `${field}: ${detail}` });
  }
  const { version, writtenBy } = read.data;
  if (version <= VERSION) return { kind: 'line', value: mapStrings(read.data, cleanText) };
  return bad({ kind: 'newer-version', version, known: VERSION, writtenBy: cleanText(`${writtenBy.name} ${writtenBy.version}`) });
}

export const recordingClosed = exactly<RecordingClosed>()(z.object({ kind: z.literal('recording-closed') }));

const fileLine = z.union([outputLeftOut, recordingClosed, runEvent]);

/** `number` counts the file's lines from 1. `bad-line` without a field: the line as a whole is wrong. */
export function decodeLine(text: string, number: number): Decoded<FileLine> {
  const data = parseJson(text);
  if (data === undefined) return bad({ kind: 'bad-line', line: number, field: '', detail: NOT_JSON });
  const isOfFile = typeof data === 'object' && data !== null && 'kind' in data && (data.kind === 'output-left-out' || data.kind === 'recording-closed');
  const read = (isOfFile ? fileLine : runEvent).safeParse(data);
  // From elsewhere it may hold anything: what is kept in memory is as clean as what we would have written.
  if (read.success) return { kind: 'line', value: fitToKeep(read.data) };
  const what = unknownKind(read.error, data);
  return what === null ? bad({ kind: 'bad-line', line: number, ...firstIssue(read.error) }) : { kind: 'unknown', what };
}

function bad(problem: RunFileProblem): Bad {
  return { kind: 'bad', problem };
}

/** undefined when it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Longer names no kind has; a line of a hostile file may have. */
const MOST_OF_A_NAME = 40;

/** `telepathy`, `fact telepathy` when all that is wrong with a line is that a kind in it is none of ours; else null. */
function unknownKind(error: z.ZodError, data: unknown): string | null {
  const issues = error.issues.map((issue) => (issue.code === 'invalid_union' && issue.path.at(-1) === 'kind' ? issue.path.map(String) : null));
  const [path] = issues;
  if (path === undefined || path === null || issues.includes(null)) return null;
  const value = path.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[name] : undefined), data);
  if (typeof value !== 'string' || value === '') return null;
  return [...path.slice(0, -1).slice(-1), cleanText(value).slice(0, MOST_OF_A_NAME)].join(' ');
}

function firstIssue(error: z.ZodError): { readonly field: string; readonly detail: string } {
  const [issue] = error.issues;
  return { field: cleanText(issue?.path.map(String).join('.') ?? ''), detail: cleanText(issue?.message ?? '') };
}
