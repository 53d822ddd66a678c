/**
 * traceroute of Debian (Butskoy), inetutils, busybox, BSD and macOS, and Windows tracert. A text may hold several runs; each gives
 * a fact. `reached` is true when the destination that the header names answered; a text without header proves no arrival.
 *
 * A hop reply with an error and no address is our own kernel, which could not send.
 */
import type { CommandOutput } from '../../domain/command.ts';
import type { Fact, TraceFact } from '../../domain/facts.ts';
import { familyOf } from '../address-family.ts';
import { noAnswer } from '../no-answer.ts';
import { traceFact } from '../trace-fact.ts';
import type { Hop } from '../trace-fact.ts';
import { readReplies } from './hop-line.ts';
import { readLocalError } from './local-error.ts';
import { readTracertHop } from './tracert-line.ts';

interface Run {
  host: string | null;
  address: string | null;
  readonly hops: Hop[];
}

const HEADERS: readonly RegExp[] = [
  // traceroute to 10.77.3.2 (10.77.3.2), 20 hops max, 60 byte packets                 traceroute 2.1.2, busybox 1.35, macOS
  // traceroute to 10.77.3.2 (10.77.3.2), 8 hops max                                   inetutils 2.4
  // traceroute6 to dst.example (fd77:3::2) from fd77::2, 64 hops max, 12 byte packets  BSD, macOS
  /^traceroute6? to (\S+) \(([\da-fA-F:.%\w]+)\)(?: from \S+)?, (?:port \d+, )?\d+ (?:relative )?hops max(?:, \d+ byte packets)?$/u,
  // Tracing route to dst.example [192.0.2.7]                                          Windows
  /^Tracing route to (\S+) \[([\da-fA-F:.%]+)\]\s*$/u,
  // Tracing route to 192.0.2.7 over a maximum of 30 hops                              Windows
  /^Tracing route to (([\da-fA-F:.%]+))(?: over a maximum of \d+ hops:?)?\s*$/u,
];

/** A parser that also knows how the probes were sent; null for text of unknown origin. */
export function tracerouteParser(method: TraceFact['method']): (output: CommandOutput) => readonly Fact[] {
  return (output) => {
    const runs: Run[] = [{ host: null, address: null, hops: [] }];
    let stderrCameFirst = true;
    for (const { text, stream } of output.lines) {
      const header = readHeader(text);
      // A pipe holds standard output back, so our own kernel's error may stand before the header of its run.
      if (header !== null) runs.push({ ...header, hops: stderrCameFirst ? (runs.pop()?.hops ?? []) : [] });
      else addLine(runs.at(-1)?.hops ?? [], text);
      stderrCameFirst &&= stream === 'stderr';
    }
    const facts = runs.flatMap(({ host, address, hops }) => (hops.length === 0 ? [] : [traceFact({ host, address, method, hops, pathMtuBytes: null })]));
    return facts.length > 0 ? facts : [noAnswer(output)];
  };
}

export const parseTraceroute = tracerouteParser(null);

function readHeader(text: string): { host: string; address: string | null } | null {
  for (const pattern of HEADERS) {
    const match = pattern.exec(text);
    const address = match?.[2] ?? '';
    if (match !== null) return { host: match[1] ?? '', address: familyOf(address) === null ? null : address };
  }
  return null;
}

//  1  10.77.0.1  0.526 ms           traceroute 2.1.2, busybox
//   1   10.77.0.1  0.004ms          inetutils 2.4
const HOP = /^ {0,3}(\d{1,3}) {1,4}(\S.*)$/u;
//     10.0.1.3 (10.0.1.3)  11.2 ms  a second address of the same hop: BSD, macOS
const CONTINUATION = /^ {4}(\S.*)$/u;

function addLine(hops: Hop[], text: string): void {
  const tracert = readTracertHop(text);
  if (tracert !== null) return void hops.push(tracert);
  const hop = HOP.exec(text);
  const replies = hop === null ? null : readReplies(hop[2] ?? '');
  if (hop !== null && replies !== null) return void hops.push({ ttl: Number(hop[1]), replies });
  const more = CONTINUATION.exec(text);
  const moreReplies = more === null ? null : readReplies(more[1] ?? '');
  const last = hops.at(-1);
  if (moreReplies !== null && last !== undefined) return void hops.splice(-1, 1, { ttl: last.ttl, replies: [...last.replies, ...moreReplies] });
  const local = readLocalError(text);
  if (local !== null) hops.push({ ttl: (last?.ttl ?? 0) + 1, replies: [local] });
}
