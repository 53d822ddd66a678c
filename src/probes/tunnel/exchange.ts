import type { Duplex } from 'node:stream';
import type { ExchangeFact } from '../../domain/facts.ts';
import { printableStart } from '../../tools/protocol/printable.ts';
import { recogniseProtocol } from '../../tools/protocol/recognise.ts';
import type { Speaker, Step } from '../../tools/protocol/speaker.ts';
import { speakerOf } from '../../tools/protocol/speakers.ts';
import { within } from './deadline.ts';

export interface ExchangeQuestion {
  /** A protocol with a dialogue, or `none` to listen only. */
  readonly protocol: string;
  readonly address: string | null;
  readonly port: number | null;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly ending?: () => Promise<'closed' | 'reset'>;
  /** Secures the stream when the server asks for it in the middle of the dialogue; null when that fails. */
  readonly upgrade?: (stream: Duplex) => Promise<Duplex | null>;
}

/** Long enough for a banner, or for a middlebox to close what it accepted; too short to wait for anything else. */
export const LISTEN_MS = 600;
const KEPT_BYTES = 16_384;

type Ended = Extract<Step, { kind: 'done' | 'foreign' }> | { readonly kind: 'ended' } | { readonly kind: 'silent' };

/** Speaks a protocol's first words and reads the answer. Never throws for what the peer did. */
export async function exchangeOverStream(stream: Duplex, question: ExchangeQuestion): Promise<ExchangeFact> {
  const startedAt = performance.now();
  const speaker = speakerOf(question.protocol);
  const all = { bytes: Buffer.alloc(0) };
  const ended = speaker === null ? await listen(stream, question, all) : await converse(stream, speaker, question, all);
  const elapsedMs = Math.round(performance.now() - startedAt);
  stream.destroy();
  return {
    kind: 'exchange',
    host: null,
    address: question.address,
    port: question.port,
    protocol: speaker === null ? 'none' : question.protocol,
    outcome: await outcomeOf(ended, speaker, all.bytes, question),
    recognised: recogniseProtocol(all.bytes),
    firstBytes: printableStart(all.bytes),
    elapsedMs,
  };
}

async function outcomeOf(ended: Ended, speaker: Speaker | null, bytes: Buffer, question: ExchangeQuestion): Promise<ExchangeFact['outcome']> {
  switch (ended.kind) {
    case 'done':
      return ended.outcome;
    case 'foreign':
      return 'other-protocol';
    case 'silent':
      return speaker === null ? 'open' : bytes.length > 0 ? 'other-protocol' : 'silent';
    case 'ended':
      // Part of an answer and then the end: if it names another protocol, that is the news.
      if (speaker !== null && recogniseProtocol(bytes) !== null && recogniseProtocol(bytes) !== question.protocol) return 'other-protocol';
      return question.ending === undefined ? 'closed' : await question.ending();
  }
}

async function listen(stream: Duplex, question: ExchangeQuestion, all: { bytes: Buffer }): Promise<Ended> {
  const inbox = openInbox(stream);
  const ended = await within(Math.min(LISTEN_MS, question.timeoutMs), question.signal, inbox.ended);
  all.bytes = inbox.take();
  return ended === null ? { kind: 'silent' } : { kind: 'ended' };
}

async function converse(stream: Duplex, speaker: Speaker, question: ExchangeQuestion, all: { bytes: Buffer }): Promise<Ended> {
  const deadlineAt = performance.now() + question.timeoutMs;
  let current = stream;
  let inbox = openInbox(current);
  let received = Buffer.alloc(0);
  if (speaker.opening !== null) current.write(speaker.opening);
  for (let turn = 0; ; ) {
    const step = speaker.read(received, turn);
    if (step.kind === 'done' || step.kind === 'foreign') return step;
    if (step.kind === 'send') {
      turn += 1;
      received = Buffer.alloc(0);
      current.write(step.bytes);
      continue;
    }
    if (step.kind === 'upgrade') {
      inbox.stop();
      const secured = question.upgrade === undefined ? null : await question.upgrade(current);
      // The single byte that offers TLS is the protocol's own answer; a handshake that then fails is told by its own fact.
      if (secured === null) return { kind: 'done', outcome: 'error' };
      turn += 1;
      received = Buffer.alloc(0);
      current = secured;
      inbox = openInbox(current);
      current.write(step.bytes);
      continue;
    }
    const more = await within(deadlineAt - performance.now(), question.signal, inbox.more(), inbox.ended);
    const bytes = inbox.take();
    if (bytes.length > 0) {
      received = Buffer.concat([received, bytes]);
      if (all.bytes.length < KEPT_BYTES) all.bytes = Buffer.concat([all.bytes, bytes]);
    } else if (more === 'ended') return { kind: 'ended' };
    if (more === null || received.length > KEPT_BYTES) return { kind: 'silent' };
  }
}

interface Inbox {
  readonly take: () => Buffer;
  readonly more: () => Promise<'more'>;
  readonly ended: Promise<'ended'>;
  readonly stop: () => void;
}

/** Collects what arrives until it is taken. */
function openInbox(stream: Duplex): Inbox {
  let bytes = Buffer.alloc(0);
  let wake: () => void = () => undefined;
  const onData = (chunk: Buffer): void => {
    bytes = Buffer.concat([bytes, chunk]);
    wake();
  };
  stream.on('data', onData);
  stream.on('error', () => undefined);
  const ended = new Promise<'ended'>((resolve) => {
    const end = (): void => { resolve('ended'); };
    stream.once('end', end).once('close', end).once('error', end);
  });
  return {
    take: () => {
      const taken = bytes;
      bytes = Buffer.alloc(0);
      return taken;
    },
    more: () => (bytes.length > 0 ? Promise.resolve('more') : new Promise((resolve) => { wake = () => { resolve('more'); }; })),
    ended,
    stop: () => {
      stream.off('data', onData);
      stream.pause();
    },
  };
}
