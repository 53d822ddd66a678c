import type { CommandOutput } from './command.ts';
import type { Fact, ToolsFact } from './facts.ts';
import type { Question, QuestionKind } from './question.ts';

/**
 * What a parser gives back: the facts that the text proves, in the order they happened (a curl run proves a resolution, a
 * connection, a handshake and a response). Text that it does not understand is one `unavailable` fact with reason
 * `not-understood`: never a guess. A truncated output proves at most what its whole lines say.
 */
export type Parse = (output: CommandOutput) => readonly Fact[];

export interface Limits {
  /** How long one connect, one answer of a nameserver or one hop may take. */
  readonly connectTimeoutMs: number;
  /** How long the whole command may take; the vantage ends it then. */
  readonly commandTimeoutMs: number;
}

/** One way to ask one kind of question with one tool. Pure: it makes an argv and reads an output. */
export interface Dialect<K extends QuestionKind = QuestionKind> {
  /** `nc-openbsd`, `dig`, `bash`: unique among the dialects of one question. */
  readonly id: string;
  /** Name looked up in the survey, and the implementation that must stand behind it. */
  readonly tool: string;
  readonly implementation: string;
  /** null when this dialect cannot ask this very question (an IPv6 address, a transport, ...). */
  argv(question: Extract<Question, { kind: K }>, limits: Limits, tools: ToolsFact): readonly string[] | null;
  readonly stdin?: string;
  readonly parse: Parse;
}

export interface ChannelDestination {
  readonly address: string;
  readonly port: number;
  readonly transport: 'tcp' | 'udp';
  /** TCP: the largest segment that either side may send, set before connecting (tcp(7), TCP_MAXSEG). A dialect that cannot set it has no argv for this. */
  readonly segmentBytes?: number | undefined;
}

/**
 * A command that carries bytes between its standard streams and a connection made in the vantage's network. It must
 *  1. read one line from standard input and echo it on standard error: proof that standard input is attached at all;
 *  2. connect; where the tool can tell, write the line `netdiag-connected` on standard error when it has;
 *  3. copy bytes both ways, and end when the peer closes.
 * When it cannot connect, the tool's own message stands on standard error, and `parse` reads it.
 */
export interface ChannelDialect {
  readonly id: string;
  readonly tool: string;
  readonly implementation: string;
  /** True when `netdiag-connected` is really written at the moment of the connection. */
  readonly tellsConnected: boolean;
  argv(destination: ChannelDestination, limits: Limits, tools: ToolsFact): readonly string[] | null;
  readonly parse: Parse;
}

export const CHANNEL_HELLO = 'netdiag-hello';
export const CHANNEL_CONNECTED = 'netdiag-connected';
