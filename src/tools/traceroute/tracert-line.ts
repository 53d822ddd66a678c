/** One hop of Windows tracert: times first, address last. */
import { familyOf } from '../address-family.ts';
import { icmpErrorOfPhrase } from '../icmp-error.ts';
import type { Hop } from '../trace-fact.ts';
import type { HopReply } from '../../domain/facts.ts';

//   1    <1 ms    <1 ms    <1 ms  192.0.2.1
//   3    12 ms     *       12 ms  r3.example [192.0.2.33]
//   2     *        *        *     Request timed out.
const HOP = /^ {0,3}(\d{1,3}) +((?:(?:<?\d+ ms|\*) +){3})(?:\S+ \[([\da-fA-F:.%]+)\]|([\da-fA-F:.%]+)|Request timed out\.)\s*$/u;
//   4  192.0.2.1  reports: Destination host unreachable.
const REPORT = /^ {0,3}(\d{1,3}) +(?:\S+ \[([\da-fA-F:.%]+)\]|([\da-fA-F:.%]+)) +reports: (.+?)\s*$/u;

export function readTracertHop(text: string): Hop | null {
  const report = REPORT.exec(text);
  if (report !== null) {
    const address = addressOrNull(report[2] ?? report[3]);
    return { ttl: Number(report[1]), replies: [{ address, rttMs: null, error: icmpErrorOfPhrase(report[4] ?? '') ?? 'other' }] };
  }
  const hop = HOP.exec(text);
  if (hop === null) return null;
  const address = addressOrNull(hop[3] ?? hop[4]);
  const replies = [...(hop[2] ?? '').matchAll(/<?(\d+) ms|\*/gu)].map((time): HopReply =>
    time[1] === undefined || address === null ? { address: null, rttMs: null, error: null } : { address, rttMs: Number(time[1]), error: null });
  return { ttl: Number(hop[1]), replies };
}

function addressOrNull(text: string | undefined): string | null {
  return text === undefined || familyOf(text) === null ? null : text;
}
