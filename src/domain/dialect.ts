import type { CommandOutput } from './command.ts';
import type { Fact } from './facts.ts';

/**
 * What a parser gives back: the facts that the text proves, in the order they happened (a curl run proves a resolution, a
 * connection, a handshake and a response). Text that it does not understand is one `unavailable` fact with reason
 * `not-understood`: never a guess. A truncated output proves at most what its whole lines say.
 */
export type Parse = (output: CommandOutput) => readonly Fact[];
