/** What a vantage is asked to run, and what came of it. Nothing here is ever given to a shell as text. */
import type { Meaning } from './meaning.ts';

export interface CommandSpec {
  /** argv[0] is the program. Hosts, ports and names are whole arguments, never pasted into a script. */
  readonly argv: readonly string[];
  /** Written to standard input, which is then closed. Absent: standard input is empty. */
  readonly stdin?: string;
  /** The vantage ends the command, and its remote process, after this long. */
  readonly timeoutMs: number;
}

export type OutputStream = 'stdout' | 'stderr';

/** One line of output, without its line end, cleaned of control sequences. */
export interface OutputLine {
  readonly stream: OutputStream;
  readonly text: string;
  /** Milliseconds since the command was started, as it arrived here. */
  readonly atMs: number;
  /** A line of a log that tells of an error: what it says. */
  readonly meaning?: Meaning;
}

/** Why a command gave no exit status. Each of these makes an observation `unavailable`, never a network fault. */
export type CommandFailure =
  | 'no-such-command'
  | 'not-permitted'
  | 'vantage-lost'
  | 'timed-out'
  /** It ended, and said more than is kept: what it said last is not known. */
  | 'too-much-output'
  | 'cancelled';

/** A finished command. Failures are values: a vantage never throws for what happened to a command. */
export interface CommandResult {
  /** null when `failure` says why there is none. */
  readonly exitCode: number | null;
  readonly failure: CommandFailure | null;
  /** A sentence about `failure` from the layer that saw it; else null. */
  readonly detail: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams in order of arrival. */
  readonly lines: readonly OutputLine[];
  readonly durationMs: number;
}

/** What a dialect reads: the part of a result that captured fixtures have too. */
export type CommandOutput = Pick<CommandResult, 'exitCode' | 'stdout' | 'stderr' | 'lines' | 'durationMs'>;
