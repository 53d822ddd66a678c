/** DNS messages (RFC 1035 4.1) of one question: written and read with dns-packet. */
import dnsPacket from 'dns-packet';
import type { Packet } from 'dns-packet';
import type { ResolveFact, ResolveOutcome } from '../../domain/facts.ts';
import type { Question } from '../../domain/question.ts';
import { isAddress, resolveFact } from './resolve-fact.ts';

export type Query = Extract<Question, { kind: 'query' }>;

/** A query as libc resolvers send it: recursion desired, no EDNS. Over TCP with its length before it (RFC 1035 4.2.2). */
export function encodeQuery({ name, recordType, transport }: Query, id: number): Uint8Array {
  const packet: Packet = {
    type: 'query',
    id,
    flags: dnsPacket.RECURSION_DESIRED,
    questions: [{ type: recordType, name: name.replace(/\.$/u, ''), class: 'IN' }],
  };
  return transport === 'tcp' ? dnsPacket.streamEncode(packet) : dnsPacket.encode(packet);
}

/**
 * The message at the start of these octets, or null when they hold no whole message yet, or none at all.
 * Over UDP a datagram may come in pieces through a pipe, so octets that cannot be read may only be incomplete.
 */
export function decodeMessage(octets: Uint8Array, transport: 'udp' | 'tcp'): Packet | null {
  const buffer = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  try {
    if (transport === 'udp') return dnsPacket.decode(buffer);
    return buffer.length < 2 ? null : dnsPacket.streamDecode(buffer);
  } catch {
    return null;
  }
}

/** True for the response to this query: the same id, and the same question when the response repeats it. */
export function answers(response: Packet, query: Query, id: number): boolean {
  if (response.type !== 'response' || response.id !== id) return false;
  const [asked] = response.questions ?? [];
  return asked === undefined || (asked.type === query.recordType && sameName(asked.name, query.name));
}

function sameName(a: string, b: string): boolean {
  const plain = (name: string): string => name.replace(/\.$/u, '').toLowerCase();
  return plain(a) === plain(b);
}

/** What a nameserver's response says. A truncated one is `answered`, with the addresses that still fitted, perhaps none. */
export function readResponse(response: Packet, query: Query, elapsedMs: number): ResolveFact {
  const flags = response.flags ?? 0;
  const truncated = (flags & dnsPacket.TRUNCATED_RESPONSE) !== 0;
  const records = response.answers ?? [];
  const addresses = records.flatMap((record) => (record.type === query.recordType && isAddress(record.data) ? [record.data] : []));
  return resolveFact({
    outcome: outcomeOf(flags & RCODE, addresses.length > 0 || truncated),
    name: query.name,
    nameserver: query.nameserver,
    recordType: query.recordType,
    transport: query.transport,
    addresses,
    canonicalNames: records.flatMap((record) => (record.type === 'CNAME' ? [record.data] : [])),
    truncated,
    elapsedMs,
  });
}

/** The low four bits of the flags (RFC 1035 4.1.1). */
const RCODE = 0b1111;

function outcomeOf(rcode: number, answered: boolean): ResolveOutcome {
  switch (rcode) {
    case 0:
      return answered ? 'answered' : 'no-data';
    case 2:
      return 'servfail';
    case 3:
      return 'nxdomain';
    case 5:
      return 'refused';
    default:
      return 'failed';
  }
}
