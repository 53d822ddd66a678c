/** Reads what the scripts in python3-script.ts and perl-script.ts print. */
import type { CommandOutput } from '../../domain/command.ts';
import type { Fact, HopReply, TraceFact } from '../../domain/facts.ts';
import { familyOf } from '../address-family.ts';
import { icmpErrorOfPhrase, icmpErrorOfType } from '../icmp-error.ts';
import { noAnswer } from '../no-answer.ts';
import { traceFact } from '../trace-fact.ts';
import type { Hop } from '../trace-fact.ts';

// netdiag-trace tcp 10.77.3.2
const HEADER = /^netdiag-trace (udp|tcp) (\S+)$/u;
// hop 2 10.77.1.2 icmp4 11 0 0.038
const HOP = /^hop (\d+) (\S+) icmp([46]) (\d+) (\d+) (\d+\.\d{3})$/u;
// end 4 10.77.3.2 refused 0.041
const END = /^end (\d+) (\S+) (?:open|refused|data) (\d+\.\d{3})$/u;
// local 1 No route to host
const LOCAL = /^local (\d+) (.+)$/u;
// silent 3
const SILENT = /^silent (\d+)$/u;

export function parsePythonTrace(output: CommandOutput): readonly Fact[] {
  const header = output.lines.map(({ text }) => HEADER.exec(text)).find((match) => match !== null);
  const address = header?.[2];
  if (header === undefined || address === undefined || familyOf(address) === null) return [noAnswer(output)];
  const told = output.lines.flatMap(({ text }) => readHop(text, address) ?? []);
  const hops = output.lines.some(({ text }) => text === 'done') ? told : withoutGap(told);
  if (hops.length === 0) return [noAnswer(output)];
  const method: TraceFact['method'] = header[1] === 'tcp' ? 'tcp' : 'udp';
  return [traceFact({ host: address, address, method, hops: upToTheEnd(hops, address), pathMtuBytes: null })];
}

function readHop(text: string, destination: string): Hop | null {
  const hop = HOP.exec(text);
  if (hop !== null) return { ttl: Number(hop[1]), replies: [replyOf(hop, destination)] };
  const end = END.exec(text);
  if (end !== null) return { ttl: Number(end[1]), replies: [{ address: end[2] ?? null, rttMs: Number(end[3]), error: null }] };
  const local = LOCAL.exec(text);
  if (local !== null) return { ttl: Number(local[1]), replies: [{ address: null, rttMs: null, error: icmpErrorOfPhrase(local[2] ?? '') ?? 'other' }] };
  const silent = SILENT.exec(text);
  return silent === null ? null : { ttl: Number(silent[1]), replies: [{ address: null, rttMs: null, error: null }] };
}

/** As other traceroutes show it: time exceeded is what a hop is asked for, and the destination's "port unreachable" is its answer. */
function replyOf(hop: RegExpExecArray, destination: string): HopReply {
  const sender = hop[2] ?? '';
  const error = icmpErrorOfType(hop[3] === '6' ? 6 : 4, Number(hop[4]), Number(hop[5]));
  const expected = error === 'ttl-exceeded' || (error === 'port-unreachable' && sender === destination);
  return { address: familyOf(sender) === null ? null : sender, rttMs: Number(hop[6]), error: expected ? null : error };
}

/** Answers of one moment are printed in any order: until the end is told, a gap may still be filled by what says more than those behind it. */
function withoutGap(hops: readonly Hop[]): readonly Hop[] {
  const told = new Set(hops.map(({ ttl }) => ttl));
  return hops.filter(({ ttl }) => Array.from({ length: ttl }, (_, before) => before + 1).every((one) => told.has(one)));
}

/** Probes were on their way already when the end was seen: what comes after it says nothing more. */
function upToTheEnd(hops: readonly Hop[], destination: string): readonly Hop[] {
  const sorted = hops.toSorted((a, b) => a.ttl - b.ttl);
  const end = sorted.findIndex(({ replies }) => replies.some(({ error, address }) => error !== null || address === destination));
  return end < 0 ? sorted : sorted.slice(0, end + 1);
}
