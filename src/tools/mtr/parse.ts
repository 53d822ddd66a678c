/**
 * mtr -j and mtr -r. Both show who answered at each TTL, and no ICMP errors: a router that says "host unreachable" for the destination
 * looks like one more hop with the router's own address. Only the JSON form names the destination.
 */
import { z } from 'zod';
import type { CommandOutput } from '../../domain/command.ts';
import type { Fact, HopReply } from '../../domain/facts.ts';
import { familyOf } from '../address-family.ts';
import { noAnswer } from '../no-answer.ts';
import { traceFact } from '../trace-fact.ts';
import type { Hop } from '../trace-fact.ts';
import { readLocalError } from '../traceroute/local-error.ts';

export function parseMtr(output: CommandOutput): readonly Fact[] {
  return parseJson(output.stdout) ?? parseReport(output) ?? parseLocalError(output) ?? [noAnswer(output)];
}

/** mtr 0.95 writes `"count": 1`, mtr 0.87 to 0.92 `"count": "1"`. */
const MtrReport = z.object({
  report: z.object({
    mtr: z.object({ dst: z.string() }),
    hubs: z.array(z.object({ count: z.coerce.number(), host: z.string(), Snt: z.number(), 'Loss%': z.number(), Avg: z.number() })),
  }),
});

function parseJson(stdout: string): readonly Fact[] | null {
  const start = stdout.indexOf('{');
  if (start < 0) return null;
  const report = MtrReport.safeParse(jsonOrNull(stdout.slice(start)));
  if (!report.success) return null;
  const { mtr, hubs } = report.data.report;
  const hops = hubs.map((hub): Hop => ({ ttl: hub.count, replies: [replyOf(hub.host, hub['Loss%'], hub.Avg)] }));
  if (hops.length === 0) return null;
  return [traceFact({ host: mtr.dst, address: familyOf(mtr.dst) === null ? null : mtr.dst, method: null, hops, pathMtuBytes: null })];
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// HOST: vm                          Loss%   Snt   Last   Avg  Best  Wrst StDev
//   1.|-- 10.77.0.1                  0.0%     1    0.1   0.1   0.1   0.1   0.0
//   3.|-- ???                       100.0     2    0.0   0.0   0.0   0.0   0.0
//   1. AS???    10.77.0.1            0.0%     1    0.1   0.1   0.1   0.1   0.0         -z
//   2.|-- r2.example (10.77.1.2)     0.0%     1    0.1   0.1   0.1   0.1   0.0         -b
const HUB = /^ {0,3}(\d{1,3})\.(?:\|--)? *(?:AS\S+ +)?(\S+)(?: \(([\da-fA-F:.%]+)\))? +([\d.]+)%? +\d+ +[\d.]+ +([\d.]+) +[\d.]+ +[\d.]+ +[\d.]+$/u;

function parseReport(output: CommandOutput): readonly Fact[] | null {
  const hops = output.lines.flatMap(({ text }): Hop[] => {
    const hub = HUB.exec(text);
    return hub === null ? [] : [{ ttl: Number(hub[1]), replies: [replyOf(hub[3] ?? hub[2] ?? '', Number(hub[4]), Number(hub[5]))] }];
  });
  return hops.length === 0 ? null : [traceFact({ host: null, address: null, method: null, hops, pathMtuBytes: null })];
}

function parseLocalError(output: CommandOutput): readonly Fact[] | null {
  const replies = output.lines.flatMap(({ text }) => readLocalError(text) ?? []);
  return replies.length === 0 ? null : [traceFact({ host: null, address: null, method: null, hops: [{ ttl: 1, replies }], pathMtuBytes: null })];
}

function replyOf(host: string, lossPercent: number, averageMs: number): HopReply {
  const answered = familyOf(host) !== null && lossPercent < 100;
  return answered ? { address: host, rttMs: averageMs, error: null } : { address: null, rttMs: null, error: null };
}
