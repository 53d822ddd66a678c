/**
 * How to make a server of a protocol show itself, as a pure dialogue: what to send first, and what each answer means. Only the protocol's own
 * answer counts; anything else is `foreign`, and a part of an answer waits for the rest.
 */
export type Step =
  | { readonly kind: 'wait' }
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  /** The server is ready for TLS on this connection; the dialogue goes on inside it. */
  | { readonly kind: 'upgrade'; readonly bytes: Uint8Array }
  | { readonly kind: 'done'; readonly outcome: 'answered' | 'rejected' | 'error' }
  | { readonly kind: 'foreign' };

export interface Speaker {
  /** Sent at once; null when the server speaks first. */
  readonly opening: Uint8Array | null;
  /** `received`: everything since the last message was sent. `turn`: how many messages were sent after the opening. */
  read(received: Buffer, turn: number): Step;
}

export const WAIT: Step = { kind: 'wait' };
export const FOREIGN: Step = { kind: 'foreign' };
export const ANSWERED: Step = { kind: 'done', outcome: 'answered' };
export const REJECTED: Step = { kind: 'done', outcome: 'rejected' };
export const ERROR: Step = { kind: 'done', outcome: 'error' };

/** A part of what is expected waits; what cannot become it is foreign. */
export function prefixStep(received: Buffer, expected: Buffer | string): Step | null {
  const wanted = Buffer.from(expected);
  const length = Math.min(received.length, wanted.length);
  if (!received.subarray(0, length).equals(wanted.subarray(0, length))) return FOREIGN;
  return received.length < wanted.length ? WAIT : null;
}
