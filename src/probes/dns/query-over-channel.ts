/** A DNS question put over a byte channel that reaches the nameserver from the vantage's own network. */
import { randomInt } from 'node:crypto';
import type { CommandResult } from '../../domain/command.ts';
import type { Limits } from '../../domain/dialect.ts';
import type { Fact, ResolveFact } from '../../domain/facts.ts';
import type { ByteChannel } from '../../domain/vantage.ts';
import { answers, decodeMessage, encodeQuery, readResponse } from '../../tools/dns-message/message.ts';
import type { Query } from '../../tools/dns-message/message.ts';
import { absolute, resolveFact } from '../../tools/dns-message/resolve-fact.ts';
import { recogniseErrno } from '../../tools/errno/strerror.ts';

/**
 * Asks `question` over an open channel and closes it. The name is asked absolute; over UDP the query is sent again after half of
 * the time. The channel must carry one datagram for each write when the question's transport is UDP.
 *
 * `timeout`: nothing came in `limits.connectTimeoutMs`; `unreachable`: the channel's command said so (refused, no route);
 * `failed`: a TCP peer closed without an answer. `unavailable`: the command ended for reasons of its own, or was cancelled.
 */
export async function queryOverChannel(channel: ByteChannel, question: Query, limits: Limits, signal: AbortSignal): Promise<Fact> {
  const query: Query = { ...question, name: absolute(question.name) };
  const id = randomInt(0x1_0000);
  const octets = encodeQuery(query, id);
  const startedMs = performance.now();
  const resend = query.transport === 'udp' ? setTimeout(() => { channel.write(octets); }, limits.connectTimeoutMs / 2) : null;
  const limit = timeLimit(limits.connectTimeoutMs, signal);
  try {
    channel.write(octets);
    const response = readUntilAnswer(channel, query, id).then((packet) =>
      packet === null ? 'ended' : readResponse(packet, question, Math.round(performance.now() - startedMs)),
    );
    const outcome = await Promise.race([response, limit.reached]);
    if (outcome === 'cancelled') return { kind: 'unavailable', reason: 'cancelled', detail: 'cancelled' };
    if (outcome === 'timeout') return failure(question, 'timeout');
    if (outcome !== 'ended') return outcome;
    const result = await Promise.race([channel.result, limit.reached]);
    return typeof result === 'string' ? failure(question, 'timeout') : readEnd(question, result);
  } finally {
    limit.clear();
    if (resend !== null) clearTimeout(resend);
    channel.close();
  }
}

/** The response, or null when the channel ended before one came. Late answers to other queries are passed over. */
async function readUntilAnswer(channel: ByteChannel, query: Query, id: number): Promise<ReturnType<typeof decodeMessage>> {
  let octets = new Uint8Array(0);
  try {
    for await (const chunk of channel.output) {
      octets = Buffer.concat([octets, chunk]);
      // A resent query may be answered twice; each chunk may also be a datagram of its own.
      const packet = [decodeMessage(octets, query.transport), decodeMessage(chunk, query.transport)].find(
        (candidate) => candidate !== null && answers(candidate, query, id),
      );
      if (packet) return packet;
    }
  } catch {
    // The stream broke: the command's result says why.
  }
  return null;
}

/** The channel's command has ended without an answer: its own words say whether the network was the reason. */
function readEnd(query: Query, result: CommandResult): Fact {
  const said = result.stderr.trim();
  const errno = recogniseErrno(said)?.outcome;
  if (errno === 'timeout') return failure(query, 'timeout');
  if (errno !== undefined && errno !== 'reset' && errno !== 'not-permitted') return failure(query, 'unreachable');
  if (errno === 'reset' || (result.exitCode === 0 && query.transport === 'tcp')) return failure(query, 'failed');
  return { kind: 'unavailable', reason: result.failure === 'vantage-lost' ? 'vantage-lost' : 'command-failed', detail: result.detail ?? said };
}

function failure(query: Query, outcome: 'timeout' | 'unreachable' | 'failed'): ResolveFact {
  const { name, nameserver, recordType, transport } = query;
  return resolveFact({ outcome, name, nameserver, recordType, transport });
}

interface TimeLimit {
  readonly reached: Promise<'timeout' | 'cancelled'>;
  clear(): void;
}

function timeLimit(ms: number, signal: AbortSignal): TimeLimit {
  const { promise, resolve } = Promise.withResolvers<'timeout' | 'cancelled'>();
  const timer = setTimeout(() => { resolve('timeout'); }, ms);
  const cancel = (): void => { resolve('cancelled'); };
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  return {
    reached: promise,
    clear: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    },
  };
}
