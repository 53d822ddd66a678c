import type { RunEvent } from '../domain/run-event.ts';

/** docs/run-file.md describes the format for readers that are not this program. */
export const FORMAT = 'netdiag-recording';

/** Raised when a reader of the version before would misread a file; what is merely added does not raise it. */
export const VERSION = 1;

export const EXTENSION = '.jsonl';

/** A recording that grows past this keeps everything but the tools' output, which is most of it. */
export const MAX_RECORDED_BYTES = 16 * 1024 * 1024;
/** No file that this program writes is larger; what comes from elsewhere is not read further. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;
export const MAX_LINE_BYTES = 2 * 1024 * 1024;

/** The first line of a file. */
export interface Header {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly writtenBy: { readonly name: string; readonly version: string };
  /** Tokens stand for names and addresses: it can be read and played, and nothing can be decided from it again. Absent: it holds them. */
  readonly withoutNames?: true;
}

/** A line in place of output that was left out because the file had grown to its limit. */
export interface OutputLeftOut {
  readonly kind: 'output-left-out';
  readonly atMs: number;
}

/** The last line of a recording whose writer ended in order; where it is missing, the writer still writes or was killed. */
export interface RecordingClosed {
  readonly kind: 'recording-closed';
}

export type FileLine = RunEvent | OutputLeftOut | RecordingClosed;

/** A recording as it was read. */
export interface Recording {
  readonly header: Header;
  readonly events: readonly RunEvent[];
  /** The writer was killed within its last line, which is left out. */
  readonly torn: boolean;
  /** Tools' output is missing from some point on, because the file had grown to its limit. */
  readonly outputLeftOut: boolean;
  /** Lines of kinds that were added to the format since: they are left out here. By kind; empty as a rule. */
  readonly unknown: readonly UnknownKind[];
}

/** `kind` is what the line, or the part of it that is new, calls itself: `telepathy`, `fact telepathy`. */
export interface UnknownKind {
  readonly kind: string;
  readonly lines: number;
}

export type RunFileProblem =
  /** Cannot be opened or read; `detail` in the system's words. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  | { readonly kind: 'not-a-file' }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limitBytes: number }
  /** While it was followed it became shorter than what had been read of it. */
  | { readonly kind: 'cut-off'; readonly bytes: number; readonly readBytes: number }
  /** It ends before its first line does. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-a-recording'; readonly detail: string }
  | { readonly kind: 'newer-version'; readonly version: number; readonly known: number; readonly writtenBy: string }
  /** `field` is a path such as `observation.fact.outcome`; empty when the line as a whole is wrong. */
  | { readonly kind: 'bad-line'; readonly line: number; readonly field: string; readonly detail: string };

export type ReadResult = { readonly ok: true; readonly recording: Recording } | { readonly ok: false; readonly problem: RunFileProblem };
