/** What a vantage is asked to run, and what came of it. Nothing here is ever given to a shell as text. */

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
}

/** Why a command gave no exit status. Each of these makes an observation `unavailable`, never a network fault. */
export type CommandFailure =
  | 'no-such-command'
  | 'not-permitted'
  | 'vantage-lost'
  | 'timed-out'
  | 'cancelled';

/** A finished command. Failures are values: a vantage never throws for what happened to a command. */
export interface CommandResult {
  /** null when `failure` says why there is none. */
  readonly exitCode: number | null;
  readonly failure: CommandFailure | null;
  /** A sentence about `failure` from the layer that saw it, or that output was dropped because there was too much; else null. */
  readonly detail: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams in order of arrival. */
  readonly lines: readonly OutputLine[];
  readonly durationMs: number;
}

/** What a dialect reads: the part of a result that captured fixtures have too. */
export type CommandOutput = Pick<CommandResult, 'exitCode' | 'stdout' | 'stderr' | 'lines' | 'durationMs'>;
