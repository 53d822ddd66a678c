/**
 * tracepath of iputils. Several lines may name one hop. A line that lowers the pmtu is a router's "fragmentation needed", sent by the hop
 * before the number it stands at. `asymm N` (the way back differs) is not kept.
 *
 * tracepath knows errno alone, so !H is a prohibited host or "packet filtered" as well as an unreachable one, and !N a prohibited network
 * (Linux icmp_err_convert). Where nobody answered, its pmtu is a starting value (65535) or the own link's, and is left out.
 */
import type { CommandOutput } from '../../domain/command.ts';
import type { Fact, HopReply, IcmpError } from '../../domain/facts.ts';
import { familyOf } from '../address-family.ts';
import { noAnswer } from '../no-answer.ts';
import { traceFact } from '../trace-fact.ts';
import type { Hop } from '../trace-fact.ts';

//  4:  10.77.3.2                                             0.029ms reached
//  3:  10.77.1.2                                             0.086ms pmtu 1300
//  2:  10.77.1.2                                             0.027ms !H
//  2:  r2.example                                            0.4ms asymm  3           without -n
//  2:  r2.example (10.77.1.2)                                0.4ms                    -b
//  3:  no reply
//  1:  send failed                                           our own kernel could not send; tracepath does not say why
const HOP = /^ {0,2}(\d{1,3})(?::|\?:) +(?:(no reply|send failed)$|(\S+)(?: \(([\da-fA-F:.%\w]+)\))? +([\d.]+)ms ?(.*))$/u;
//      Resume: pmtu 1300 hops 4 back 4
//  1?: [LOCALHOST]                      pmtu 1500
const PMTU = /\bpmtu (\d+)(?= |$)/u;

const FLAGS: readonly (readonly [RegExp, IcmpError])[] = [
  [/!H/u, 'host-unreachable'],
  [/!N/u, 'network-unreachable'],
  [/!A/u, 'prohibited'],
  [/!P/u, 'protocol-unreachable'],
  [/pmtu \d+/u, 'fragmentation-needed'],
];

export function parseTracepath(output: CommandOutput): readonly Fact[] {
  const hops: Hop[] = [];
  let pathMtuBytes: number | null = null;
  let destination: string | null = null;
  for (const { text } of output.lines) {
    pathMtuBytes = readPathMtu(text) ?? pathMtuBytes;
    const hop = HOP.exec(text);
    if (hop === null || hop[3] === '[LOCALHOST]') continue;
    const reply = replyOf(hop);
    if (reply === null) continue;
    hops.push({ ttl: Number(hop[1]), replies: [reply] });
    if (/^reached(?: |$)/u.test(hop[6] ?? '')) destination = reply.address ?? destination;
  }
  if (hops.length === 0) return [noAnswer(output)];
  const answered = hops.some(({ replies }) => replies.some(({ address }) => address !== null));
  // tracepath does not name the destination; the hop that it calls reached is it.
  return [traceFact({ host: null, address: destination, method: 'udp', hops, pathMtuBytes: answered ? pathMtuBytes : null })];
}

function readPathMtu(text: string): number | null {
  if (!/^ {0,5}(?:\d{1,3}\??:|Resume:|Too many hops:)/u.test(text)) return null;
  const bytes = PMTU.exec(text)?.[1];
  return bytes === undefined ? null : Number(bytes);
}

function replyOf(hop: RegExpExecArray): HopReply | null {
  if (hop[2] !== undefined) return { address: null, rttMs: null, error: hop[2] === 'no reply' ? null : 'other' };
  const address = [hop[4], hop[3]].find((text) => text !== undefined && familyOf(text) !== null);
  // A hop that is only named answered as well, but a TraceFact holds addresses.
  if (address === undefined) return null;
  const error = FLAGS.find(([flag]) => flag.test(hop[6] ?? ''))?.[1] ?? null;
  return { address, rttMs: Number(hop[5]), error };
}
