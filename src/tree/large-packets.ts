import type { Question } from '../domain/question.ts';
import type { Look } from './look.ts';
import { pingQuestion } from './silence.ts';

/** IPv4 and ICMP headers (RFC 791, RFC 792). */
const HEADERS_BYTES = 28;
const USUAL_MTU_BYTES = 1500;

/** An echo that fills the vantage's own link. Linux sends it with Don't Fragment set, as it does its TCP segments. */
export function largePingQuestion(look: Look, address: string): Question {
  const links = look.peek({ kind: 'interfaces' })?.fact('interfaces')?.interfaces.filter((one) => !one.loopback && one.up) ?? [];
  const mtuBytes = links.map((one) => one.mtuBytes).find((mtu) => mtu !== null) ?? USUAL_MTU_BYTES;
  return { kind: 'ping', address, sizeBytes: Math.min(mtuBytes, USUAL_MTU_BYTES) - HEADERS_BYTES };
}

/** Connected, and then silence: do small echoes come back and large ones not? Evidence ids; null for no, or when ping tells nothing. */
export function largePacketsVanish(look: Look, address: string): readonly string[] | null | 'wait' {
  const small = look.need(pingQuestion(address));
  const large = look.need(largePingQuestion(look, address));
  if (small !== null && (small.fact('ping')?.received ?? 0) === 0) return null;
  if (small === null || large === null) return 'wait';
  const fact = large.fact('ping');
  // "Fragmentation needed" was heard: the sender learns of it and sends smaller ones. That is how it should be.
  const told = fact?.errors.some(({ error }) => error === 'fragmentation-needed') === true;
  return fact !== null && fact.sent > 0 && fact.received === 0 && !told ? [...small.ids('ping'), ...large.ids('ping')] : null;
}
